/// When notes are offered again to a server that did not take them.
struct PushPace: Sendable {
    enum Trouble {
        /// It did not answer; that it does again is seen by a fetch.
        case unreachable
        /// It does not want them, as with a key that may only read.
        case declined
    }

    private var trouble: Trouble?
    private var failures = 0
    private var next: ContinuousClock.Instant?

    func mayPush(at now: ContinuousClock.Instant) -> Bool { next.map { now >= $0 } ?? true }

    /// - Parameter spread: how much longer or shorter it waits than others would.
    mutating func failed(_ trouble: Trouble, at now: ContinuousClock.Instant, spread: Double = 1) {
        if trouble != self.trouble { (self.trouble, failures) = (trouble, 0) }  // a server that declines is no longer out of reach
        let (first, longest): (Duration, Duration) = trouble == .declined ? (.seconds(60), .seconds(3600)) : (.seconds(1), .seconds(60))
        next = now + min(first * (1 << min(failures, 6)), longest) * spread
        failures += 1
    }

    mutating func succeeded() { (trouble, failures, next) = (nil, 0, nil) }
}
