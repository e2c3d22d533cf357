/// Where something stands in a file: line and column count from 1, in characters.
///
/// Most places are never shown, and counting lines takes a walk through the file: that is left until somebody asks.
public struct Place: Sendable {
    private let source: SourceText
    private let range: Range<Int>

    init(_ source: SourceText, _ range: Range<Int>) {
        let start = source.sequenceStart(min(max(range.lowerBound, 0), source.bytes.count))
        self.source = source
        self.range = start..<max(start, range.upperBound)
    }

    public var file: String { source.path }

    public var line: Int { source.lines.line(at: range.lowerBound, in: source.bytes).number }

    public var column: Int { characters(lineStart..<range.lowerBound) + 1 }

    /// How many characters are meant, at least 1, at most to the end of the line.
    public var length: Int {
        // Counted from the start of the line: the range may begin within what people see as one character.
        let end = source.characterStart(min(range.upperBound, lineEnd), before: lineEnd)
        return max(1, characters(lineStart..<end) - characters(lineStart..<range.lowerBound))
    }

    /// The whole line, without its line break, as it stands there: not to be shown to people.
    public var text: String { String(decoding: source.bytes[lineStart..<lineEnd], as: UTF8.self) }

    /// The same for people: with asterisks for what may be secret.
    public var shownText: String { String(decoding: source.concealment.concealing(source.bytes[lineStart..<lineEnd]), as: UTF8.self) }

    /// Words about the file, without what may be secret in it.
    public func concealing(_ words: String) -> String { source.concealment.concealing(words, at: range.lowerBound) }

    private var lineStart: Int { source.lines.line(at: range.lowerBound, in: source.bytes).start }

    private var lineEnd: Int { source.bytes[range.lowerBound...].firstIndex(of: newline) ?? source.bytes.count }

    /// In ASCII a byte is a character: a line may be a million long.
    private func characters(_ range: Range<Int>) -> Int {
        let bytes = source.bytes[range]
        return bytes.allSatisfy { $0 < 0x80 } ? bytes.count : String(decoding: bytes, as: UTF8.self).count
    }
}

extension Place {
    /// The first and the last place of an edit in the same file; nil of another one.
    public func ends(of edit: TextEdit) -> (first: Place, last: Place)? {
        guard edit.file == file else { return nil }
        return (source.place(at: edit.range.lowerBound), source.place(at: edit.range.upperBound))
    }
}

extension Place {
    /// Whether it begins where the other one is.
    public func isWithin(_ other: Place) -> Bool { file == other.file && other.range.contains(range.lowerBound) }
}

/// By file, and in a file from its beginning on.
extension Place: Comparable {
    public static func < (a: Place, b: Place) -> Bool { a.file == b.file ? a.range.lowerBound < b.range.lowerBound : a.file < b.file }
}

extension Place {
    /// Of the line as much as can be shown, so many bytes to each side at most, and the column in that.
    var surroundings: (text: String, column: Int) {
        let reach = 2048
        let start = source.characterStart(max(lineStart, range.lowerBound - reach), before: range.lowerBound)
        let end = source.characterStart(min(lineEnd, range.lowerBound + reach), before: lineEnd)
        return (String(decoding: source.concealment.concealing(source.bytes[start..<end]), as: UTF8.self), characters(start..<range.lowerBound) + 1)
    }
}

extension SourceText {
    /// The first byte of the UTF-8 sequence in which an offset lies: libxml2 may name one within.
    fileprivate func sequenceStart(_ offset: Int) -> Int {
        var start = offset
        while start > 0, start < bytes.count, offset - start < 3, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    /// The first byte at or after an offset that continues no UTF-8 sequence.
    fileprivate func characterStart(_ offset: Int, before end: Int) -> Int {
        bytes[offset..<end].firstIndex { $0 & 0xC0 != 0x80 } ?? end
    }
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
