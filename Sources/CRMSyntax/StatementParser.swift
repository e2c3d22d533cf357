internal import Diagnostics
internal import XML

/// Reads one statement into the element that crmsh would put in the CIB, without generated ids.
///
/// Each element of the grammar has an extension of its own. A method that meets something it can't go on from
/// reports it and throws; what can be passed over is only reported.
struct StatementParser {
    /// Thrown after the finding that says why.
    struct Abandoned: Error {}

    let source: SourceText
    private var lexer: Lexer
    /// The word to be read next.
    private(set) var token: Token?
    private var collected = Report()
    /// The ids that `$id` sets below the object itself.
    private(set) var identifiers: [String] = []

    init(source: SourceText, lexer: Lexer) {
        self.source = source
        self.lexer = lexer
    }

    /// Bare words that end a list of pairs in this statement, besides those that always do.
    var closers: [StaticString] = []

    mutating func append(identifier: String) { identifiers.append(identifier) }

    mutating func advance() throws(Abandoned) {
        token = lexer.next()
        if let token, !token.defects.isEmpty { try check(token) }
    }
}

extension StatementParser {
    /// Where the next word stands; behind the last one at the end.
    var here: Range<Int> { token?.range ?? lexer.end..<lexer.end }

    mutating func report(
        _ severity: Finding.Severity, _ message: String, at range: Range<Int>? = nil,
        expected: String? = nil, remedy: String? = nil
    ) {
        let place = source.place(range ?? here)
        collected.add(Finding(severity, message, at: place, expected: expected, remedy: remedy))
    }

    var findings: [Finding] { collected.findings }

    /// To be thrown: `throw fail("…")`.
    mutating func fail(
        _ message: String, at range: Range<Int>? = nil, expected: String? = nil, remedy: String? = nil
    ) -> Abandoned {
        report(.error, message, at: range, expected: expected, remedy: remedy)
        return Abandoned()
    }

    mutating func fail(beyond bound: Bound) -> Abandoned { fail(bound.finding().message) }

    private mutating func check(_ token: Token) throws(Abandoned) {
        if token.defects.contains(.unterminatedQuote) {
            throw fail(
                "a quote is opened and not closed", at: token.range,
                expected: "the same quote before the statement ends",
                remedy: "a statement ends with its line, unless the line ends in \\")
        }
        if token.defects.contains(.controlCharacter) {
            report(.error, "a control character can't be part of a CIB", at: token.range, remedy: "remove it")
        }
        if token.defects.contains(.notASCII) { checkEncoding(of: token) }
        if token.defects.contains(.joinedLines) {
            report(
                .warning, "two lines are joined into the one word \"\(token.string)\"", at: token.range,
                remedy: "put a blank before the \\")
        }
    }

    private mutating func checkEncoding(of token: Token) {
        guard String(validating: token.text, as: UTF8.self) != nil else {
            return report(.error, "this is not UTF-8 text", at: token.range)
        }
        report(
            .warning, "crmsh 4.4 turns characters beyond ASCII into references such as &#228;", at: token.range,
            remedy: "use ASCII if this text also goes through crmsh")
    }
}

extension StatementParser {
    func peek(_ word: StaticString) -> Bool { token?.matches(word) ?? false }

    mutating func take(_ word: StaticString) throws(Abandoned) -> Bool {
        guard peek(word) else { return false }
        try advance()
        return true
    }

    /// The next word, whatever it is.
    mutating func word(_ expected: String) throws(Abandoned) -> String {
        guard let token, !token.text.isEmpty else { throw missing(expected) }
        let text = token.string
        try advance()
        return text
    }

    mutating func missing(_ expected: String) -> Abandoned {
        guard let token else { return fail("the statement ends too early", expected: expected) }
        return fail("unexpected \"\(token.string)\"", expected: expected)
    }

    /// `description=…`, which crmsh takes only right behind the head.
    mutating func description(into element: inout Element) throws(Abandoned) {
        guard let text = token?.value(of: "description=") else { return }
        element.attributes.append(.init("description", text))
        try advance()
    }

    /// The word behind the next one.
    func following() -> Token? {
        var ahead = lexer
        return ahead.next()
    }

    /// All that is left of the statement, unread.
    mutating func remainder() -> (text: [UInt8], range: Range<Int>) {
        token = nil
        return lexer.remainder()
    }

    /// How many words are left, the next one included, and which is the last.
    func remaining() -> (count: Int, last: Token?) {
        var ahead = lexer
        var count = token == nil ? 0 : 1
        var last = token
        while let next = ahead.next() {
            count += 1
            last = next
        }
        return (count, last)
    }

    /// Leaves out the last word, which has been read out of turn.
    mutating func drop(last: Token) {
        lexer.truncate(before: last)
        if token?.range == last.range { token = nil }
    }
}
