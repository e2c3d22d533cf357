public import Diagnostics
internal import XML

/// A `.crm` file: configuration as `crm configure show` prints it.
public struct CRMDocument: Sendable {
    public let source: SourceText
    /// The statements that could be read, in the order of the file.
    public let statements: [CRMStatement]
    /// Everything that is wrong with the file, in its order.
    public let findings: [Finding]
    /// Those that could not be read, or not as a whole.
    public let unread: [UnreadStatement]

    init(source: SourceText, statements: [CRMStatement], findings: [Finding], unread: [UnreadStatement] = []) {
        self.source = source
        self.statements = statements
        self.findings = findings
        self.unread = unread
    }

    /// Reads a text. A statement that can't be read leaves findings, and the next one is read all the same.
    ///
    /// - Parameter previous: a document whose statements are taken over where their bytes are the same.
    public static func parse(_ source: SourceText, reusing previous: CRMDocument? = nil) -> CRMDocument {
        if let previous, previous.source == source { return previous }
        var reader = DocumentReader(source: source, previous: previous)
        guard source.bytes.count <= Bounds.file.most else {
            let finding = Bounds.file.finding(at: source.place(at: Bounds.file.most))
            return CRMDocument(source: source, statements: [], findings: [finding])
        }
        if let finding = source.byteOrderMark(before: "crmsh") { return CRMDocument(source: source, statements: [], findings: [finding]) }
        source.bytes.withUnsafeBufferPointer { bytes in reader.read(bytes) }
        let document = CRMDocument(
            source: source, statements: reader.statements.namingRepetitions(), findings: reader.report.findings, unread: reader.unread)
        let duplicates = document.duplicates
        guard !duplicates.isEmpty else { return document }
        return CRMDocument(
            source: source, statements: document.statements, findings: document.findings + duplicates, unread: document.unread)
    }
}

/// A statement that could not be read, or not as a whole: what follows from that is no news to anybody.
public struct UnreadStatement: Sendable {
    public let place: Place
    /// What it would have declared, as far as that can be told.
    public let names: [String]
}

/// Goes through a text once.
private struct DocumentReader {
    let source: SourceText
    var former: FormerStatements?
    var statements: [CRMStatement] = []
    private(set) var report = Report()
    private(set) var unread: [UnreadStatement] = []
    /// Where the statement before stands: a line that begins no statement is a part of it, most often.
    private var precedingLine: Range<Int>?
    private var comments: [String] = []
    private var hasColour = false

    init(source: SourceText, previous: CRMDocument?) {
        self.source = source
        former = previous.map(FormerStatements.init)
        statements.reserveCapacity(previous?.statements.count ?? source.bytes.count / 128)
    }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { scratch.deallocate() }
        var lines = LogicalLines(bytes)
        while let line = lines.next() {
            guard isWithinBounds(line) else { return }
            if bytes[line.lowerBound] == .hash {
                keepComment(UnsafeBufferPointer(rebasing: bytes[line]), at: line)
            } else if let output = TerminalOutput(bytes[line]) {
                passOver(output, line)
            } else if let same = former?.statement(like: line, of: bytes) {
                take(same, line)
            } else {
                parse(line, Lexer(bytes, statement: line, scratch: scratch))
            }
        }
        if let offset = lines.danglingContinuation { reportDangling(offset) }
    }

    private mutating func isWithinBounds(_ line: Range<Int>) -> Bool {
        if line.count > Bounds.statement.most { report.add(Bounds.statement.finding(at: source.place(at: line.lowerBound))) }
        if statements.count >= Bounds.statements.most { report.add(Bounds.statements.finding(at: source.place(line))) }
        return line.count <= Bounds.statement.most && statements.count < Bounds.statements.most && !report.isFull(of: .error)
    }

    private mutating func keepComment(_ text: UnsafeBufferPointer<UInt8>, at line: Range<Int>) {
        if String(validating: text, as: UTF8.self) == nil { report.add(.error("this is not UTF-8 text", at: source.place(line))) }
        comments.append(String(decoding: text, as: UTF8.self))
    }

    /// Colours are in each line where they are in one: that is said once.
    private mutating func passOver(_ output: TerminalOutput, _ line: Range<Int>) {
        if output != .colour || !hasColour { report.add(output.finding(at: source.place(line))) }
        hasColour = hasColour || output == .colour
        if output == .colour { note(line) }
        comments = []
    }

    private mutating func parse(_ line: Range<Int>, _ lexer: Lexer) {
        var parser = StatementParser(source: source, lexer: lexer)
        let parsed = try? parser.statement()
        report.add(contentsOf: parser.findings)
        if parser.findings.contains(where: { $0.severity == .error }) { note(line) }
        precedingLine = line
        if let (keyword, element) = parsed {
            statements.append(
                CRMStatement(
                    element: element, keyword: keyword, range: line, comments: comments,
                    identifiers: parser.identifiers, isClean: parser.findings.isEmpty))
        }
        comments = []
    }

    private mutating func note(_ line: Range<Int>) {
        let words = StatementPlace(source: source, range: line).words
        if let word = words.first?.text, StatementParser.listWords.contains(word.lowercased()), let precedingLine {
            unread.append(UnreadStatement(place: source.place(precedingLine), names: []))
        }
        unread.append(UnreadStatement(place: source.place(line), names: names(declaredBy: words)))
    }

    /// The name stands behind the keyword; that of a node perhaps behind its id. Where a line ends in one \ too many the next one begins a
    /// statement too. In an element of the CIB all that has an id may be meant.
    private func names(declaredBy words: [StatementPlace.Word]) -> [String] {
        if words.first.map({ CRMKeyword(word: $0.text.lowercased()) == .xml }) == true { return words.compactMap { $0.text.attributeID } }
        let beginnings = words.indices.filter { index in
            let start = words[index].range.lowerBound
            return index == 0 || source.bytes[start - 1] == .newline && CRMKeyword(word: words[index].text.lowercased()) != nil
        }
        return beginnings.flatMap { words[($0 + 1)...].prefix(2) }.map(\.text).filter { !$0.contains("=") }
    }

    private mutating func take(_ same: CRMStatement, _ line: Range<Int>) {
        statements.append(
            CRMStatement(
                element: same.element, keyword: same.keyword, range: line, comments: comments,
                identifiers: same.identifiers, isClean: true))
        precedingLine = line
        comments = []
    }

    private mutating func reportDangling(_ offset: Int) {
        report.add(
            .error(
                "the file ends in the middle of a statement", at: source.place(at: offset),
                expected: "another line behind \\", remedy: "remove the \\, or restore what is missing"))
    }
}

extension String {
    /// `id=e/>`, as a word of a statement: `e`.
    fileprivate var attributeID: String? {
        guard hasPrefix("id=") else { return nil }
        return String(dropFirst(3).prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) })
    }
}
