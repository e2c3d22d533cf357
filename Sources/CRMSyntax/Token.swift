/// One word of a statement, with quotes, escapes and continuations resolved. Valid while its lexer is.
struct Token {
    /// The word's bytes.
    let text: UnsafeBufferPointer<UInt8>
    /// Where it stands in the source, quotes included.
    let range: Range<Int>
    /// The offset of the first `=` in `text`, or -1.
    let equals: Int
    var defects: Defects = []

    struct Defects: OptionSet {
        let rawValue: UInt8
        static let unterminatedQuote = Defects(rawValue: 1)
        static let controlCharacter = Defects(rawValue: 2)
        static let notASCII = Defects(rawValue: 4)
        /// A `\` without a blank before it glued the first word of the next line to this one.
        static let joinedLines = Defects(rawValue: 8)
    }
}

extension Token {
    var string: String { string(0..<text.count) }

    func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
    }

    func string(from start: Int) -> String { string(start..<text.count) }

    var hasEquals: Bool { equals >= 0 }

    func firstIndex(of byte: UInt8) -> Int? {
        for index in 0..<text.count where text[index] == byte { return index }
        return nil
    }

    /// Whether this is a word of the grammar; crmsh compares them without regard to case.
    func matches(_ word: StaticString) -> Bool {
        text.count == word.utf8CodeUnitCount && begins(with: word)
    }

    func begins(with word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard text.count >= length else { return false }
        for index in 0..<length {
            let byte = text[index]
            guard (byte.isLetter ? byte | 0x20 : byte) == word.utf8Start[index] else { return false }
        }
        return true
    }

    /// What follows a prefix such as `description=`; nil where the prefix is another or nothing follows.
    func value(of prefix: StaticString) -> String? {
        guard begins(with: prefix), text.count > prefix.utf8CodeUnitCount else { return nil }
        return string(from: prefix.utf8CodeUnitCount)
    }

    /// The word before a single colon at the end: `inf` in `inf:`.
    var beforeFinalColon: String? {
        guard text.count > 1, firstIndex(of: .colon) == text.count - 1 else { return nil }
        return string(0..<text.count - 1)
    }
}
