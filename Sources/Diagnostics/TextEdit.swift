/// Some bytes of a file, and the text to stand in their place.
public struct TextEdit: Hashable, Sendable {
    /// As in `SourceText.path`.
    public let file: String
    /// Byte offsets in the file as it was read.
    public let range: Range<Int>
    public let replacement: String

    public init(file: String, range: Range<Int>, replacement: String) {
        self.file = file
        self.range = range
        self.replacement = replacement
    }
}

extension SourceText {
    /// The bytes with the edits of this file made. Of two edits that overlap only the first is made: the other one's
    /// finding will come up again.
    public func applying(_ edits: [TextEdit]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where edit.file == path && edit.range.lowerBound >= position && edit.range.upperBound <= bytes.count {
            result += bytes[position..<edit.range.lowerBound]
            result += edit.replacement.utf8
            position = edit.range.upperBound
        }
        return result + bytes[position...]
    }
}
