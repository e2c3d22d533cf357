public import Diagnostics

extension DRBDConfiguration {
    /// How deep sections may nest. drbd.conf(5) itself needs five.
    public static let deepestNesting = 16

    /// Reads a whole file. Always gives a configuration; it is what the file says only when there are no errors among the findings
    /// (at most 50 are reported).
    public static func parse(_ source: SourceText) -> (configuration: DRBDConfiguration, findings: [Finding]) {
        if let finding = source.encodingFinding { return (DRBDConfiguration(), [finding]) }
        var parser = Parser(source)
        let configuration = DRBDConfiguration(parser.statements(inside: nil, depth: 0))
        return (configuration, parser.findings + configuration.repeatedResources(in: source))
    }

    private func repeatedResources(in source: SourceText) -> [Finding] {
        var seen: Set<String> = []
        return resources.filter { !seen.insert($0.name).inserted }.prefix(Lexer.mostFindings).map { resource in
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

    init(_ source: SourceText) {
        lexer = Lexer(source)
        token = lexer.next()
    }

    var findings: [Finding] { lexer.findings }

    private mutating func advance() { token = lexer.next() }

    /// The contents of a section up to and with its `}`, or of the file.
    mutating func statements(inside opening: Range<Int>?, depth: Int) -> [Statement] {
        var result: [Statement] = []
        while true {
            switch token.kind {
            case .word(let keyword):
                result.append(statement(keyword, depth: depth))
            case .close where opening != nil:
                advance()
                return result
            case .end:
                if let opening {
                    lexer.report("a section that is not closed", at: opening, expected: "} before the end of the file")
                }
                return result
            case .close:
                lexer.report("a } that closes nothing", at: token.range, remedy: "remove it")
                advance()
            case .semicolon:
                lexer.report("a ; that ends no statement", at: token.range, remedy: "remove it")
                advance()
            case .open:
                lexer.report("a section without a name", at: token.range, expected: "a keyword, such as net, before the {")
                _ = section(depth: depth)
            }
        }
    }

    private mutating func statement(_ keyword: Word, depth: Int) -> Statement {
        let start = token.range.lowerBound
        var end = token.range.upperBound
        var arguments: [Word] = []
        advance()
        while case .word(let word) = token.kind, !startsAnotherStatement(word) {
            arguments.append(word)
            end = token.range.upperBound
            advance()
        }
        let origin = Origin(start..<end)
        switch token.kind {
        case .open:
            return Statement(keyword, arguments, body: section(depth: depth), origin: origin)
        case .semicolon:
            advance()
        case .word, .close, .end:
            lexer.report("a statement that is not ended", at: end..<end, expected: "a ; here")
        }
        return Statement(keyword, arguments, origin: origin)
    }

    /// A statement may go on in the next line, but not with a keyword: there its `;` was forgotten.
    private func startsAnotherStatement(_ word: Word) -> Bool {
        token.startsLine && !word.isQuoted && Keywords.all.contains(word.text)
    }

    private mutating func section(depth: Int) -> [Statement] {
        let opening = token.range
        advance()
        guard depth < DRBDConfiguration.deepestNesting else {
            lexer.report("sections nested deeper than \(DRBDConfiguration.deepestNesting)", at: opening)
            skipSection()
            return []
        }
        return statements(inside: opening, depth: depth + 1)
    }

    private mutating func skipSection() {
        var open = 1
        while open > 0, token.kind != .end {
            if token.kind == .open { open += 1 }
            if token.kind == .close { open -= 1 }
            advance()
        }
    }
}
