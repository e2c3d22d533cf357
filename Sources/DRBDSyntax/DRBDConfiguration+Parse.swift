public import Diagnostics

extension DRBDConfiguration {
    /// How deep sections may nest. drbd.conf(5) itself needs five.
    public static let deepestNesting = 16

    /// Reads a whole file. Always gives a configuration; it is what the file says only when there are no errors
    /// among the findings (at most 100 are reported).
    public static func parse(_ source: SourceText) -> (configuration: DRBDConfiguration, findings: [Finding]) {
        if let finding = source.refusal(beyond: Bounds.file) { return (DRBDConfiguration(), [finding]) }
        var parser = Parser(source)
        let configuration = DRBDConfiguration(parser.statements(depth: 0))
        return (configuration, parser.findings + configuration.repeatedResources(in: source))
    }

    private func repeatedResources(in source: SourceText) -> [Finding] {
        var seen: Set<String> = []
        return resources.filter { !seen.insert($0.name).inserted }.prefix(Report.bound).map { resource in
            .error(
                "the resource \"\(resource.name)\" is defined twice in this file",
                at: source.place(of: resource.origin),
                remedy: "drbdadm refuses it: remove or rename one")
        }
    }
}

/// Reads statements by recursive descent, going on after each mistake.
private struct Parser {
    typealias Statement = DRBDConfiguration.Statement
    typealias Word = DRBDConfiguration.Word

    private var lexer: Lexer
    private var token: Lexer.Token
    private var statementCount = 0

    init(_ source: SourceText) {
        lexer = Lexer(source)
        token = lexer.next()
    }

    var findings: [Finding] { lexer.findings }

    private static let keywords = Section.keywords.union(Parameter.keywords)

    private mutating func advance() { token = lexer.next() }

    /// The contents of the file, or of a section up to its `}`.
    mutating func statements(depth: Int) -> [Statement] {
        var result: [Statement] = []
        while true {
            switch token.kind {
            case .word(let keyword):
                guard countStatement() else { return result }
                result.append(statement(keyword, depth: depth))
            case .close where depth > 0:
                return result
            case .end:
                return result
            case .close:
                lexer.report("a } that closes nothing", at: token.range, remedy: "remove it")
                advance()
            case .semicolon:
                lexer.report("a ; that ends no statement", at: token.range, remedy: "remove it")
                advance()
            case .open:
                lexer.report(
                    "a section without a name", at: token.range, expected: "a keyword, such as net, before the {")
                _ = section(depth: depth)
            }
        }
    }

    private mutating func countStatement() -> Bool {
        statementCount += 1
        guard statementCount > Bounds.statements.most else { return true }
        lexer.stop(Bounds.statements.finding(at: lexer.source.place(token.range)))
        advance()
        return false
    }

    private mutating func statement(_ keyword: Word, depth: Int) -> Statement {
        let start = token.range.lowerBound
        var end = token.range.upperBound
        var arguments: [Word] = []
        let wasMuted = lexer.isMuted
        lexer.isMuted = wasMuted || keyword.isSkip
        advance()
        while case .word(let word) = token.kind, !startsAnotherStatement(word) {
            arguments.append(word)
            end = token.range.upperBound
            advance()
        }
        if keyword.isSkip { passToBrace() }
        lexer.isMuted = wasMuted
        let origin = Origin(start..<end)
        switch token.kind {
        case .open:
            let body = section(
                depth: depth, isSkipped: keyword.isSkip,
                endsWithFile: depth == 0 && ["resource", "common"].contains(keyword.text))
            return Statement(keyword, arguments, body: body, origin: origin)
        case .semicolon:
            advance()
        case .word, .close, .end:
            lexer.report("a statement that is not ended", at: end..<end, expected: "a ; here")
        }
        return Statement(keyword, arguments, origin: origin)
    }

    /// "parse_skip" (drbdadm_parser.c) looks at nothing but braces.
    private mutating func passToBrace() {
        while ![.open, .close, .end].contains(token.kind) { advance() }
    }

    /// A statement may go on in the next line, but not with a keyword: there its `;` was forgotten.
    private func startsAnotherStatement(_ word: Word) -> Bool {
        token.startsLine && !word.isQuoted && Self.keywords.contains(word.text)
    }

    /// From its `{` to its `}`. Nothing is judged in a section to be skipped: drbdadm only counts its braces.
    ///
    /// - Parameter endsWithFile: whether drbdadm lets the end of the file close it.
    private mutating func section(depth: Int, isSkipped: Bool = false, endsWithFile: Bool = false) -> [Statement] {
        let opening = token.range
        let wasMuted = lexer.isMuted
        lexer.isMuted = wasMuted || isSkipped
        advance()
        let body = contents(depth: depth, opening: opening)
        lexer.isMuted = wasMuted
        if token.kind == .close {
            advance()
        } else {
            lexer.report(
                "a section that is not closed", at: opening, expected: "} before the end of the file", isRead: endsWithFile)
        }
        return body
    }

    private mutating func contents(depth: Int, opening: Range<Int>) -> [Statement] {
        if depth < DRBDConfiguration.deepestNesting { return statements(depth: depth + 1) }
        lexer.report("sections nested deeper than \(DRBDConfiguration.deepestNesting)", at: opening)
        passContents()
        return []
    }

    private mutating func passContents() {
        var open = 0
        while token.kind != .end, open > 0 || token.kind != .close {
            if token.kind == .open { open += 1 }
            if token.kind == .close { open -= 1 }
            advance()
        }
    }
}
