import CIB
import Diagnostics
import Host
import Planning
import Repository
import XML

/// The five things that must hold of a corpus.
enum Check: String, CaseIterable {
    case importThenPlan = "a"
    case printThenLoad = "b"
    case showThenParse = "c"
    case patch = "d"
    case succession = "e"

    var title: String {
        switch self {
        case .importThenPlan: "import, then plan against the same CIB: empty"
        case .printThenLoad: "the printed text in an empty CIB, through crmsh: the same CIB"
        case .showThenParse: "crmsh's own text of the CIB: the same objects"
        case .patch: "a patch to the next CIB's configuration: exactly that, then an empty plan"
        case .succession: "import, apply, and the next CIB as the next commit: through the gate, exactly that, then an empty plan"
        }
    }
}

extension Check {
    /// What a shortfall is that nobody here can help.
    var excused: String { self == .succession ? "fair" : "beyond crmsh" }

    /// Why the import of a CIB is not yet its configuration; nil where it is.
    static func importThenPlan(_ subject: Subject) throws -> String? {
        if let error = subject.errors.first { return error }
        let plan = try subject.plan(subject.state, base: nil, live: subject.live)
        let changes = plan.changes.map { "\($0.action) \($0.id.name) \($0.fields.first?.path.description ?? "")" }
        let complaints = changes + plan.misfits.map { $0.description.firstLine }
        return plan.isEmpty && plan.misfits.isEmpty ? nil : complaints.joined(separator: "; ")
    }

    /// From one CIB to the configuration of the next, by cibadmin on a file.
    static func patch(_ subject: Subject, to next: Subject, in directory: String) async throws -> String? {
        if let error = next.errors.first ?? subject.errors.first { return error }
        let plan = try next.plan(next.complete, base: subject.complete, live: subject.live)
        guard plan.needsTransaction else { return nil }
        let files = FileTree(root: directory)
        try files.makeDirectory("/")
        try files.write(Array(subject.live.xml.utf8), to: "/cib.xml")
        try files.write(Array(plan.patch.xml.utf8), to: "/patch.xml")
        let output = try await Command(
            "cibadmin", ["--patch", "--xml-file", "\(directory)/patch.xml"],
            environment: ["CIB_file": "\(directory)/cib.xml", "HOME": directory, "CIB_file_validate": "1"]
        ).run()
        guard output.status == .exited(0) else {
            try files.write(Array(plan.wanted.xml.utf8), to: "/wanted.xml")  // for whoever looks why
            return "cibadmin: \(output.lastLines(1))"
        }
        let bytes = try files.read("/cib.xml", limit: 64 << 20)
        let result = try CIB(parsing: SourceText(path: "cib.xml", bytes: bytes))
        let differences = Meaning(result).difference(from: Meaning(next.live))
        if !differences.isEmpty { return differences.joined(separator: "; ") }
        let again = try next.plan(next.complete, base: next.complete, live: result)
        return again.isEmpty ? nil : "the next plan: " + again.changes.map(\.id.name).joined(separator: " ")
    }

    /// crmsh's CIB after loading our text, against the one that it was imported from.
    static func compareLoaded(_ output: String, _ subject: Subject) throws -> String? {
        guard let xml = output.document else { return "crmsh: \(output.complaint)" }
        let loaded = try CIB(parsing: SourceText(path: "crmsh", text: xml))
        let differences = Meaning(loaded).difference(from: Meaning(subject.live))
        return differences.isEmpty ? nil : differences.joined(separator: "; ")
    }

    /// Our reading of crmsh's text, against the CIB that it is of.
    static func compareShown(_ output: String, _ subject: Subject) -> String? {
        if output.contains("crmsh fails") || output.contains("Init failed") { return "crmsh: \(output.complaint)" }
        let state = DesiredState([("crm/shown.crm", SourceText(path: "shown.crm", text: output.withoutMessages))])
        if let error = state.findings.first(where: { $0.severity == .error }) { return error.description.firstLine }
        let shown = Meaning(state, nodes: subject.nodes)
        let differences = shown.difference(from: Meaning(subject.live))
        return differences.isEmpty ? nil : differences.joined(separator: "; ")
    }
}

extension String {
    /// What crmsh printed, without its coloured remarks.
    var withoutMessages: String {
        split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("\u{1B}[") }.joined(separator: "\n")
    }

    /// The CIB that crmsh's `show xml` printed.
    var document: String? {
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("<?xml") }),
            let end = lines[start...].firstIndex(of: "</cib>")
        else { return nil }
        return lines[start...end].joined(separator: "\n")
    }

    /// The line that says what went wrong.
    var complaint: String {
        let lines = split(separator: "\n").map { String($0).replacing("\u{1B}[31m", with: "").replacing("\u{1B}[0m", with: "") }
        let telling = ["crmsh fails", "syntax in", "ERROR"].lazy.compactMap { word in lines.first { $0.contains(word) } }
        return telling.first ?? lines.last ?? "it says nothing"
    }
}
