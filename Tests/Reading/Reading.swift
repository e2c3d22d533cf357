import CRMSyntax
import DRBDSyntax
import Diagnostics
import Glibc
import Host
import XenSyntax

/// What deploy/bench measures: `reading crm|drbd|xen DIRECTORY` reads each file of a directory, and does nothing with it.
@main
struct Reading {
    /// What is wrong with a text, for each format.
    static let formats: [String: @Sendable (SourceText) -> [Finding]] = [
        "crm": { CRMDocument.parse($0).findings },
        "drbd": { DRBDConfiguration.parse($0).findings },
        "xen": { XenConfiguration.parse($0).findings },
    ]

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let findings = formats[arguments[1]] else {
            print("usage: reading crm|drbd|xen DIRECTORY")
            exit(64)
        }
        let files = FileTree(root: arguments[2])
        for name in try files.regularFiles(in: "/") {
            let source = SourceText(path: name, bytes: try files.read("/\(name)", limit: 64 << 20))
            if let finding = findings(source).first { throw finding }
        }
    }
}
