internal import CIB
internal import Diagnostics
public import XML

// The way out for what crmsh's syntax can't express: `xml <…>`, an element of the CIB as it stands there.

extension StatementParser {
    /// `xml <element …>…</element>`
    mutating func escapedElement() throws(Abandoned) -> Element {
        let (text, range) = remainder()
        var element: Element
        do {
            let read = try Element(parsing: SourceText(path: source.path, bytes: text))
            element = read.renaming(CRMStatement.crmshReference, to: CRMStatement.memberTag)
        } catch {
            throw fail(
                error.message, at: range, expected: "an element of the CIB, without quotes around it")
        }
        if element.name == "meta_attributes" { element = try section(around: element, at: range) }
        guard Tags.isStatement(element.name) else {
            throw fail(
                "<\(element.name)> is no object of the configuration", at: range,
                expected: "<primitive>, <rsc_location> or the like")
        }
        for id in element.innerIDs { append(identifier: id) }
        for pair in element.maskedPairs { report(masked: pair, at: range) }
        if let attribute = element.brokenAttribute {
            report(
                .warning, "Pacemaker does not keep the line break or tab in \(attribute)", at: range,
                expected: "a value on one line: Pacemaker 2.1 writes \\n for a line break, and blanks for a tab")
        }
        return element
    }
}

extension CRMPrinter {
    /// An element as `xml <…>`, with every id. Members that have a statement of their own stand in it as `<crmsh-ref>`.
    ///
    /// - Throws: `.element` for what is no object: crmsh knows an object by its outermost element.
    public func escape(_ element: Element) throws(CRMInexpressible) -> String {
        guard Tags.isStatement(element.name) else { throw .element(element.name) }
        let written = element.renaming(CRMStatement.memberTag, to: CRMStatement.crmshReference)
        let lines = written.xml.split(separator: "\n").map(CRMPrinter.keepingBlanks)
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

extension CRMStatement {
    /// What crmsh puts in a container for a resource that has a statement of its own, before it looks that up.
    fileprivate static let crmshReference = "crmsh-ref"
}

extension Element {
    /// The ids of what is in an object, or in a section of defaults.
    var innerIDs: [String] {
        var ids: [String] = []
        for part in Tags.isDefaults(name) ? children.flatMap(\.children) : children {
            part.walk { if let id = $0.id, !CRMIdentifiers.isReference($0) { ids.append(id) } }
        }
        return ids
    }

    fileprivate var maskedPairs: [Element] {
        var pairs: [Element] = []
        walk { if $0.isMasked { pairs.append($0) } }
        return pairs
    }

    /// The first attribute with a line break or a tab in its value.
    fileprivate var brokenAttribute: String? {
        if let attribute = attributes.first(where: { $0.value.utf8.contains { $0 < 0x20 } }) { return attribute.name }
        return children.lazy.compactMap(\.brokenAttribute).first
    }

    /// With another name for the elements of this name that stand directly in it or in a container in it.
    fileprivate func renaming(_ name: String, to other: String) -> Element {
        guard Tags.isResource(self.name) else { return self }
        var element = self
        element.children = children.map { $0.name == name ? Element(other, $0.attributes) : $0.renaming(name, to: other) }
        return element
    }
}
