public import Diagnostics

/// The bytes that a value was read from. As every origin it is no part of what the value says.
public struct ValueOrigin: Hashable, Sendable {
    /// Of the whole value, with its quotes or brackets.
    public let range: Range<Int>
    /// Of each text that stands right in a list, with its quotes; empty for a single text.
    private let texts: [Range<Int>]

    public init(_ range: Range<Int> = 0..<0, texts: [Range<Int>] = []) {
        self.range = range
        self.texts = texts
    }

    /// The range of the text of that number in a list, or else of the value.
    public func range(of index: Int) -> Range<Int> { texts.indices.contains(index) ? texts[index] : range }

    public static func == (_: ValueOrigin, _: ValueOrigin) -> Bool { true }

    public func hash(into _: inout Hasher) {}
}

extension XenConfiguration {
    /// Where a text stands in the list that a key has in the end.
    ///
    /// - Parameters:
    ///   - part: what to look for in the text; the whole text is meant where it stands otherwise, with escapes.
    ///   - index: the number of the text among all of the list; 0 for a single text.
    public func place(of part: String, at index: Int, in key: String, of source: SourceText) -> Place? {
        let assignments = assignments.filter { $0.key == key }
        var index = index
        for assignment in assignments[(assignments.lastIndex { $0.operator == .set } ?? 0)...] {
            let count = assignment.value.texts?.count ?? 1
            if index < count { return assignment.place(of: part, at: index, in: source) }
            index -= count
        }
        return assignments.last.map { source.place(of: $0.origin) }
    }
}

extension XenConfiguration.Assignment {
    /// Where a part of a text of the value stands, or else the whole text.
    func place(of part: String, at index: Int = 0, in source: SourceText) -> Place {
        source.place(range(of: part, at: index, in: source) ?? valueOrigin.range(of: index))
    }

    func range(of part: String, at index: Int = 0, in source: SourceText) -> Range<Int>? {
        source.range(of: part, in: source.unquoted(valueOrigin.range(of: index)))
    }
}

extension SourceText {
    /// A text's range without its quotes.
    fileprivate func unquoted(_ range: Range<Int>) -> Range<Int> {
        guard range.count > 1, range.upperBound <= bytes.count, "'\"".utf8.contains(bytes[range.lowerBound]) else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }
}
