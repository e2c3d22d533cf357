import CRMSyntax
import Diagnostics
import Testing
import XML

/// The one statement of a text that must be without findings.
func statement(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> CRMStatement {
    let document = CRMDocument.parse(SourceText(path: "a.crm", text: text))
    #expect(document.findings.isEmpty, "\(Findings(document.findings))", sourceLocation: location)
    #expect(document.statements.count == 1, sourceLocation: location)
    return try #require(document.statements.first, sourceLocation: location)
}

/// A statement means this XML.
func expect(_ text: String, means xml: String, _ location: SourceLocation = #_sourceLocation) throws {
    let read = try statement(text, location).element
    let expected = try Element(parsing: SourceText(path: "expected", text: xml))
    #expect(read.xml == expected.xml, sourceLocation: location)
}

func findings(_ text: String) -> [Finding] {
    CRMDocument.parse(SourceText(path: "a.crm", text: text)).findings
}

extension Element {
    /// Attributes in the order of their names, which XML does not keep.
    var sorted: Element {
        Element(name, attributes.sorted { $0.name < $1.name }, children: children.map(\.sorted))
    }
}
