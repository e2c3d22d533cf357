internal import ClusterModel

/// What was put right while its commit was in force, and when. Where somebody else sets it anew each time, one of the two has to let go.
struct Repairs: Sendable {
    /// So often within the window, and what comes then is contested.
    static let limit = 3
    static let window = Duration.seconds(600)

    /// By the matter of a change, or the path of a file: of the last times.
    private var moments: [String: [Instant]] = [:]

    mutating func note(_ name: String, at now: Instant) { moments[name] = (moments[name] ?? []).suffix(Self.limit - 1) + [now] }

    func contested(at now: Instant) -> Set<String> {
        Set(moments.filter { $0.value.count == Self.limit && $0.value.allSatisfy { now - $0 < Self.window } }.keys)
    }
}
