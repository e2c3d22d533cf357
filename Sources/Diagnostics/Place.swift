/// Where something stands in a file: line and column count from 1, in characters.
///
/// Most places are never shown, and counting lines takes a walk through the file: that is left until somebody asks.
public struct Place: Sendable {
    private let source: SourceText
    private let range: Range<Int>

    init(_ source: SourceText, _ range: Range<Int>) {
        let start = min(max(range.lowerBound, 0), source.bytes.count)
        self.source = source
        self.range = start..<max(start, range.upperBound)
    }

    public var file: String { source.path }

    public var line: Int {
        var line = 1
        for byte in source.bytes[..<range.lowerBound] where byte == newline { line += 1 }
        return line
    }

    public var column: Int { characters(lineStart..<range.lowerBound) + 1 }

    /// How many characters are meant, at least 1, at most to the end of the line.
    public var length: Int { max(1, characters(range.lowerBound..<min(range.upperBound, lineEnd))) }

    /// The whole line, without its line break.
    public var text: String { String(decoding: source.bytes[lineStart..<lineEnd], as: UTF8.self) }

    private var lineStart: Int { source.bytes[..<range.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0 }

    private var lineEnd: Int { source.bytes[range.lowerBound...].firstIndex(of: newline) ?? source.bytes.count }

    private func characters(_ range: Range<Int>) -> Int { String(decoding: source.bytes[range], as: UTF8.self).count }
}

/// Two places are the same when they are so in the same file; its text is not compared.
extension Place: Hashable {
    public static func == (a: Place, b: Place) -> Bool { a.file == b.file && a.range == b.range }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(file)
        hasher.combine(range)
    }
}

private let newline = UInt8(ascii: "\n")
