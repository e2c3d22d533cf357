import CRMSyntax
import Diagnostics
import Testing

/// Asterisks that stand for a secret, and those that are a value.
struct MaskTests {
    private func mistakes(_ pair: String) -> [String] {
        CRMDocument.parse(SourceText(path: "crm/a.crm", text: "primitive a Dummy params \(pair)\n")).findings.map(\.message)
    }

    @Test("what crmsh or a plan shows in the place of a secret is none", arguments: ["passwd=****", "passwd=\"******\"", "passwd=*", "login=******"])
    func masked(_ pair: String) { #expect(mistakes(pair).contains { $0.hasPrefix("asterisks stand in the place of") }) }

    @Test("what nobody hides is what it says", arguments: ["login=****", "login=***", "pattern=*", "x=*******"])
    func plain(_ pair: String) { #expect(mistakes(pair) == []) }
}
