import CIB
import CRMSyntax
import Diagnostics
import Testing
import XML

/// One statement as an element: without made-up ids, as git declares it.
func declared(_ crm: String, _ location: SourceLocation = #_sourceLocation) throws -> Element {
    let document = CRMDocument.parse(SourceText(path: "a.crm", text: crm))
    #expect(document.findings.isEmpty, "\(Findings(document.findings))", sourceLocation: location)
    return try #require(document.statements.first?.element, sourceLocation: location)
}

/// The same with ids, as it stands in a CIB.
func present(_ crm: String, _ location: SourceLocation = #_sourceLocation) throws -> Element {
    CRMIdentifiers().filling(try declared(crm, location))
}

func element(_ xml: String) throws -> Element { try Element(parsing: SourceText(path: "a.xml", text: xml)) }

extension Element {
    /// In crmsh's words, on one line.
    var words: String {
        get throws { try CRMPrinter(identifiers: .only([])).text(of: self).split(separator: " \\\n\t").joined(separator: " ") }
    }
}
