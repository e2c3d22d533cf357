internal import Diagnostics

/// Cuts the bytes of an xl.cfg(5) into tokens, as the scanner of libxlutil does, and collects what is wrong with them.
struct Lexer {
    struct Token {
        enum Kind: Equatable {
            case key(String)
            /// A word that xl has no use for: `True`, `Memory`, `_x`.
            case foreign(String)
            case text(String)
            case open, close, comma, semicolon, lineBreak, end
            case assign(XenConfiguration.Assignment.Operator)
            /// A character that xl doesn't know outside quotes.
            case unknown(Unicode.Scalar)
        }

        var kind: Kind
        var range: Range<Int>
    }

    let source: SourceText
    private var collected = Report()
    private let bytes: [UInt8]
    private var position = 0
    private var sawCarriageReturn = false

    init(_ source: SourceText) {
        self.source = source
        bytes = source.bytes
    }

    mutating func report(_ finding: Finding) { collected.add(finding) }

    var findings: [Finding] { collected.findings }

    /// Reads no further.
    mutating func stop(_ finding: Finding) {
        collected.add(finding)
        position = bytes.count
    }

    mutating func next() -> Token {
        skipBlanks()
        let start = position
        guard start < bytes.count else { return Token(kind: .end, range: start..<start) }
        let kind = scan(bytes[start])
        return Token(kind: kind, range: start..<position)
    }

    private mutating func scan(_ first: UInt8) -> Token.Kind {
        switch first {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(string(until: first))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .text(taking(\.isInNumber))
        case _ where first.isInWord: return word()
        case UInt8(ascii: "+") where position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "="):
            position += 2
            return .assign(.add)
        default:
            position += 1
            return Self.punctuation(first)
        }
    }

    private static func punctuation(_ byte: UInt8) -> Token.Kind {
        switch byte {
        case UInt8(ascii: "["): .open
        case UInt8(ascii: "]"): .close
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ";"): .semicolon
        case UInt8(ascii: "="): .assign(.set)
        case UInt8(ascii: "\n"): .lineBreak
        default: .unknown(Unicode.Scalar(byte))
        }
    }

    /// `[a-z][._0-9a-z]*` is a key (libxlu_cfg_l.l); the manual knows none with a dot.
    private mutating func word() -> Token.Kind {
        let word = taking { $0.isInWord || $0 == UInt8(ascii: ".") }
        let isKey = word.utf8.allSatisfy { $0.isInKey || $0 == UInt8(ascii: ".") } && word.utf8.first != UInt8(ascii: "_")
        return isKey ? .key(word) : .foreign(word)
    }

    private mutating func taking(_ belongs: (UInt8) -> Bool) -> String {
        let start = position
        while position < bytes.count, belongs(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
            case UInt8(ascii: "\r"): carriageReturn()
            case UInt8(ascii: "#"): comment()
            default: return
            }
        }
    }

    private mutating func carriageReturn() {
        if !sawCarriageReturn {
            var finding = Finding.error(
                "a carriage return: xl refuses files with the line ends of DOS", at: source.place(at: position),
                remedy: "end the lines as Unix does")
            finding.fix = withoutCarriageReturns
            report(finding)
        }
        sawCarriageReturn = true
        position += 1
    }

    /// Where each stands at the end of a line.
    private var withoutCarriageReturns: TextEdit? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let ended = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
        guard !ended.contains(where: { $0.contains(UInt8(ascii: "\r")) }) else { return nil }
        let text = String(decoding: Array(ended.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
        return TextEdit(file: source.path, range: 0..<bytes.count, replacement: text)
    }

    private mutating func comment() {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        guard position == bytes.count else { return }
        var finding = Finding.error(
            "the file ends in a comment without a line break: xl can't read that",
            at: source.place(start..<position), remedy: "end the last line with a line break")
        finding.fix = TextEdit(file: source.path, range: position..<position, replacement: "\n")
        report(finding)
    }
}

extension Lexer {
    /// Between two quotes of one kind, on one line.
    private mutating func string(until quote: UInt8) -> String {
        let start = position
        var text: [UInt8] = []
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            let byte = bytes[position]
            position += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
                if let escaped = escape() { text.append(escaped) }
            } else {
                text.append(byte)
            }
        }
        report(
            .error(
                "a string without its closing quote", at: source.place(start..<position),
                expected: "\(quote == UInt8(ascii: "'") ? "'" : "\"") on the same line"))
        return String(decoding: text, as: UTF8.self)
    }

    /// What stands after a backslash. Numeric escapes are in libxlutil's grammar, but it refuses or drops them.
    private mutating func escape() -> UInt8? {
        let byte = bytes[position]
        position += 1
        if let escaped = Escapes.byte(for: byte) { return escaped }
        while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
        report(
            .error(
                "an escape that xl does not know", at: source.place(position - 2..<position),
                expected: "one of \\\\ \\' \\\" \\a \\b \\f \\n \\r \\t \\v", remedy: "write \\\\ for a backslash"))
        return nil
    }
}

/// The escapes in quoted strings.
enum Escapes {
    static func byte(for letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): letter
        default: letters.first { $0.letter == letter }?.byte
        }
    }

    static let letters: [(letter: UInt8, byte: UInt8)] = [
        (UInt8(ascii: "a"), 7), (UInt8(ascii: "b"), 8), (UInt8(ascii: "t"), 9), (UInt8(ascii: "n"), 10),
        (UInt8(ascii: "v"), 11), (UInt8(ascii: "f"), 12), (UInt8(ascii: "r"), 13),
    ]
}

extension UInt8 {
    var isInKey: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }

    fileprivate var isInWord: Bool { isInKey || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    /// xl's numbers: a digit, then digits, `a` to `f` and `x`.
    fileprivate var isInNumber: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "x"): true
        default: false
        }
    }
}
