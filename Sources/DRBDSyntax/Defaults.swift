extension Meaning {
    /// Whether a parameter says what holds without it, in DRBD 8.4 and in 9 (`drbdsetup xml-help`).
    var isDefault: Bool {
        guard body == nil, words.count == 2, let value = Self.defaults[words[0]] else { return false }
        return words[1] == (Quantity.canonical(value, of: words[0]) ?? value)
    }

    /// Only options whose default is the same in both.
    static let defaults: [String: String] = [
        "allow-two-primaries": "no", "al-updates": "yes", "always-asbp": "no", "auto-promote": "yes", "bitmap": "yes",
        "allow-remote-read": "yes", "c-delay-target": "10", "c-fill-target": "100", "c-max-rate": "102400",
        "c-min-rate": "250", "c-plan-ahead": "20", "congestion-extents": "1237", "congestion-fill": "0", "connect-int": "10",
        "csums-after-crash-only": "no", "discard-zeroes-if-aligned": "yes", "disk-drain": "yes", "disk-flushes": "yes",
        "disk-timeout": "0", "ko-count": "7", "max-buffers": "2048", "max-epoch-size": "2048", "md-flushes": "yes",
        "al-extents": "1237", "ping-int": "10", "ping-timeout": "5", "rcvbuf-size": "0", "resync-rate": "250",
        "rs-discard-granularity": "0", "sndbuf-size": "0", "socket-check-timeout": "0", "tcp-cork": "yes", "timeout": "60",
        "use-rle": "yes",
    ]
}
