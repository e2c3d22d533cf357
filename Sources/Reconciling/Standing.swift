public import ClusterModel
internal import LiveState
public import Records
public import Safety
public import Steps

/// Where the machine stands at a moment, for people who ask.
public struct Standing: Sendable {
    /// The newest commit that is known here.
    public let head: Commit?
    /// Whether the repository's server answered when it was asked last.
    public let isHeard: Bool
    /// Whether it has nothing to do.
    public let isResting: Bool
    /// What it does just now, in a word.
    public let activity: String
    /// The commit in hand; nil where there is none yet.
    public let commit: CommitID?
    /// What is left to be done for it, in order; the first is under way where something is.
    public let remaining: [Step]
    /// What its approval stands on.
    public let evidence: Evidence?
    public internal(set) var wait: (name: Wait.Name, reason: String, lasts: Duration, limit: Duration?)?
    /// What a person wants; it may not stand in the record yet.
    public let suspension: Suspension?
    /// What the cluster's record said when it was looked at last; nil where that never was.
    public let record: ClusterRecord?
    /// How the newest commit has ended here, or where it has not, the last one that did.
    public let last: (commit: CommitID, result: CommitResult, text: String)?

    /// The same when nothing has happened for a while.
    public func after(_ pause: Duration) -> Standing {
        var standing = self
        standing.wait?.lasts += pause
        return standing
    }
}

extension Reconciler {
    public func standing(at now: Instant) -> Standing {
        let commit = commitAtHand
        let work = work?.commit == commit ? work : nil
        return Standing(
            head: head, isHeard: isFresh, isResting: isResting,
            activity: retries > 0 && activity == .resting ? "trying again soon what has failed" : activity.word,
            commit: commit, remaining: Stage.allCases.flatMap { work?.remaining($0) ?? [] }, evidence: work?.evidence ?? pending?.evidence,
            wait: waiting.map { ($0.name, $0.reason, now - $0.since, limit(of: $0.name)) }, suspension: suspension,
            record: live?.record, last: head.flatMap { endings.end(of: $0.id) } ?? endings.last)
    }
}

extension Reconciler.Activity {
    fileprivate var word: String {
        switch self {
        case .resting: "at rest"
        case .fetching: "asking the repository"
        case .observing, .looking: "looking at the cluster"
        case .publishing: "telling the other nodes"
        case .waiting: "waiting"
        case .planning(let commit): "planning \(commit.short)"
        case .performing: "at work"
        case .finished: "ended"
        }
    }
}
