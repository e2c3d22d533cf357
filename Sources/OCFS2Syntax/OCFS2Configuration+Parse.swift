public import Diagnostics

extension OCFS2Configuration {
    private static let kinds = ["cluster", "node", "heartbeat"]

    /// Reads a whole file. Always gives a configuration; it is what the file says only when there are no errors among the
    /// findings (at most 100 are reported).
    public static func parse(_ source: SourceText) -> (configuration: OCFS2Configuration, findings: [Finding]) {
        if let finding = source.refusal(beyond: Bounds.file) { return (OCFS2Configuration(), [finding]) }
        var parser = Parser(source)
        parser.read()
        return (OCFS2Configuration(parser.stanzas), parser.report.findings)
    }

    fileprivate static func unknown(_ name: String) -> String? { kinds.contains(name) ? nil : didYouMean(name, among: kinds) }
}

/// Reads line by line: what is not indented begins a stanza, what is belongs to it; an empty line ends it.
private struct Parser {
    private let source: SourceText
    private(set) var stanzas: [OCFS2Configuration.Stanza] = []
    private(set) var report = Report()
    private var isOpen = false
    /// Where the first line ends as Windows ends it; whether o2cb refuses the file for one.
    private var carriageReturn: (place: Place, isRefused: Bool)?

    init(_ source: SourceText) { self.source = source }

    mutating func read() {
        let mark = source.byteOrderMark(before: "o2cb")
        mark.map { report.add($0) }
        var (start, count) = (mark == nil ? 0 : SourceText.byteOrderMark.count, 0)
        while start < source.bytes.count, !report.isFull(of: .error) {
            count += 1
            guard count <= Bounds.lines.most else { return report.add(Bounds.lines.finding(at: source.place(at: start))) }
            let end = source.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
            read(start..<end)
            start = end + 1
        }
        guard let (place, isRefused) = carriageReturn else { return }
        report.add(Finding(isRefused ? .error : .warning, "a carriage return", at: place, remedy: "end the lines as Unix does"))
    }

    private mutating func read(_ line: Range<Int>) {
        var content = trimmed(line)
        let isIndented = content.lowerBound > line.lowerBound
        if let last = content.last, source.bytes[last] == UInt8(ascii: "\r") {
            noteCarriageReturn(at: last, isIndented: isIndented && content.count > 1)
            content = trimmed(content.dropLast())
        }
        guard let first = content.first else {
            isOpen = false
            return
        }
        switch (source.bytes[first] == UInt8(ascii: "#"), isIndented) {
        case (true, false): break
        case (true, true):
            report("an indented comment: o2cb refuses it", at: content, remedy: "begin the comment at the start of the line")
        case (false, false): header(content)
        case (false, true): attribute(content)
        }
    }

    /// It ends up in the value of an attribute; anywhere else o2cb refuses the file. One editor made them all: that is told once.
    private mutating func noteCarriageReturn(at offset: Int, isIndented: Bool) {
        let known = carriageReturn
        carriageReturn = (known?.place ?? source.place(offset..<offset + 1), known?.isRefused ?? false || !isIndented)
    }

    private mutating func header(_ content: Range<Int>) {
        let name = content.dropLast()
        isOpen = true
        guard source.bytes[content.upperBound - 1] == UInt8(ascii: ":"), name.allSatisfy({ source.bytes[$0].isInName }) else {
            report("a line that begins no stanza", at: content, expected: "cluster:, node: or heartbeat:, or an indented attribute")
            isOpen = false
            return
        }
        let text = string(name.startIndex..<name.endIndex)
        if text.isEmpty {
            report("a stanza without a name", at: content, expected: "cluster:, node: or heartbeat:")
        } else if let remedy = OCFS2Configuration.unknown(text) {
            report("a stanza that o2cb does not know", at: content, remedy: remedy)
        }
        stanzas.append(OCFS2Configuration.Stanza(text, origin: Origin(content)))
    }

    private mutating func attribute(_ content: Range<Int>) {
        guard let sign = source.bytes[content].firstIndex(of: UInt8(ascii: "=")) else {
            return report("an attribute without a value", at: content, expected: "name = value")
        }
        let name = trimmed(content.lowerBound..<sign)
        let value = trimmed(sign + 1..<content.upperBound)
        guard !name.isEmpty, name.allSatisfy({ source.bytes[$0].isInName }) else {
            return report("a name that o2cb can't read", at: content, expected: "letters, digits and _ before the =")
        }
        guard isOpen, !stanzas.isEmpty else {
            return report("an attribute outside of a stanza", at: content, remedy: "no empty line may stand within a stanza")
        }
        stanzas[stanzas.count - 1].attributes.append(
            OCFS2Configuration.Attribute(string(name), string(value), origin: Origin(content)))
    }

    private mutating func report(_ message: String, at range: Range<Int>, expected: String? = nil, remedy: String? = nil) {
        report.add(.error(message, at: source.place(range), expected: expected, remedy: remedy))
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: source.bytes[range], as: UTF8.self) }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, source.bytes[start].isBlank { start += 1 }
        while end > start, source.bytes[end - 1].isBlank { end -= 1 }
        return start..<end
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    fileprivate var isInName: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
        default: false
        }
    }
}
