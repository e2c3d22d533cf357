/// The name of a disk in the domU, as libxl reads it (libxl_disk.c): "xvd", "hd" or "sd" with letters and a partition, "d1p2", or a number
/// (xen-vbd-interface(7)).
struct VirtualDisk {
    /// The number that Xen knows the device by.
    let id: Int

    /// Nil for a name that libxl refuses.
    init?(_ name: String) {
        if let (disk, partition) = Self.halves(name) {
            guard disk < 1 << 20, partition <= 255 else { return nil }
            id = disk <= 15 && partition <= 15 ? 202 << 8 | disk << 4 | partition : 1 << 28 | disk << 8 | partition
        } else if let number = Self.number(name[...]) {
            id = number
        } else if let (disk, partition) = Self.letters(name, "hd"), disk <= 3, partition <= 63 {
            id = (disk < 2 ? 3 : 22) << 8 | (disk & 1) << 6 | partition
        } else if let (disk, partition) = Self.letters(name, "sd"), disk <= 15, partition <= 15 {
            id = 8 << 8 | disk << 4 | partition
        } else {
            return nil
        }
    }

    private static func halves(_ name: String) -> (Int, Int)? {
        if let xvd = letters(name, "xvd") { return xvd }
        guard name.hasPrefix("d"), let p = name.firstIndex(of: "p"), let disk = number(name[..<p].dropFirst()),
            let partition = number(name[name.index(after: p)...])
        else { return nil }
        return (disk, partition)
    }

    /// `xvdaa3`: letters count in base 26.
    private static func letters(_ name: String, _ prefix: String) -> (Int, Int)? {
        guard name.hasPrefix(prefix) else { return nil }
        let rest = name.utf8.dropFirst(prefix.utf8.count)
        let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        guard (1...5).contains(letters.count) else { return nil }
        let disk = letters.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "a")) + 1 } - 1
        let digits = rest.dropFirst(letters.count)
        guard !digits.isEmpty else { return (disk, 0) }
        guard digits.first != UInt8(ascii: "0"), let partition = Int(String(decoding: digits, as: UTF8.self)), partition > 0 else { return nil }
        return (disk, partition)
    }

    /// strtoul(3) with base 0.
    private static func number(_ text: Substring) -> Int? {
        let number =
            text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : text.hasPrefix("0") && text.count > 1 ? Int(text, radix: 8) : Int(text)
        return number.flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil }
    }
}
