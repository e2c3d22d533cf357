/// The stages of one commit, in their order. Every node goes through them; what the leader does, the others wait for.
public enum Stage: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Additive work on each host, which nothing that runs depends on: new files; what goes and isn't in use.
    case prepare
    /// What goes is stopped by Pacemaker itself, dependents first, while all constraints still hold.
    case stop
    /// What is there already is changed on each host, and what goes makes room: the leader's intent stands, the transaction follows at once.
    case replace
    /// The one CIB transaction.
    case commit
    /// The result was judged: it is good, or held.
    case judge
    /// DRBD taken down, files removed: what the CIB has let go.
    case retire

    public static func < (a: Stage, b: Stage) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
