/// One file as it was read, with the path that people know it by.
///
/// Parsers work on the bytes; places in the text are computed only when there is something to say.
public struct SourceText: Hashable, Sendable {
    /// Relative to the repository's root (or absolute, for a file of the host).
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The place of a range of byte offsets. Offsets past the end mean the end of the text.
    public func place(_ range: Range<Int>) -> Place {
        let start = min(max(range.lowerBound, 0), bytes.count)
        var line = 1
        var lineStart = 0
        for index in 0..<start where bytes[index] == newline {
            line += 1
            lineStart = index + 1
        }
        let lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
        let stop = min(max(range.upperBound, start), lineEnd)
        return Place(
            file: path, line: line,
            column: String(decoding: bytes[lineStart..<start], as: UTF8.self).count + 1,
            length: max(1, String(decoding: bytes[start..<stop], as: UTF8.self).count),
            text: String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self))
    }

    public func place(at offset: Int) -> Place { place(offset..<offset) }
}

private let newline = UInt8(ascii: "\n")

/// Where something stands in a file: line and column count from 1, in characters.
public struct Place: Hashable, Sendable {
    public let file: String
    public let line: Int
    public let column: Int
    /// How many characters are meant, at least 1.
    public let length: Int
    /// The whole line, without its line break.
    public let text: String

    public init(file: String, line: Int, column: Int, length: Int, text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.text = text
    }
}
