/// A moment on a clock that only goes forward, counted from where it started. Those who decide get it from outside: they read no clock.
public struct Instant: Hashable, Sendable, Comparable {
    public let sinceStart: Duration

    public init(_ sinceStart: Duration) { self.sinceStart = sinceStart }

    public static let start = Instant(.zero)

    public static func < (a: Instant, b: Instant) -> Bool { a.sinceStart < b.sinceStart }
    public static func + (instant: Instant, duration: Duration) -> Instant { Instant(instant.sinceStart + duration) }
    public static func - (a: Instant, b: Instant) -> Duration { a.sinceStart - b.sinceStart }
}
