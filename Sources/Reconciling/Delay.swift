public import ClusterModel

/// A commit that has come to no end for a while, and goes on waiting: what for, and how long that may still last.
public struct Delay: Hashable, Sendable {
    public let commit: CommitID
    public let wait: Wait.Name
    public let reason: String
    /// So far.
    public let lasted: Duration
    /// Until it is told as an end that something did not come in time; nil for what has no limit.
    public let left: Duration?

    public init(commit: CommitID, wait: Wait.Name, reason: String, lasted: Duration, left: Duration?) {
        self.commit = commit
        self.wait = wait
        self.reason = reason
        self.lasted = lasted
        self.left = left
    }
}

/// What was told of as delayed: each commit once for each thing that it waits for.
struct Delays: Sendable {
    private var commit: CommitID?
    private var names: Set<Wait.Name> = []

    /// - Returns: whether that is news.
    mutating func note(_ commit: CommitID, _ name: Wait.Name) -> Bool {
        if self.commit != commit { (self.commit, names) = (commit, []) }
        return names.insert(name).inserted
    }
}
