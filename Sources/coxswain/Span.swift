internal import ArgumentParser

/// A length of time as people write it: `90s`, `30m`, `2h`, `1d`.
struct Span: ExpressibleByArgument {
    let seconds: Int64

    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    init?(argument text: String) {
        guard let unit = text.last.flatMap({ Self.units[$0] }), let number = Double(text.dropLast()), (0...1e6).contains(number) else { return nil }
        seconds = Int64(number * unit)
    }
}
