internal import ArgumentParser
internal import CRMSyntax
internal import Diagnostics
internal import Host

struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format",
        abstract: "Lay .crm files out as crmsh shows them.",
        discussion: """
            Comments stay, and what the files mean stays the same. A file with errors is not touched.

            Examples:
              coxswain format                  every .crm file below crm/
              coxswain format crm/nodes.crm    one file
              coxswain format --check          change nothing; name the files that would change

            Exit codes: 0 all is well, 1 errors, or files that --check would have changed.
            """)

    @Argument(help: ArgumentHelp("Files, or directories of .crm files (default: crm).", valueName: "FILE"), completion: .file(extensions: ["crm"]))
    var files: [String] = []

    @Option(help: ArgumentHelp("The directory that holds the desired state (default: this one).", valueName: "SUBDIR"), completion: .directory)
    var path = "."

    @Flag(help: "Change nothing; name the files that would change, and exit with 1 if there are any.")
    var check = false

    func run() throws {
        var isClean = true
        do {
            for path in try (files.isEmpty ? [path + "/crm"] : files).flatMap({ try Self.files(at: $0) }) {
                if try !format(path) { isClean = false }
            }
        } catch let error as FileError {
            throw error.finding
        }
        if !isClean { throw ExitCode(1) }
    }

    /// - Returns: whether all is well with the file.
    private func format(_ path: String) throws(FileError) -> Bool {
        let (tree, name) = FileTree.resolving(path)
        let document = CRMDocument.parse(SourceText(path: path, bytes: try tree.read(name, limit: 64 << 20)))
        guard let text = document.formatted else {
            for finding in document.findings where finding.severity == .error { Terminal.complain(finding.description) }
            return false
        }
        let bytes = Array(text.utf8)
        guard bytes != document.source.bytes else { return true }
        Terminal.print(path)
        if !check { try tree.write(bytes, to: name) }
        return !check
    }

    /// The file itself, or the .crm files below a directory; what begins with a dot is passed over.
    private static func files(at path: String, depth: Int = 0) throws(FileError) -> [String] {
        let (tree, name) = FileTree.resolving(path)
        guard try tree.kind(of: name) == .directory, depth < 16 else { return [path] }
        var files: [String] = []
        for entry in try tree.entries(of: name) where !entry.name.hasPrefix(".") {
            if entry.kind == .directory {
                files += try Self.files(at: "\(path)/\(entry.name)", depth: depth + 1)
            } else if entry.kind == .regular, entry.name.hasSuffix(".crm") {
                files.append("\(path)/\(entry.name)")
            }
        }
        return files
    }
}
