public import Diagnostics

extension CorosyncConfiguration {
    /// How deep sections may nest. corosync.conf(5) itself needs two.
    public static let deepestNesting = 16
    /// Bytes of a line, its break included: corosync reads into a buffer of 512.
    public static let longestLine = 511

    /// Reads a whole file. Always gives a configuration; it is what the file says only when there are no errors among the
    /// findings (at most 100 are reported).
    public static func parse(_ source: SourceText) -> (configuration: CorosyncConfiguration, findings: [Finding]) {
        if let finding = source.refusal(beyond: Bounds.file) { return (CorosyncConfiguration(), [finding]) }
        var parser = Parser(source)
        let entries = parser.entries(depth: 0)
        return (CorosyncConfiguration(entries), parser.findings)
    }
}

/// Reads line by line, as corosync does: a line opens a section, closes one, or sets a key.
private struct Parser {
    typealias Entry = CorosyncConfiguration.Entry

    private let source: SourceText
    private var position = 0
    private var collected = Report()
    private var lineCount = 0

    init(_ source: SourceText) { self.source = source }

    private mutating func report(_ message: String, at range: Range<Int>, expected: String? = nil, remedy: String? = nil) {
        collected.add(.error(message, at: source.place(range), expected: expected, remedy: remedy))
    }

    var findings: [Finding] { collected.findings }

    /// The contents of the file, or of a section up to its `}`.
    mutating func entries(depth: Int, opening: Range<Int>? = nil) -> [Entry] {
        var result: [Entry] = []
        while let line = nextLine() {
            if let brace = line.firstIndex(of: UInt8(ascii: "{"), in: source.bytes) {
                if let section = section(line, brace: brace, depth: depth) { result.append(section) }
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":"), in: source.bytes) {
                result.append(pair(line, colon: colon))
            } else if let brace = line.firstIndex(of: UInt8(ascii: "}"), in: source.bytes) {
                if closes(line, brace: brace, depth: depth) { return result }
            } else {
                report("a line that sets nothing", at: line, expected: "key: value, or name {, or }")
            }
        }
        if let opening { report("a section that is not closed", at: opening, expected: "} before the end of the file") }
        return result
    }

    /// The next line that says something, without the blanks around it. "Empty lines and lines starting with # character are
    /// ignored." (corosync.conf(5))
    private mutating func nextLine() -> Range<Int>? {
        let bytes = source.bytes
        lineCount += 1
        if lineCount > Bounds.lines.most, position < bytes.count {
            collected.add(Bounds.lines.finding(at: source.place(at: position)))
            position = bytes.count
        }
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let whole = position..<end
            position = end + 1
            if whole.count >= CorosyncConfiguration.longestLine {
                report("a line of \(whole.count) bytes: corosync reads \(CorosyncConfiguration.longestLine - 1) at most", at: whole)
            }
            let line = whole.withoutReturn(in: bytes).trimmed(in: bytes)
            if let first = line.first, bytes[first] != UInt8(ascii: "#") { return line }
        }
        return nil
    }

    private mutating func section(_ line: Range<Int>, brace: Int, depth: Int) -> Entry? {
        let name = (line.lowerBound..<brace).trimmed(in: source.bytes).withoutColons(in: source.bytes)
        if name.isEmpty { report("a section without a name", at: brace..<brace + 1, expected: "a name before the {") }
        if brace + 1 < line.upperBound {
            report(
                "text after {: corosync refuses it", at: (brace + 1..<line.upperBound).trimmed(in: source.bytes),
                remedy: "go on in the next line")
        }
        guard depth < CorosyncConfiguration.deepestNesting else {
            report("sections nested deeper than \(CorosyncConfiguration.deepestNesting)", at: line)
            passSection()
            return nil
        }
        let inner = entries(depth: depth + 1, opening: line)
        return .section(name: source.string(name), inner, origin: Origin(name))
    }

    private mutating func passSection() {
        var open = 1
        while open > 0, let line = nextLine() {
            if line.firstIndex(of: UInt8(ascii: "{"), in: source.bytes) != nil {
                open += 1
            } else if line.firstIndex(of: UInt8(ascii: ":"), in: source.bytes) != nil {
                continue
            } else if line.firstIndex(of: UInt8(ascii: "}"), in: source.bytes) != nil {
                open -= 1
            }
        }
    }

    private mutating func pair(_ line: Range<Int>, colon: Int) -> Entry {
        let key = (line.lowerBound..<colon).trimmed(in: source.bytes)
        let value = (colon + 1..<line.upperBound).trimmed(in: source.bytes)
        if key.isEmpty { collected.add(.warning("a value without a key", at: source.place(line), expected: "key: value")) }
        if key.contains(where: { source.bytes[$0].isBlank }) {
            report("a key with a blank in it", at: key, expected: "one word before the colon")
        }
        return .pair(key: source.string(key), value: source.string(value), origin: Origin(key))
    }

    private mutating func closes(_ line: Range<Int>, brace: Int, depth: Int) -> Bool {
        if line.count > 1 { report("text beside }: corosync refuses it", at: line, remedy: "put the } on a line of its own") }
        if depth == 0 { report("a } that closes nothing", at: brace..<brace + 1, remedy: "remove it") }
        return depth > 0
    }
}

extension SourceText {
    fileprivate func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension Range<Int> {
    fileprivate func firstIndex(of byte: UInt8, in bytes: [UInt8]) -> Int? { bytes[self].firstIndex(of: byte) }

    /// Without the blanks at both ends.
    fileprivate func trimmed(in bytes: [UInt8]) -> Range<Int> {
        var (start, end) = (lowerBound, upperBound)
        while start < end, bytes[start].isBlank { start += 1 }
        while end > start, bytes[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// A line may end as on Windows; any other carriage return is a letter like others.
    fileprivate func withoutReturn(in bytes: [UInt8]) -> Range<Int> {
        last.map { bytes[$0] == UInt8(ascii: "\r") } ?? false ? dropLast() : self
    }

    /// `totem: {` opens the section totem.
    fileprivate func withoutColons(in bytes: [UInt8]) -> Range<Int> {
        var end = upperBound
        while end - 1 > lowerBound, bytes[end - 1] == UInt8(ascii: ":") || bytes[end - 1].isBlank { end -= 1 }
        return lowerBound..<end
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
