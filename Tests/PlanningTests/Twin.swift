import CIB
import Diagnostics
import Host
import Planning
import TestKit
import XML

/// A CIB in a file, for Pacemaker's own tools to work on.
struct Twin {
    private let scratch: Scratch
    private let path: String
    private var environment: [String: String] {
        ["CIB_file": path, "HOME": scratch.path, "TERM": "dumb", "PCMK_logfile": "none"]
    }

    init(of cib: CIB) throws {
        scratch = try Scratch()
        path = try scratch.write(cib.xml, to: "cib.xml")
    }

    func read() throws -> CIB { try CIB(parsing: SourceText(path: "cib.xml", bytes: scratch.read("cib.xml"))) }

    /// `cibadmin --patch`, as the program does it.
    func patch(_ patch: String) async throws -> CIB {
        let file = try scratch.write(patch, to: "patch.xml")
        _ = try await Command("cibadmin", ["--patch", "--xml-file", file], environment: environment).run().orThrow()
        return try read()
    }

    /// `crm -f`, as a person might; with `-F`, since crmsh asks back where Pacemaker has a warning.
    func run(_ script: String) async throws -> (cib: CIB, output: String) {
        let file = try scratch.write(script, to: "script")
        let output = try await Command("crm", ["-F", "-f", file], environment: environment).run()
        return (try read(), output.text + output.error)
    }

    /// `crm configure load update`, as a person might.
    func update(_ crm: String) async throws -> (cib: CIB, output: String) {
        try await run("configure load update \(try scratch.write(crm, to: "update.crm"))\n")
    }

    /// The complaints of `crm_verify`.
    func complaints() async throws -> Set<String> {
        let output = try await Command("crm_verify", ["--verbose", "--xml-file", path]).run()
        guard !output.succeeded else { return [] }
        return Set(output.error.split(separator: "\n").map(String.init).filter { $0.contains("error:") })
    }

    /// The patch that `crm_diff` makes from here to another CIB.
    func difference(to other: CIB) async throws -> String {
        let file = try scratch.write(other.xml, to: "other.xml")
        return try await Command("crm_diff", ["--original", path, "--new", file]).run().text
    }
}

extension Element {
    /// Attributes in the order of their names, which XML does not keep; without what Pacemaker stamps on a CIB.
    var raw: Element {
        let stamps = ["cib-last-written", "update-origin", "update-client", "update-user"]
        let kept = attributes.filter { name != "cib" || !stamps.contains($0.name) }
        return Element(name, kept.sorted { $0.name < $1.name }, children: children.map(\.raw))
    }
}
