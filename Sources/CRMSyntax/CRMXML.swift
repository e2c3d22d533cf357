internal import CIB
internal import Diagnostics
public import XML

// The way out for what crmsh's syntax can't express: `xml <…>`, an element of the CIB as it stands there.

extension StatementParser {
    /// `xml <element …>…</element>`
    mutating func escapedElement() throws(Abandoned) -> Element {
        let (text, range) = remainder()
        let element: Element
        do {
            element = try Element(parsing: SourceText(path: source.path, bytes: text))
        } catch {
            throw fail(
                error.message, at: range, expected: "an element of the CIB, without quotes around it")
        }
        guard Tags.isStatement(element.name) else {
            throw fail(
                "<\(element.name)> is no object of the configuration", at: range,
                expected: "<primitive>, <rsc_location> or the like")
        }
        let inner = Tags.isDefaults(element.name) ? element.children.flatMap(\.children) : element.children
        for part in inner {
            part.walk { if let id = $0.id, !CRMIdentifiers.isReference($0) { append(identifier: id) } }
        }
        return element
    }
}

extension CRMPrinter {
    /// An element as `xml <…>`, with the resources inside it, and every id.
    ///
    /// - Throws: `.element` for what is no object: crmsh knows an object by its outermost element.
    public func escape(_ element: Element) throws(CRMInexpressible) -> String {
        guard Tags.isStatement(element.name) else { throw .element(element.name) }
        let lines = element.xml.split(separator: "\n").map(CRMPrinter.keepingBlanks)
        return "xml " + lines.joined(separator: " \\\n")
    }

    /// crmsh makes one blank of several, also inside values.
    private static func keepingBlanks(_ line: Substring) -> String {
        let margin = line.prefix { $0 == " " }
        var text = ""
        for character in line.dropFirst(margin.count) {
            text += character == " " && text.last == " " ? "&#32;" : String(character)
        }
        return margin + text
    }
}
