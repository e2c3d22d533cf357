extension Policy {
    public struct HealthTimes: Hashable, Sendable {
        /// A commit that is not healthy after so long is not healthy at all.
        public var limit = Duration.seconds(120)
        /// It has to be healthy for so long.
        public var stable = Duration.seconds(10)

        public init() {}
    }
}

extension Policy.HealthTimes {
    private static let limits = 10...3600
    private static let stables = 0...600

    mutating func read(_ health: YAMLReader.Value, with reader: inout YAMLReader) {
        let pairs = reader.pairs(of: health, in: "health", knowing: ["limit", "stable"])
        for (key, value) in pairs {
            let range = key == "limit" ? Self.limits : Self.stables
            guard let seconds = reader.wholeNumber(value, of: "seconds", in: range) else { return }
            if key == "limit" { limit = .seconds(seconds) } else { stable = .seconds(seconds) }
        }
        guard stable > limit, let last = pairs.first(where: { $0.key == "stable" }) ?? pairs.first else { return }
        reader.refuse(
            last.value, "a commit can't be healthy for \(stable.components.seconds) s within \(limit.components.seconds) s",
            expected: "stable to be no longer than limit")
    }
}
