public import Diagnostics

/// Where a statement stands. Lines and words are looked for only when somebody asks for them.
public struct StatementPlace: Sendable {
    let source: SourceText
    let range: Range<Int>

    /// Its first line.
    public var start: Place { source.place(range) }

    /// Where the statement names something for the first time: a word of its own, or else a part of one between `:`, `=`
    /// and brackets (`xps-MS` in `xps-MS:promote`). Nil where it does not.
    public func place(of word: String) -> Place? {
        guard !word.isEmpty else { return nil }
        return range(of: Array(word.utf8)).map(source.place)
    }

    /// Where it names it for the last time.
    public func place(ofLast word: String) -> Place? {
        let bytes = Array(word.utf8)
        var last: Range<Int>?
        read { token in
            if let range = token.text.elementsEqual(bytes) ? token.range : token.range(of: bytes) { last = range }
            return true
        }
        return last.map(source.place)
    }

    /// Where the value of `name=value` stands, without the name where both are in one word. Nil where there is no such word.
    public func place(ofValue value: String, of name: String) -> Place? {
        guard let range = range(of: Array("\(name)=\(value)".utf8), whole: true) else { return nil }
        let skipped = range.count == name.utf8.count + 1 + value.utf8.count ? name.utf8.count + 1 : 0
        return source.place(range.lowerBound + skipped..<range.upperBound)
    }

    /// The edit that replaces the first word of the statement that is this one, whole and without quotes in it. Nil where
    /// there is none.
    public func edit(replacing word: String, with replacement: String) -> TextEdit? {
        guard let range = range(of: Array(word.utf8)), source.bytes[range].elementsEqual(word.utf8) else { return nil }
        return TextEdit(file: source.path, range: range, replacement: replacement)
    }

    private func range(of word: [UInt8], whole: Bool = false) -> Range<Int>? {
        var found: Range<Int>?
        var part: Range<Int>?
        read { token in
            if token.text.elementsEqual(word) { found = token.range }
            if !whole { part = part ?? token.range(of: word) }
            return found == nil
        }
        return found ?? part
    }

    typealias Word = (text: String, range: Range<Int>)

    /// All words, the keyword first.
    var words: [Word] {
        var words: [Word] = []
        source.bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { scratch in
                var lexer = Lexer(bytes, statement: range, scratch: scratch)
                while let token = lexer.next() { words.append((token.string, token.range)) }
            }
        }
        return words
    }

    /// Reads the words behind the keyword, for as long as the visitor wants more.
    private func read(_ visit: (Token) -> Bool) {
        source.bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { scratch in
                var lexer = Lexer(bytes, statement: range, scratch: scratch)
                _ = lexer.next()  // the keyword
                while let token = lexer.next(), visit(token) {}
            }
        }
    }
}

extension CRMDocument {
    public func whereabouts(of statement: CRMStatement) -> StatementPlace {
        StatementPlace(source: source, range: statement.range)
    }

    /// Where a statement stands: its first line.
    public func place(of statement: CRMStatement) -> Place { whereabouts(of: statement).start }

    /// Where a statement names something for the first time.
    public func place(of word: String, in statement: CRMStatement) -> Place? {
        whereabouts(of: statement).place(of: word)
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
