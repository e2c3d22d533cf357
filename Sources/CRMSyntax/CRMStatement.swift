internal import CIB
public import Diagnostics
public import XML

/// One statement of a `.crm` file and the element that crmsh would put in the CIB for it.
public struct CRMStatement: Sendable {
    /// The element in which a clone, ms or group names a resource that has a statement of its own.
    public static let memberTag = Tags.member

    /// Without generated ids: only objects and what `$id` names have one. `rsc_defaults` and `op_defaults` are the
    /// section with one set in it.
    public let element: Element
    /// `ms` also where the text says `master`.
    public let keyword: CRMKeyword
    /// Byte offsets in the source, without the comments before the statement.
    public let range: Range<Int>
    /// The comments before the statement, each with its `#`.
    public let comments: [String]
    /// The ids that `$id` gives to lists, rules, operations and pairs.
    public let identifiers: [String]
    /// Whether parsing it left nothing to say; only then is it worth keeping for the next document.
    let isClean: Bool
    let source: SourceText

    /// The object's name: a node's uname, the id of anything else; nil for a property set without one.
    public var name: String? {
        switch keyword {
        case .node: element["uname"]
        case .rscDefaults, .opDefaults: element.children.first?.id
        default: element.id
        }
    }
}

extension CRMStatement {
    /// The place of the statement's first line.
    public var place: Place { source.place(range) }

    /// The place of the first word that names something: the word itself, or the part of it between `:`, `=` and
    /// brackets (`xps-MS` in `xps-MS:promote`). The statement's place where there is no such word.
    public func place(ofToken name: String) -> Place {
        guard !name.isEmpty, let found = range(of: Array(name.utf8)) else { return place }
        return source.place(found)
    }

    private func range(of name: [UInt8]) -> Range<Int>? {
        source.bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { scratch in
                var lexer = Lexer(bytes, statement: range, scratch: scratch)
                var part: Range<Int>?
                _ = lexer.next()  // the keyword
                while let token = lexer.next() {
                    if token.text.elementsEqual(name) { return token.range }
                    part = part ?? token.range(of: name)
                }
                return part
            }
        }
    }
}

extension Token {
    /// Where a part of the word stands. In a word with quotes in it offsets don't agree: then it is the whole word.
    fileprivate func range(of part: [UInt8]) -> Range<Int>? {
        var start = 0
        for index in 0...text.count where index == text.count || text[index].isDelimiter {
            if text[start..<index].elementsEqual(part) {
                guard range.count == text.count else { return range }
                return range.lowerBound + start..<range.lowerBound + index
            }
            start = index + 1
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isDelimiter: Bool {
        switch self {
        case .colon, .equals, .at, .dollar, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
