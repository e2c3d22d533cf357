public import CIB

/// Since when a node has seen what is held as it is: a CIB knows no such thing.
public struct HoldTimes: Codable, Hashable, Sendable {
    private struct Sight: Codable, Hashable, Sendable {
        var live: String?
        /// Seconds since 1970.
        var since: Int64
    }

    /// By what is held.
    private var sights: [String: Sight] = [:]

    public init() {}

    /// All that is held now. What is held no more is forgotten; what is held in another way is held anew.
    ///
    /// - Parameter jump: by how much the clock was put since the last time: nothing has been held for longer, or shorter, for that.
    public mutating func see(_ held: [Held], at time: Int64, after jump: Int64 = 0) {
        sights = held.reduce(into: [:]) { new, hold in
            let known = sights[hold.name].flatMap { $0.live == hold.live ? $0.since : nil }
            new[hold.name] = Sight(live: hold.live, since: min(known.map { $0 + jump } ?? time, time))
        }
    }

    /// For how many seconds it has been seen so; nil for what was never seen, or is another way by now.
    public func age(of hold: Held, at time: Int64) -> Int? {
        guard let sight = sights[hold.name], sight.live == hold.live else { return nil }
        return Int(max(0, time - sight.since))
    }

    /// What a person holds for longer than is allowed for its class; and when the next one is, of those that are not.
    public func overdue(_ held: [Held], after limit: (DriftClass) -> Duration?, at time: Int64) -> (names: [String], next: Duration?) {
        let left = held.filter(\.driftClass.mayEnd).compactMap { hold -> (name: String, seconds: Int)? in
            guard let limit = limit(hold.driftClass), let age = age(of: hold, at: time) else { return nil }
            return (hold.name, Int(limit.components.seconds) - age)
        }
        let next = left.map(\.seconds).filter { $0 > 0 }.min()
        return (left.filter { $0.seconds <= 0 }.map(\.name).sorted(), next.map { .seconds($0) })
    }
}

extension Held {
    /// The same on every node: `resource xps-101 meta target-role`.
    public var name: String { Self.name(of: object, path?.description ?? "") }

    static func name(of object: ObjectID, _ path: String) -> String { "\(object.kind.rawValue) \(object.name) \(path)" }
}

extension Set<String> {
    /// The fields of an object, of names of what was held.
    func fields(of object: ObjectID) -> Set<String> {
        guard !isEmpty else { return [] }
        let start = Held.name(of: object, "")
        return Set(filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) })
    }
}
