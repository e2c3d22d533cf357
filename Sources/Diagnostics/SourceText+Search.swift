extension SourceText {
    /// Where a word stands for the first time at or after an offset, with no letter or digit right beside it.
    public func range(of word: String, from start: Int = 0) -> Range<Int>? {
        range(of: word, in: min(max(0, start), bytes.count)..<bytes.count)
    }

    /// The same within some bytes.
    public func range(of word: String, in bounds: Range<Int>) -> Range<Int>? {
        let word = Array(word.utf8)
        guard let first = word.first else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var index = max(0, bounds.lowerBound)
            let last = min(bounds.upperBound, bytes.count) - word.count
            while index <= last {
                if bytes[index] == first {
                    let end = index + word.count
                    if bytes[index..<end].elementsEqual(word), isBoundary(index), isBoundary(end) { return index..<end }
                }
                index += 1
            }
            return nil
        }
    }

    /// The place of a word, or else of what stands at the offset.
    public func place(of word: String, from origin: Origin = Origin()) -> Place {
        place(range(of: word, from: origin.range.lowerBound) ?? origin.range)
    }

    private func isBoundary(_ offset: Int) -> Bool {
        guard offset > 0, offset < bytes.count else { return true }
        return !(bytes[offset - 1].isWordByte && bytes[offset].isWordByte)
    }
}

extension UInt8 {
    var isWordByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
