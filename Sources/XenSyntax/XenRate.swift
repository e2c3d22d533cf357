/// The rate of a network interface: "RATE[@INTERVAL]", such as `10Mb/s` or `1MB/s@20ms`.
struct XenRate: Hashable, Sendable {
    let bytesPerInterval: UInt64
    /// Microseconds.
    let interval: UInt64

    /// Nil for what libxlutil refuses: no rate, a rate of 0, and what overflows 32 bits before its unit is counted.
    init?(_ text: String) {
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytesPerSecond(halves[0]) else { return nil }
        guard let interval = halves.count > 1 ? Self.microseconds(halves[1]) : 50_000 else { return nil }
        let (product, overflow) = bytes.multipliedReportingOverflow(by: interval)
        guard !overflow else { return nil }
        self.interval = interval
        bytesPerInterval = product / 1_000_000
    }

    /// `[0-9]+[GMK]?[Bb]/s`: b counts bits.
    private static func bytesPerSecond(_ text: Substring) -> UInt64? {
        guard let match = text.wholeMatch(of: /([0-9]+)([GMK]?)([Bb])\/s/), let number = number(match.1) else { return nil }
        let factors: [Substring: UInt64] = ["G": 1_000_000_000, "M": 1_000_000, "K": 1_000]
        let bytes = number * (factors[match.2] ?? 1)
        return match.3 == "b" ? bytes / 8 : bytes
    }

    /// `[0-9]+[mu]?s?`: seconds without a unit.
    private static func microseconds(_ text: Substring) -> UInt64? {
        guard let match = text.wholeMatch(of: /([0-9]+)([mu]?)(s?)/), let number = number(match.1) else { return nil }
        let micros = number * (match.2 == "u" ? 1 : match.2 == "m" ? 1_000 : 1_000_000)
        return micros > UInt64(UInt32.max) ? nil : micros
    }

    /// As strtoull reads it: octal after a leading 0, and then not beyond the first 8 or 9.
    private static func number(_ digits: Substring) -> UInt64? {
        let isOctal = digits.hasPrefix("0")
        let known = isOctal ? digits.prefix { $0 < "8" } : digits
        guard known.count == digits.count, let number = UInt64(known, radix: isOctal ? 8 : 10) else { return nil }
        return number == 0 || number > UInt64(UInt32.max) ? nil : number
    }
}
