/// The bytes of its file that a parsed value was read from.
///
/// It is no part of what the value says, so any two origins are equal: values compare by their content alone.
public struct Origin: Hashable, Sendable {
    /// Offsets into `SourceText.bytes`; empty for a value that no file holds.
    public let range: Range<Int>

    public init(_ range: Range<Int> = 0..<0) { self.range = range }

    public static func == (_: Origin, _: Origin) -> Bool { true }

    public func hash(into _: inout Hasher) {}
}

extension SourceText {
    public func place(of origin: Origin) -> Place { place(origin.range) }
}
