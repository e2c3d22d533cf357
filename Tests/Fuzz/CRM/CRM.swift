import CRMSyntax
import Diagnostics
import Properties
import XML

/// crmsh's text: what is read can be printed, and printed it reads as the same.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = source(data, count)
    let document = CRMDocument.parse(source)
    source.requireShowable(document.findings)
    requireStatementsInOrder(document)
    requireReuse(document)
    if let text = document.formatted { requireFixed(text, from: document) }
    for statement in document.statements { requirePrinted(statement) }
    return 0
}

private func requireStatementsInOrder(_ document: CRMDocument) {
    var end = 0
    for statement in document.statements {
        require(statement.range.lowerBound >= end, "statements follow each other")
        require(statement.range.upperBound <= document.source.bytes.count, "and are in the text")
        end = statement.range.upperBound
        _ = statement.name.map { document.place(of: $0, in: statement) }
    }
}

/// An earlier document saves work, and changes nothing else.
private func requireReuse(_ document: CRMDocument) {
    let moved = SourceText(path: document.source.path, bytes: Array("\n".utf8) + document.source.bytes)
    let fresh = CRMDocument.parse(moved)
    let reused = CRMDocument.parse(moved, reusing: document)
    require(fresh.statements.map(\.element) == reused.statements.map(\.element), "a reused statement is the same")
    require(fresh.statements.map(\.comments) == reused.statements.map(\.comments), "and its comments")
    require(fresh.findings == reused.findings, "findings don't depend on what was read before")
}

/// Laid out it means the same, and stays as it is.
private func requireFixed(_ text: String, from document: CRMDocument) {
    let again = CRMDocument.parse(SourceText(path: document.source.path, text: text))
    require(again.statements.count == document.statements.count, "no statement is lost in\n\(text)")
    for (a, b) in zip(document.statements, again.statements) {
        require(a.comments.map(\.words) == b.comments.map(\.words), "no comment is lost in\n\(text)")
        require(a.element.sorted == b.element.sorted, "\(a.element.xml)is the same as\n\(b.element.xml)in\n\(text)")
    }
    require(again.formatted == text, "the layout is final:\n\(text)\n---\n\(again.formatted ?? "nil")")
}

private func requirePrinted(_ statement: CRMStatement) {
    guard let text = try? CRMPrinter().text(of: statement) else { return }
    let again = CRMDocument.parse(SourceText(path: "printed", text: text))
    require(again.statements.count == 1, "one statement is printed as one:\n\(text)")
}

extension String {
    fileprivate var words: [Substring] { split(whereSeparator: \.isWhitespace) }
}

extension Element {
    /// Attributes in the order of their names, which XML does not keep.
    fileprivate var sorted: Element {
        Element(name, attributes.sorted { $0.name < $1.name }, children: children.map(\.sorted))
    }
}
