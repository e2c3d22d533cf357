/// Reads the words of one statement as crmsh does: Python's shlex in POSIX mode, over lines joined at `\`.
struct Lexer {
    private let source: UnsafeBufferPointer<UInt8>
    /// Takes the text of words that differ from their spelling. As long as the source, so it can't overflow.
    private let scratch: UnsafeMutableBufferPointer<UInt8>
    private var written = 0
    private var position: Int
    private(set) var end: Int
    /// The end of a run of backslashes that joins no lines. Looked for at each of them it would be found as often.
    private var plainBackslashes = 0

    init(
        _ source: UnsafeBufferPointer<UInt8>, statement: Range<Int>,
        scratch: UnsafeMutableBufferPointer<UInt8>
    ) {
        self.source = source
        self.scratch = scratch
        position = statement.lowerBound
        end = statement.upperBound
    }

    mutating func next() -> Token? {
        skipBlanks()
        guard position < end else { return nil }
        let start = position
        var equals = -1
        while position < end {
            let byte = source[position]
            if byte == .equals, equals < 0 {
                equals = position - start
            } else if !byte.isOrdinary, byte != .equals {
                if byte.isBlank { break }
                return resolved(from: start)
            }
            position += 1
        }
        let text = UnsafeBufferPointer(rebasing: source[start..<position])
        return Token(text: text, range: start..<position, equals: equals)
    }

    /// Ends the statement before a word that was read out of turn.
    mutating func truncate(before token: Token) { end = token.range.lowerBound }

    /// All that is left as it stands, its lines joined: XML is not made of words.
    mutating func remainder() -> (text: [UInt8], range: Range<Int>) {
        skipBlanks()
        let start = position
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        while position < end {
            if let next = continuation(at: position) {
                position = next
            } else {
                text.append(source[position])
                position += 1
            }
        }
        return (text, start..<end)
    }

    private mutating func skipBlanks() {
        while position < end {
            if source[position].isBlank {
                position += 1
            } else if let next = continuation(at: position) {
                position = next
            } else {
                return
            }
        }
    }

    /// Where the next line's text begins, if the backslashes at `offset` are the last thing on theirs.
    private mutating func continuation(at offset: Int) -> Int? {
        guard source[offset] == .backslash, offset >= plainBackslashes else { return nil }
        var index = offset
        while index < end, source[index] == .backslash { index += 1 }
        let endOfRun = index
        while index < end, source[index].isBlank, source[index] != .newline { index += 1 }
        if index < end, source[index] != .newline {
            plainBackslashes = endOfRun
            return nil
        }
        while index < end, source[index].isBlank { index += 1 }
        return index
    }
}

extension Lexer {
    /// A word with quotes, escapes, continuations or unusual characters, copied without them.
    private mutating func resolved(from start: Int) -> Token {
        position = start
        let first = written
        var quote: UInt8 = 0
        var defects: Token.Defects = []
        while position < end {
            if let next = continuation(at: position) {
                position = next
                if quote == 0, written > first, next < end { defects.insert(.joinedLines) }
                continue
            }
            let byte = source[position]
            if quote == 0, byte.isBlank { break }
            position += 1
            if quote != 0, byte == quote {
                quote = 0
            } else if quote == 0, byte == .doubleQuote || byte == .singleQuote {
                quote = byte
            } else {
                append(byte == .backslash ? escaped(in: quote) : byte, &defects)
            }
        }
        if quote != 0 { defects.insert(.unterminatedQuote) }
        return token(written: first, at: start..<position, defects)
    }

    /// What a backslash, just passed, makes of the next byte. Between double quotes it escapes only `"` and `\`.
    private mutating func escaped(in quote: UInt8) -> UInt8 {
        guard quote != .singleQuote, position < end else { return .backslash }
        let byte = source[position]
        if quote == .doubleQuote, byte != .doubleQuote, byte != .backslash { return .backslash }
        position += 1
        return byte
    }

    private mutating func append(_ byte: UInt8, _ defects: inout Token.Defects) {
        if byte.isControl { defects.insert(.controlCharacter) }
        if byte >= 0x80 { defects.insert(.notASCII) }
        scratch[written] = byte
        written += 1
    }

    private func token(written first: Int, at range: Range<Int>, _ defects: Token.Defects) -> Token {
        let text = UnsafeBufferPointer(rebasing: scratch[first..<written])
        return Token(text: text, range: range, equals: text.firstIndex(of: .equals) ?? -1, defects: defects)
    }
}
