internal import ClusterModel

/// Something that has to be so before the machine goes on: it has a name, a reason, a limit, and ends up in a note.
public struct Wait: Hashable, Sendable {
    public enum Name: String, Hashable, Sendable, CaseIterable {
        /// The cluster can't be asked, or a tool fails.
        case world
        /// Quorum, a DC, nodes that join, a transition, a file system, a secret: what the gate waits for.
        case gate
        /// Every node has judged the commit.
        case able
        /// Every node has done what is additive.
        case prepared
        /// Every node has replaced what was there.
        case ready
        /// A leader that meant to commit something else has let go of it.
        case release
        /// The other sides of a DRBD resource are there, and it begins.
        case peer
        /// The leader commits.
        case transaction
        /// What is to be deleted has stopped.
        case stopped
        /// What follows when a file system is mounted.
        case mounted
        /// What was touched is healthy.
        case healthy
        /// The others are back.
        case quorum
        /// Whoever sets again and again what was put right lets go of it.
        case contested
        /// The leader has judged.
        case judgement
        /// A person resumes.
        case resumed
    }

    public let name: Name
    /// As it is now: it may become another one under the same name.
    public internal(set) var reason: String
    let since: Instant
    /// The commit that waits, and since when it does: another one may come while it is waited for the same.
    private(set) var commit: CommitID?
    private(set) var commitSince: Instant
    /// Whether the limit has passed, and that was told.
    var isOverdue = false
    var looks = 0
    /// When it was last said that it goes on.
    var toldAt: Instant

    init(_ name: Name, _ reason: String, since: Instant) {
        self.name = name
        self.reason = reason
        self.since = since
        commitSince = since
        toldAt = since
    }

    mutating func attend(to commit: CommitID?, at now: Instant) {
        guard commit != self.commit else { return }
        (self.commit, commitSince, isOverdue) = (commit, now, false)
    }

    /// Whether only the status tells when it is over.
    var needsStatus: Bool {
        switch name {
        case .gate, .stopped, .mounted, .healthy, .quorum: true
        // A node that leaves or joins, or another DC, ends these too: every so often.
        case .able, .prepared, .ready, .release, .peer, .transaction, .judgement, .contested: looks % 5 == 4
        case .world, .resumed: false
        }
    }
}

/// How fast the machine goes, and how long it has patience.
public struct Pace: Hashable, Sendable {
    /// Between two looks for a new commit.
    public var fetch = Duration.seconds(60)
    /// Between the looks of a wait: the first, and the longest.
    public var look = Duration.seconds(1)
    public var longestLook = Duration.seconds(10)
    /// For what other nodes have to do; for what stops.
    public var patience = Duration.seconds(600)
    /// Before it is said again that something is waited for.
    public var reminder = Duration.seconds(600)
    /// Before it is written down that a commit waits.
    public var note = Duration.seconds(60)
    /// For what is better waited for.
    public var wish = Duration.seconds(60)
    /// Before something that failed is tried again: the first time, and the longest.
    public var retry = Duration.seconds(2)
    public var longestRetry = Duration.seconds(60)
    /// Before a commit that was refused is judged anew, though nothing has moved.
    public var reconsider = Duration.seconds(60)

    public init() {}

    /// A short absence delays nobody for long: all nodes have to know a commit before one of them goes on.
    ///
    /// - Parameter absences: how often in a row the server did not answer.
    func pause(beforeFetch absences: Int) -> Duration {
        let factor = absences < 2 ? 1 : absences < 10 ? 2 : 5
        return max(fetch, min(fetch * factor, .seconds(300)))
    }

    func pause(beforeLook number: Int) -> Duration { min(look * (1 << min(number / 3, 4)), longestLook) }

    func pause(beforeRetry number: Int) -> Duration { min(retry * (1 << min(number, 6)), longestRetry) }
}
