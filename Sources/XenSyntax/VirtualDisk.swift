/// The name of a disk in the domU, as libxl reads it (libxl_device.c): "xvd", "hd" or "sd" with letters and a partition, "d1p2", or a number
/// (xen-vbd-interface(7)).
struct VirtualDisk {
    /// The number that Xen knows the device by.
    let id: Int

    /// Nil for a name that libxl refuses.
    init?(_ name: String) {
        if let (disk, partition) = Self.halves(name) ?? Self.letters(name, "xvd"), disk < 1 << 20, partition <= 255 {
            id = disk <= 15 && partition <= 15 ? 202 << 8 | disk << 4 | partition : 1 << 28 | disk << 8 | partition
        } else if let (disk, partition) = Self.letters(name, "hd"), disk <= 3, partition <= 63 {
            id = (disk < 2 ? 3 : 22) << 8 | (disk & 1) << 6 | partition
        } else if let (disk, partition) = Self.letters(name, "sd"), disk <= 15, partition <= 15 {
            id = 8 << 8 | disk << 4 | partition
        } else if let number = Self.number(name) {
            id = number
        } else {
            return nil
        }
        // Where a part is missing, or less than 0, there is no such number.
        guard id >= 0 else { return nil }
    }

    /// "d%ip%i" (sscanf(3)).
    private static func halves(_ name: String) -> (disk: Int, partition: Int)? {
        var rest = name.utf8[...]
        guard rest.popFirst() == UInt8(ascii: "d"), let disk = integer(&rest), rest.popFirst() == UInt8(ascii: "p"), let partition = integer(&rest)
        else { return nil }
        return rest.isEmpty ? (disk, partition) : nil
    }

    /// `xvdaa3`: letters count in base 26; without any it is the disk before the first.
    private static func letters(_ name: String, _ prefix: String) -> (disk: Int, partition: Int)? {
        guard name.hasPrefix(prefix) else { return nil }
        var rest = name.utf8.dropFirst(prefix.utf8.count)
        var disk = -1
        while let letter = rest.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) {
            disk = (disk + 1) * 26 + Int(letter - UInt8(ascii: "a"))
            guard disk < 1 << 20 else { return nil }
            rest.removeFirst()
        }
        guard !rest.isEmpty else { return (disk, 0) }
        guard rest.first != UInt8(ascii: "0"), let partition = integer(&rest, radix: 10), rest.isEmpty else { return nil }
        return (disk, partition)
    }

    /// strtoul(3) with base 0, up to INT_MAX.
    private static func number(_ name: String) -> Int? {
        var rest = name.utf8[...]
        guard !rest.isEmpty else { return 0 }
        guard let number = integer(&rest), rest.isEmpty, (0...Int(Int32.max)).contains(number) else { return nil }
        return number
    }

    /// What strtol(3) reads at the beginning of a text: blanks, a sign, digits.
    ///
    /// - Parameter radix: nil for what the digits say: `0x10`, `010`.
    private static func integer(_ text: inout Substring.UTF8View, radix: Int? = nil) -> Int? {
        var rest = text.drop { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let radix = radix ?? (rest.first == UInt8(ascii: "0") ? rest.isHexadecimal ? 16 : 8 : 10)
        if radix == 16 { rest.removeFirst(2) }
        let digits = rest.prefix { $0.digitValue.map { $0 < radix } ?? false }
        guard let value = Int(String(Substring(digits)), radix: radix) else { return nil }
        text = rest[digits.endIndex...]
        return isNegative ? -value : value
    }
}

extension Substring.UTF8View {
    fileprivate var isHexadecimal: Bool {
        let start = prefix(3).map(\.self)
        return start.count == 3 && start[1] | 0x20 == UInt8(ascii: "x") && (start[2].digitValue ?? 16) < 16
    }
}

extension UInt8 {
    fileprivate var digitValue: Int? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self | 0x20) - 0x57
        default: nil
        }
    }
}
