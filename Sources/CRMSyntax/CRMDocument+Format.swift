internal import Diagnostics

extension CRMDocument {
    /// The text in canonical layout: each statement as the printer writes it, comments where they are, blank lines between
    /// statements kept, but one at most. Nil where there are errors: what isn't understood is not laid out.
    public var formatted: String? {
        guard !findings.contains(where: { $0.severity == .error }) else { return nil }
        var layout = DocumentLayout(source: source)
        for statement in statements { layout.append(statement) }
        layout.finish()
        return layout.text
    }
}

/// Goes from statement to statement, and keeps what is between them.
private struct DocumentLayout {
    let source: SourceText
    private(set) var text = ""
    private var position = 0
    private var isApart = false

    init(source: SourceText) { self.source = source }

    mutating func append(_ statement: CRMStatement) {
        keepComments(before: statement.range.lowerBound)
        write(Self.text(of: statement.withoutComments) ?? string(statement.range))
        position = statement.range.upperBound
    }

    mutating func finish() { keepComments(before: source.bytes.count) }

    /// The first and the last piece belong to the statements around. A comment that ends in `\` goes on in the next line.
    private mutating func keepComments(before end: Int) {
        var lines = source.bytes[position..<end].split(separator: .newline, omittingEmptySubsequences: false)
        if position > 0 { lines.removeFirst() }
        if end < source.bytes.count { lines = lines.dropLast() }
        var goesOn = false
        for line in lines {
            let comment = line.trimmed
            if comment.isEmpty, !goesOn {
                isApart = true
            } else if comment.first == .hash || goesOn {
                write(String(decoding: comment, as: UTF8.self))
                goesOn = comment.last == .backslash
            }
        }
    }

    private mutating func write(_ lines: String) {
        if isApart, !text.isEmpty { text += "\n" }
        isApart = false
        text += lines + "\n"
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: source.bytes[range], as: UTF8.self) }

    /// What crmsh's syntax can't say stays as it was written.
    private static func text(of statement: CRMStatement) -> String? { try? CRMPrinter().text(of: statement) }
}

extension CRMStatement {
    fileprivate var withoutComments: CRMStatement {
        CRMStatement(
            element: element, keyword: keyword, range: range, comments: [], identifiers: identifiers, isClean: isClean)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmed: Self {
        let head = drop(while: \.isBlank)
        return head.dropLast(head.reversed().prefix(while: \.isBlank).count)
    }
}
