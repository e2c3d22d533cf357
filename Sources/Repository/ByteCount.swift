/// Sizes of volumes as people write them.
package enum ByteCount {
    private static let units: [(name: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
    ]

    /// Bytes; nil for what is no whole, positive number with a unit. A size without a unit would be a guess.
    package static func parse(_ text: String) -> Int? {
        for unit in units where text.hasSuffix(unit.name) {
            let digits = text.dropLast(unit.name.count)
            guard let number = Int(digits), number > 0, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
            return overflow ? nil : bytes
        }
        return nil
    }

    /// What a person meant by a size in another spelling: `10G`, `10GB` and `10g` are 10GiB to lvcreate(8), where "'k' and 'K' both
    /// refer to 1024"; `1.5GiB` are 1536MiB.
    package static func meant(_ text: String) -> String? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        guard let number = Double(digits), number > 0, let first = unit.first else { return nil }
        guard ["", "b", "ib"].contains(unit.dropFirst()) else { return nil }
        guard let bytes = units.first(where: { $0.name.lowercased().first == first })?.bytes else { return nil }
        let size = number * Double(bytes)
        return size >= 1024 && size < Double(Int.max / 2) ? Self.text(Int(size)) : nil
    }

    /// With the largest unit that leaves a whole number. Bytes that are no multiple of KiB are rounded up.
    package static func text(_ bytes: Int) -> String {
        for unit in units where bytes % unit.bytes == 0 { return "\(bytes / unit.bytes)\(unit.name)" }
        return "\(bytes / 1024 + 1)KiB"
    }
}
