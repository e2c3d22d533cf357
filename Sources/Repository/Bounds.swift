internal import Diagnostics

/// How much of a YAML file is read. libyaml itself nests 1,000 levels at most.
enum Bounds {
    /// Ten thousand volumes take half a megabyte.
    static let file = Bound(1 << 20, "bytes in a YAML file")
    /// Each one may double what there is: a few dozen stand for more than any memory holds. Nobody needs them here.
    static let aliases = Bound(16, "words that begin with * in a YAML file, comments included")
}

extension SourceText {
    /// The first alias too many. What looks like one in a comment or a text is counted with them: to tell them apart takes the
    /// parser, and that is where they do harm.
    var aliasFinding: Finding? {
        var count = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "*") && isAlias(at: index) {
            count += 1
            if count > Bounds.aliases.most { return Bounds.aliases.finding(at: place(index..<index + 1)) }
        }
        return nil
    }

    private func isAlias(at index: Int) -> Bool {
        guard index + 1 < bytes.count, bytes[index + 1].isInAnchor else { return false }
        return index == 0 || !bytes[index - 1].isInAnchor
    }

    /// Both count from 1, columns in characters.
    func offset(ofLine line: Int, column: Int) -> Int {
        var (start, rest) = (0, line - 1)
        while rest > 0, let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            start = end + 1
            rest -= 1
        }
        for _ in 1..<max(1, column) where start < bytes.count {
            start += 1
            while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
        }
        return start
    }
}

extension UInt8 {
    /// libyaml's: letters, digits, - and _.
    fileprivate var isInAnchor: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
