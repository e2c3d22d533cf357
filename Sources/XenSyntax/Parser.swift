internal import Diagnostics

/// Reads assignments by recursive descent, going on in the next line after each mistake.
struct Parser {
    typealias Assignment = XenConfiguration.Assignment
    typealias Value = XenConfiguration.Value

    private var lexer: Lexer
    private var token: Lexer.Token
    /// Set when a list was left at what looks like the next assignment.
    private var leftListOpen = false
    private var valueCount = 0
    /// The key that is being set.
    private var key = ""
    /// Where the texts stand that are right in the list of an assignment.
    private var texts: [Range<Int>] = []

    init(_ source: SourceText) {
        lexer = Lexer(source)
        token = lexer.next()
    }

    var findings: [Finding] { lexer.findings }

    /// Where the last token ended.
    private var end = 0

    private mutating func advance() {
        end = token.range.upperBound
        token = lexer.next()
    }

    private mutating func report(_ mistake: Mistake, at range: Range<Int>? = nil) {
        lexer.report(mistake.finding(at: range ?? token.range, of: lexer.source))
    }

    mutating func assignments() -> [Assignment] {
        var result: [Assignment] = []
        while token.kind != .end {
            switch token.kind {
            case .lineBreak, .semicolon: advance()
            case .key(let key):
                if let assignment = assignment(key) { result.append(assignment) }
            default:
                report(.notAKey(token.kind))
                skipLine()
            }
        }
        return result
    }

    private mutating func assignment(_ key: String) -> Assignment? {
        let start = token.range
        advance()
        guard case .assign(let `operator`) = token.kind else {
            report(.withoutAssignment(key, before: token.kind), at: start)
            skipLine()
            return nil
        }
        self.key = key
        advance()
        let first = token.range.lowerBound
        texts = []
        guard let value = value(depth: 0) else {
            skipLine()
            return nil
        }
        let origin = ValueOrigin(first..<end, texts: texts)
        endStatement()
        return Assignment(key, `operator`, value, origin: Origin(start), valueOrigin: origin)
    }

    private mutating func endStatement() {
        switch token.kind {
        case .lineBreak, .semicolon, .end: break
        case _ where leftListOpen: break
        default:
            report(.afterValue(token.kind, of: key))
            skipLine()
        }
        leftListOpen = false
    }

    private mutating func skipLine() {
        while token.kind != .lineBreak, token.kind != .end { advance() }
    }

    private mutating func value(depth: Int) -> Value? {
        valueCount += 1
        guard valueCount <= Bounds.values.most else {
            lexer.stop(Bounds.values.finding(at: lexer.source.place(token.range)))
            advance()
            return nil
        }
        switch token.kind {
        case .text(let text):
            if depth == 1 { texts.append(token.range) }
            advance()
            return .text(text)
        case .open:
            return .list(list(depth: depth))
        default:
            report(.insteadOfValue(token.kind, before: next, of: depth == 0 ? key : nil))
            return nil
        }
    }

    /// The kind of the token after this one.
    private var next: Lexer.Token.Kind {
        var ahead = lexer
        return ahead.next().kind
    }
}

extension Parser {
    /// Values with commas between them, over as many lines as they like; a last comma may stand too.
    private mutating func list(depth: Int) -> [Value] {
        let opening = token.range
        advance()
        guard depth < XenConfiguration.deepestNesting else {
            report(.nestedTooDeeply, at: opening)
            skipList()
            return []
        }
        var values: [Value] = []
        while !endsList(opened: opening) {
            guard let value = value(depth: depth + 1) else {
                skipItem()
                continue
            }
            values.append(value)
            if leftListOpen || endsList(opened: opening) { return values }
            separate()
        }
        return values
    }

    /// Whether the list is over, with its `]` or for want of it.
    private mutating func endsList(opened opening: Range<Int>) -> Bool {
        let beginsLine = token.kind == .lineBreak
        skipLineBreaks()
        switch token.kind {
        case .close:
            advance()
            return true
        case .end:
            report(.openList, at: opening)
            leftListOpen = true
            return true
        case .key(let key) where beginsLine && looksLikeAssignment:
            report(.openList(before: key), at: opening)
            leftListOpen = true
            return true
        default:
            return false
        }
    }

    private var looksLikeAssignment: Bool {
        if case .assign = next { true } else { false }
    }

    private mutating func separate() {
        switch token.kind {
        case .comma:
            advance()
        case .text, .open:
            report(.withoutComma(token.kind))
        default:
            report(.withoutComma(token.kind))
            skipItem()
        }
    }

    private mutating func skipItem() {
        while true {
            switch token.kind {
            case .lineBreak, .close, .end: return
            case .comma: return advance()
            default: advance()
            }
        }
    }

    private mutating func skipLineBreaks() {
        while token.kind == .lineBreak { advance() }
    }

    private mutating func skipList() {
        var open = 1
        while open > 0, token.kind != .end {
            if token.kind == .open { open += 1 }
            if token.kind == .close { open -= 1 }
            advance()
        }
    }
}
