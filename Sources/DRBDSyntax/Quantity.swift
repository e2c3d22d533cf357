/// Numbers with a unit.
///
/// "Some parameter values have a default scale which applies when a plain number is specified (for example
/// Kilo, or 1024 times the numeric value). Such default scales can be overridden by using a suffix."
enum Quantity {
    /// The number without any unit, in bytes where it counts bytes; nil for a parameter that takes no number,
    /// and for anything else.
    static func canonical(_ text: String, of keyword: String) -> String? {
        guard let scale = scales[keyword] else { return nil }
        var digits = text.utf8[...]
        var factor = scale
        if let suffix = digits.last, let known = factorOf(suffix) {
            factor = known
            digits.removeLast()
        }
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        guard let number = UInt64(Substring(digits)) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : String(product)
    }

    private static func factorOf(_ suffix: UInt8) -> UInt64? {
        switch suffix {
        case UInt8(ascii: "s"): sector
        case UInt8(ascii: "k"), UInt8(ascii: "K"): kibi
        case UInt8(ascii: "m"), UInt8(ascii: "M"): kibi * kibi
        case UInt8(ascii: "g"), UInt8(ascii: "G"): kibi * kibi * kibi
        default: nil
        }
    }

    private static let sector: UInt64 = 512
    private static let kibi: UInt64 = 1024

    /// The default scales, as `drbdsetup xml-help` names them (`rate` is the resync-rate of 8.3).
    static let scales: [String: UInt64] = {
        let plain = [
            "al-extents", "al-stripes", "c-delay-target", "c-plan-ahead", "congestion-extents", "connect-int",
            "disk-timeout",
            "ko-count", "max-bio-bvecs", "max-buffers", "max-epoch-size", "peer-ack-delay", "ping-int", "ping-timeout",
            "rcvbuf-size", "rs-discard-granularity", "sndbuf-size", "socket-check-timeout", "timeout",
            "twopc-retry-timeout", "twopc-timeout", "unplug-watermark",
        ]
        let kilo = ["c-max-rate", "c-min-rate", "rate", "resync-rate"]
        let sectors = ["c-fill-target", "congestion-fill", "peer-ack-window", "size"]
        var scales: [String: UInt64] = [:]
        for keyword in plain { scales[keyword] = 1 }
        for keyword in kilo { scales[keyword] = kibi }
        for keyword in sectors { scales[keyword] = sector }
        return scales
    }()
}
