public import ClusterModel

/// What a commit means to do beyond what its files say.
public struct CommitIntent: Hashable, Sendable {
    /// What its message lets go for good: `lv/vg0/xps-101`.
    public var destroyed: Set<String>
    /// What its message wants started anew: a domU whose file has changed, mostly.
    public var restarted: Set<ResourceID>
    /// Whether it is gone back to, since a newer one was not healthy: what that has enlarged stays so.
    public var isWayBack: Bool

    public init(destroyed: Set<String> = [], restarted: Set<ResourceID> = [], isWayBack: Bool = false) {
        self.destroyed = destroyed
        self.restarted = restarted
        self.isWayBack = isWayBack
    }
}
