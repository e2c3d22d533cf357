/// One file as it was read, with the path that people know it by.
///
/// Parsers work on the bytes; places in the text are computed only when there is something to say.
public struct SourceText: Hashable, Sendable {
    /// Relative to the repository's root (or absolute, for a file of the host).
    public let path: String
    public let bytes: [UInt8]
    /// Shared by all copies: made when the first place is shown, for there may be thousands.
    let lines = LineTable()
    /// Likewise, when the first line of it is shown.
    private let shown = ConcealedText()

    /// What of it is not shown to people.
    public var concealment: Concealment { shown.concealment(of: bytes) }

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    public static func == (a: SourceText, b: SourceText) -> Bool { a.path == b.path && a.bytes == b.bytes }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(bytes)
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The place of a range of byte offsets. Offsets past the end mean the end of the text.
    public func place(_ range: Range<Int>) -> Place { Place(self, range) }

    public func place(at offset: Int) -> Place { place(offset..<offset) }
}
