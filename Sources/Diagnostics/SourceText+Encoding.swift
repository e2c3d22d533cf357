extension SourceText {
    /// What keeps the bytes from being text, at its first occurrence: a sequence that is not UTF-8, or a NUL,
    /// at which every tool written in C would stop reading. Nil for good text.
    public var encodingFinding: Finding? {
        if let offset = bytes.firstIndex(of: 0) {
            return .error("a NUL byte in a text file", at: place(at: offset))
        }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return .error(
                "bytes that are not UTF-8", at: place(error.byteOffsets),
                remedy: "save the file as UTF-8")
        }
    }

    /// What editors of other systems put in front of UTF-8 text, and nobody sees.
    ///
    /// - Parameter reader: the program that reads the file.
    public func byteOrderMark(before reader: String) -> Finding? {
        guard bytes.starts(with: Self.byteOrderMark) else { return nil }
        return .error(
            "the file begins with a byte order mark", at: place(0..<3),
            remedy: "save it as UTF-8 without one: \(reader) takes it for a part of the first word")
    }

    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
