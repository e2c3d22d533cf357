internal import Glibc

/// The statements and comments of a text as ranges of bytes: physical lines joined where one ends in `\`.
///
/// "It is possible to use a continuation character (\) to write one command in two or more lines." (crm(8)) crmsh trims every
/// physical line first, so blanks and a carriage return may follow the backslash.
struct LogicalLines: IteratorProtocol {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Where the text ends in a `\` that continues nothing.
    private(set) var danglingContinuation: Int?

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The next line that is not empty, without the white space around it.
    mutating func next() -> Range<Int>? {
        while position < text.count, text[position].isBlank { position += 1 }
        guard position < text.count else { return nil }
        let start = position
        while true {
            let lineStart = position
            let last = trimmed(lineStart..<endOfLine())
            guard last > lineStart, text[last - 1] == .backslash else { return start..<last }
            if position >= text.count {
                danglingContinuation = last - 1
                return start..<last
            }
        }
    }

    /// The end of the physical line, and the position behind its line break.
    private mutating func endOfLine() -> Int {
        let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[position...])
        let found = rest.baseAddress.flatMap { start in
            memchr(start, Int32(UInt8.newline), rest.count).map { UnsafeRawPointer($0) - start }
        }
        let end = position + (found ?? rest.count)
        position = end + 1
        return end
    }

    private func trimmed(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, text[end - 1].isBlank { end -= 1 }
        return end
    }
}
