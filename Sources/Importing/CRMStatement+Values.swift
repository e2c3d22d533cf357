internal import CRMSyntax
internal import Diagnostics
internal import XML

extension CRMStatement {
    /// The text of the statement with other values of its pairs, word for word what it was besides. Nil where more differs, or where it can't be told
    /// which word is meant.
    func replacingValues(with new: Element, in document: CRMDocument) -> String? {
        let source = document.source
        guard let pairs = element.changedPairs(in: new), !pairs.isEmpty else { return nil }
        let place = document.whereabouts(of: self)
        var edits: [TextEdit] = []
        for pair in pairs {
            let (old, new) = ("\(pair.name)=\(pair.old)", "\(pair.name)=\(pair.new)")
            guard new.isPlainWord, old.isPlainWord, let edit = place.edit(replacing: old, with: new) else { return nil }
            edits.append(edit)
        }
        let edited = SourceText(path: source.path, bytes: source.applying(edits))
        let length = range.count + edited.bytes.count - source.bytes.count
        let text = String(decoding: edited.bytes[range.lowerBound..<range.lowerBound + length], as: UTF8.self)
        let read = CRMDocument.parse(SourceText(path: source.path, text: text))
        guard read.findings.isEmpty, read.statements.count == 1, read.statements[0].element.isWritten(as: new) else { return nil }
        return text
    }
}

extension Element {
    fileprivate typealias ChangedPair = (name: String, old: String, new: String)

    /// The pairs that have another value in an element that is the same besides; nil where it is not.
    fileprivate func changedPairs(in other: Element) -> [ChangedPair]? {
        guard name == other.name, children.count == other.children.count else { return nil }
        if name == "nvpair", self["name"] == other["name"], let old = self["value"], let new = other["value"] {
            return old == new ? [] : [(self["name"] ?? "", old, new)]
        }
        guard isWritten(as: other, withChildren: false) else { return nil }
        var pairs: [ChangedPair] = []
        for (child, successor) in zip(children, other.children) {
            guard let found = child.changedPairs(in: successor) else { return nil }
            pairs += found
        }
        return pairs
    }

    /// Equal but for ids that the text does not show, and the order of attributes.
    fileprivate func isWritten(as other: Element, withChildren: Bool = true) -> Bool {
        guard name == other.name, namelessAttributes == other.namelessAttributes else { return false }
        guard withChildren else { return true }
        return children.count == other.children.count && zip(children, other.children).allSatisfy { $0.isWritten(as: $1) }
    }

    private var namelessAttributes: Set<Attribute> { Set(attributes.filter { $0.name != "id" }) }
}

extension String {
    /// Whether it stands in a statement as it is.
    fileprivate var isPlainWord: Bool {
        utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "=_-./:@%+".utf8.contains(byte)
            }
        }
    }
}
