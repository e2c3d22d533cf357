/// Numbers with a unit.
enum Quantity {
    /// What a number without a unit counts: "Some parameter values have a default scale which applies when a plain number is
    /// specified (for example Kilo, or 1024 times the numeric value). Such default scales can be overridden by using a suffix"
    /// (drbd.conf(5), 9.0).
    enum Scale: UInt64, Hashable, Sendable {
        case one = 1
        case sectors = 512
        case kibi = 1024
    }

    /// The number in multiples of the scale, rounded up, as drbdadm computes it; nil for what is none, or overflows.
    static func number(_ text: String, scale: Scale) -> UInt64? {
        var digits = text.utf8[...]
        var unit: UInt64?
        if let suffix = digits.last, let known = factor(of: suffix) {
            unit = known
            digits.removeLast()
        }
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        guard let number = UInt64(Substring(digits)) else { return nil }
        guard let unit else { return number }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : bytes / scale.rawValue + (bytes % scale.rawValue == 0 ? 0 : 1)
    }

    private static func factor(of suffix: UInt8) -> UInt64? {
        switch suffix {
        case UInt8(ascii: "s"): 512
        case UInt8(ascii: "k"), UInt8(ascii: "K"): 1 << 10
        case UInt8(ascii: "m"), UInt8(ascii: "M"): 1 << 20
        case UInt8(ascii: "g"), UInt8(ascii: "G"): 1 << 30
        default: nil
        }
    }
}
