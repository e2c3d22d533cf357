import CRMSyntax
import Diagnostics
import Testing
import XML

/// What gets into a file from a terminal.
struct TerminalOutputTests {
    private static let escape = "\u{1B}"

    static let messages = [
        "\(escape)[33mWARNING\(escape)[0m: (cluster_status) \twarning: Fencing and resource management disabled due to lack of quorum",
        "\(escape)[31mERROR\(escape)[0m: d: parameter \"foo\" is not known", "\(escape)[32mINFO\(escape)[0m: commit forced",
        "WARNING: cib-bootstrap-options: unknown attribute 'bogus'", "ERROR: 1: syntax in role: Expected at least 2 arguments",
    ]

    @Test("a message of crmsh's is one finding with its remedy, and what stands around it is read", arguments: messages)
    func message(_ line: String) {
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: "primitive a Dummy\n\(line)\nprimitive b Dummy\n"))
        #expect(document.statements.compactMap(\.element.id) == ["a", "b"])
        #expect(document.findings.map(\.message) == ["this is a message of crmsh's, and no configuration"])
        #expect(document.findings.first?.place?.line == 2)
        #expect(!document.findings.description.contains(Self.escape))
    }

    @Test("the colours of a terminal are one finding for the whole text")
    func colours() {
        // As `crm configure show` writes to a terminal.
        let text = """
            \(Self.escape)[33mprimitive\(Self.escape)(B\(Self.escape)[m \(Self.escape)(B\(Self.escape)[md\(Self.escape)(B\(Self.escape)[m Dummy \\
            \t\(Self.escape)[33mparams\(Self.escape)(B\(Self.escape)[m \(Self.escape)[36mfoo\(Self.escape)(B\(Self.escape)[m=\(Self.escape)[31m1\(Self.escape)(B\(Self.escape)[m
            \(Self.escape)[33mproperty\(Self.escape)(B\(Self.escape)[m stonith-enabled=false
            primitive b Dummy
            """
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: text))
        #expect(document.findings.map(\.message) == ["the codes of a terminal's colours can't be part of a CIB"])
        #expect(document.findings.first?.remedy?.contains("crm configure show | cat") == true)
        #expect(document.statements.compactMap(\.element.id) == ["b"])
    }

    @Test("another control character is one", arguments: ["primitive a Dummy params x=\"\u{1}\"", "primitive a Dummy params x=\u{1B}"])
    func others(_ text: String) {
        #expect(findings(text).map(\.message).contains("a control character can't be part of a CIB"))
    }
}
