import Diagnostics
import Glibc
import Host
import Testing
import XML

/// The real crmsh, working on a file instead of a cluster.
struct Crmsh {
    /// The CIB after loading, as `show xml` prints it, and `show`'s text for it.
    let cib: Element
    let text: String

    /// Loads a configuration into an empty CIB, without committing it: what the schema refuses can be compared as well.
    init(loading configuration: String) async throws {
        let directory = try ScratchDirectory()
        let files = FileTree(root: directory.path)
        try files.write(Array(Self.empty.utf8), to: "/cib.xml")
        try files.write(Array(configuration.utf8), to: "/load.crm")
        let script = "configure\nload update \(directory.path)/load.crm\nshow xml\nshow\n"
        try files.write(Array(script.utf8), to: "/script")
        // Its exit status speaks of the schema, at the end of the script: nothing is committed, so it is no matter.
        let output = try await Command(
            "crm", ["-F", "-f", "\(directory.path)/script"],
            environment: ["CIB_file": "\(directory.path)/cib.xml", "HOME": directory.path, "TERM": "dumb"]
        ).run()
        try self.init(output: output.text)
    }

    private init(output: String) throws {
        let end = "</cib>\n"
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(
            lines.firstIndex { $0.hasPrefix("<?xml") }, "crmsh printed no CIB: \(output.prefix(2000))")
        let last = try #require(lines.firstIndex { $0 == end.dropLast() })
        let xml = lines[start...last].joined(separator: "\n")
        cib = try Element(parsing: SourceText(path: "cib", text: xml))
        // The commit that crmsh tries at the end warns in colour, on the same stream.
        text = lines[(last + 1)...].filter { !$0.contains("\u{1B}[") }.joined(separator: "\n")
    }

    private static let empty = """
        <cib crm_feature_set="3.16.2" validate-with="pacemaker-3.9" epoch="0" num_updates="0" admin_epoch="0">
        <configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>
        """
}

/// A directory of the test's own, gone with it.
private final class ScratchDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/crmsh-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in ["cib.xml", "load.crm", "script"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}
