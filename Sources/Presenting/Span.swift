/// A length of time as people write it: `90s`, `30m`, `2h`, `1d`.
public struct Span: Hashable, Sendable {
    public let seconds: Int64

    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// - Returns: nil for what is none, or has a number over a million.
    public init?(_ text: String) {
        guard let unit = text.last.flatMap({ Self.units[$0] }), let number = Double(text.dropLast()), (0...1e6).contains(number) else { return nil }
        seconds = Int64(number * unit)
    }
}
