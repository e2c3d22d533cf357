extension AssignmentReader {
    /// Past `$NAME`, `${…}`, `$(…)` or `` `…` ``, of which only a shell knows the value. False where it does not end.
    mutating func passExpansion(_ byte: UInt8, isQuoted: Bool) -> Bool {
        isFixed = false
        guard byte == UInt8(ascii: "`") else {
            guard let bracket = current, let end = Self.closing(of: bracket) else { return true }
            position += 1
            return pass(to: end, isQuoted: isQuoted)
        }
        return pass(to: byte, isQuoted: isQuoted)
    }

    private static func closing(of bracket: UInt8) -> UInt8? {
        switch bracket {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "{"): UInt8(ascii: "}")
        default: nil
        }
    }

    /// Past the byte that ends what has been opened, and all quotes and expansions within.
    private mutating func pass(to end: UInt8, isQuoted: Bool) -> Bool {
        let start = position
        var open = isQuoted ? [UInt8(ascii: "\""), end] : [end]
        let around = open.count - 1
        while open.count > around, let byte = current {
            position += 1
            if byte == open.last {
                open.removeLast()
            } else if open.last == UInt8(ascii: "'") {
                continue
            } else if byte == UInt8(ascii: "\\") {
                position += 1
            } else if let end = closing(of: byte, within: open) {
                open.append(end)
            }
        }
        if open.count > around { position = start }
        return open.count == around
    }

    /// What ends a quote or an expansion that a byte opens; nil for a byte that opens none there.
    private func closing(of byte: UInt8, within open: [UInt8]) -> UInt8? {
        if open.last == UInt8(ascii: "`") { return nil }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "`"): return byte
        case UInt8(ascii: "'"):
            // Within double quotes it is a letter, and so it is in the default of a variable there.
            let isLetter = open.last == UInt8(ascii: "\"") || (open.last == UInt8(ascii: "}") && open.dropLast().last == UInt8(ascii: "\""))
            return isLetter ? nil : byte
        case UInt8(ascii: "(") where open.last == UInt8(ascii: ")"): return UInt8(ascii: ")")
        default: return isDollar(before: position - 1) ? Self.closing(of: byte) : nil
        }
    }

    private func isDollar(before index: Int) -> Bool { index > 0 && bytes[index - 1] == UInt8(ascii: "$") }
}
