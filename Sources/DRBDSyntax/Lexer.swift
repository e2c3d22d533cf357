internal import Diagnostics

/// Cuts the bytes of a drbd.conf(5) into words and punctuation, and collects what is wrong with them.
struct Lexer {
    struct Token {
        enum Kind: Equatable {
            case word(DRBDConfiguration.Word)
            case open, close, semicolon, end
        }

        var kind: Kind
        var range: Range<Int>
        /// Whether nothing but blanks precedes it on its line.
        var startsLine: Bool
    }

    /// drbdadm's scanner refuses longer ones.
    static let longestBareWord = 128
    static let longestString = 255

    let source: SourceText
    private var collected = Report()
    /// Set inside a section that drbdadm skips: it reads anything there.
    var isMuted = false
    private let bytes: [UInt8]
    private var position = 0

    init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
    }

    /// - Parameter isRead: whether drbdadm reads it all the same.
    mutating func report(
        _ message: String, at range: Range<Int>, expected: String? = nil, remedy: String? = nil, isRead: Bool = false
    ) {
        guard !isMuted else { return }
        collected.add(Finding(isRead ? .warning : .error, message, at: source.place(range), expected: expected, remedy: remedy))
    }

    var findings: [Finding] { collected.findings }

    /// Reads no further.
    mutating func stop(_ finding: Finding) {
        collected.add(finding)
        position = bytes.count
    }

    mutating func next() -> Token {
        let startsLine = skipBlanks()
        let start = position
        guard start < bytes.count else {
            return Token(kind: .end, range: start..<start, startsLine: startsLine)
        }
        let kind = scan(bytes[start])
        return Token(kind: kind, range: start..<position, startsLine: startsLine)
    }

    private mutating func scan(_ first: UInt8) -> Token.Kind {
        switch first {
        case UInt8(ascii: "{"): return punctuation(.open)
        case UInt8(ascii: "}"): return punctuation(.close)
        case UInt8(ascii: ";"): return punctuation(.semicolon)
        case UInt8(ascii: "\""): return .word(string())
        default: return .word(bareWord())
        }
    }

    private mutating func punctuation(_ kind: Token.Kind) -> Token.Kind {
        position += 1
        return kind
    }

    /// Blanks, line breaks and comments: "Comments start with a hash sign (“#”) and extend to the end of the line." (drbd.conf(5), 9.0)
    private mutating func skipBlanks() -> Bool {
        var startsLine = position == 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"):
                startsLine = true
                position += 1
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            case let byte where byte.isBlank:
                position += 1
            default:
                return startsLine
            }
        }
        return startsLine
    }
}

extension Lexer {
    /// Between double quotes, on one line; a backslash takes the next byte as it is.
    private mutating func string() -> DRBDConfiguration.Word {
        let start = position
        var text: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                refuseLong(text.count, limit: Self.longestString, start..<position)
                return DRBDConfiguration.Word(String(decoding: text, as: UTF8.self), isQuoted: true)
            }
            if byte == UInt8(ascii: "\\"), position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
                text.append(bytes[position])
                position += 1
            } else {
                text.append(byte)
            }
        }
        report("a string without its closing quote", at: start..<position, expected: "\" on the same line")
        giveBackSemicolon(after: start)
        return DRBDConfiguration.Word(String(decoding: text, as: UTF8.self), isQuoted: true)
    }

    /// The `;` at the end of an unterminated string's line was meant for the statement: one mistake is one finding.
    private mutating func giveBackSemicolon(after start: Int) {
        var end = position
        while end > start, bytes[end - 1].isBlank { end -= 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: ";") { position = end - 1 }
    }

    /// A word without quotes. `:` and `[…]` join what stands around them: `[fe80::1%eth0] : 7000` is one address.
    private mutating func bareWord() -> DRBDConfiguration.Word {
        let start = position
        var text: [UInt8] = []
        if bytes[position] == UInt8(ascii: "[") { bracketed(into: &text) } else { run(into: &text) }
        while let colon = colonAhead() {
            position = colon + 1
            text.append(UInt8(ascii: ":"))
            position = pastBlanks(position)
            run(into: &text)
        }
        var word = DRBDConfiguration.Word(String(decoding: text, as: UTF8.self))
        refuseLong(text.count, limit: Self.longestBareWord, start..<position)
        if !word.isReadableBare { quote(&word, at: start..<position) }
        return word
    }

    private mutating func run(into text: inout [UInt8]) {
        let start = position
        while position < bytes.count, !bytes[position].endsWord { position += 1 }
        text += bytes[start..<position]
    }

    private mutating func bracketed(into text: inout [UInt8]) {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "]"), !bytes[position].endsBracket {
            if !bytes[position].isBlankOrBreak { text.append(bytes[position]) }
            position += 1
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
            position += 1
        } else {
            report("a bracket that is not closed", at: start..<position, expected: "]")
        }
        text.append(UInt8(ascii: "]"))
    }

    private func colonAhead() -> Int? {
        let ahead = pastBlanks(position)
        return ahead < bytes.count && bytes[ahead] == UInt8(ascii: ":") ? ahead : nil
    }

    private func pastBlanks(_ start: Int) -> Int {
        var ahead = start
        while ahead < bytes.count, bytes[ahead].isBlankOrBreak { ahead += 1 }
        return ahead
    }

    /// Reports a word that can't do without quotes, and goes on as if it had them.
    private mutating func quote(_ word: inout DRBDConfiguration.Word, at range: Range<Int>) {
        word.isQuoted = true
        report(
            "characters that may stand in a quoted string only", at: range,
            expected: "letters, digits, / . _ - without quotes", remedy: "write \(word)")
    }

    private mutating func refuseLong(_ count: Int, limit: Int, _ range: Range<Int>) {
        guard count > limit else { return }
        report("a word of \(count) bytes: drbdadm reads \(limit) at most", at: range)
    }
}

extension UInt8 {
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r") }

    fileprivate var isBlankOrBreak: Bool { isBlank || self == UInt8(ascii: "\n") }

    /// What drbdadm's scanner takes without quotes.
    var isBare: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true  // - . / and the digits are neighbours
        default: false
        }
    }

    fileprivate var endsWord: Bool {
        switch self {
        case UInt8(ascii: ":"), UInt8(ascii: "["): true
        default: isBlankOrBreak || endsBracket
        }
    }

    fileprivate var endsBracket: Bool {
        switch self {
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "#"): true
        default: false
        }
    }
}
