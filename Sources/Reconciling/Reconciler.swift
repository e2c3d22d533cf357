public import ClusterModel
public import Records

/// Decides what one node does next. It reads no clock, starts nothing and knows no file: events come in, directives go out.
///
/// Level-triggered: every round starts from what is, so that dying at any step and starting again converges.
public struct Reconciler: Sendable {
    public enum Event: Hashable, Sendable {
        /// Time for a round, or something moved.
        case wake(Trigger)
        /// The repository's newest commit.
        case found(CommitID)
        case planned(Work)
        case ended(Stage, Outcome)
    }

    public enum Trigger: String, Hashable, Sendable {
        /// The interval has passed: git may have moved.
        case interval
        /// The CIB or a file has moved.
        case world
        /// A moment has passed since something had to be waited for.
        case retry
    }

    public enum Directive: Hashable, Sendable {
        case perform(Stage)
        /// The commit has come to this end on this node.
        case conclude(CommitID, CommitResult, String)
        /// Nothing can be done before something else has settled: wake it again after a moment.
        case wait(String)
    }

    /// What a plan asks of this node.
    public struct Work: Hashable, Sendable {
        public var isLeader: Bool
        /// Whether the commit, or one before it, has files for the hosts: then every node has a part in it.
        public var concernsHosts: Bool
        public var writesFiles: Bool
        public var removesFiles: Bool
        public var stopsResources: Bool
        public var needsTransaction: Bool

        public init(
            isLeader: Bool, concernsHosts: Bool = false, writesFiles: Bool = false, removesFiles: Bool = false, stopsResources: Bool = false,
            needsTransaction: Bool = false
        ) {
            self.isLeader = isLeader
            self.concernsHosts = concernsHosts
            self.writesFiles = writesFiles
            self.removesFiles = removesFiles
            self.stopsResources = stopsResources
            self.needsTransaction = needsTransaction
        }
    }

    /// A configuration that other writers keep moving is planned so many times in one round.
    static let replans = 5

    public private(set) var commit: CommitID?
    /// The stage under way; nil between rounds.
    public private(set) var stage: Stage?
    private var work: Work?
    private var replansLeft = Self.replans
    private var needsRound = true
    /// Whether the commit has not come to an end yet.
    private var isPending = false

    public init() {}

    public mutating func on(_ event: Event) -> [Directive] {
        switch event {
        case .wake(let trigger): wake(trigger)
        case .found(let commit): found(commit)
        case .planned(let work): planned(work)
        case .ended(let stage, let outcome): ended(stage, outcome)
        }
    }

    // MARK: A round begins

    private mutating func wake(_ trigger: Trigger) -> [Directive] {
        if trigger != .interval { needsRound = true }
        guard stage == nil else { return [] }
        guard trigger == .retry, commit != nil else { return enter(.fetch) }
        return beginRound()
    }

    private mutating func found(_ newest: CommitID) -> [Directive] {
        guard stage == .fetch else { return [] }
        guard newest != commit || needsRound else { return rest() }
        let superseded = isPending && newest != commit ? commit : nil
        commit = newest
        isPending = true
        return (superseded.map { [.conclude($0, .superseded, "by \(newest.short)")] } ?? []) + beginRound()
    }

    private mutating func beginRound() -> [Directive] {
        needsRound = false
        replansLeft = Self.replans
        return enter(.plan)
    }

    private mutating func planned(_ work: Work) -> [Directive] {
        guard stage == .plan else { return [] }
        self.work = work
        return advance(from: .plan)
    }

    // MARK: A stage ends

    private mutating func ended(_ stage: Stage, _ outcome: Outcome) -> [Directive] {
        guard stage == self.stage else { return [] }
        switch outcome {
        case .done: return advance(from: stage)
        case .waiting(let reason): return rest(thenRetry: reason)
        case .moved(let reason): return replan(reason)
        case .invalid(let reason): return conclude(.invalid, reason)
        case .refused(let reason): return conclude(.refused, reason)
        case .failed(let reason):
            needsRound = true
            return stage == .fetch ? rest(thenRetry: reason) : conclude(.failed, reason)
        }
    }

    private mutating func replan(_ reason: String) -> [Directive] {
        guard replansLeft > 0 else {
            needsRound = true
            return conclude(.failed, "\(reason), \(Self.replans) times in a row")
        }
        replansLeft -= 1
        return enter(.plan)
    }

    private mutating func advance(from stage: Stage) -> [Directive] {
        guard let work else { return rest() }
        let following = Stage.allCases.drop { $0 != stage }.dropFirst()
        guard let next = following.first(where: { isNeeded($0, work) }) else { return conclude(.converged, "") }
        return enter(next)
    }

    private func isNeeded(_ stage: Stage, _ work: Work) -> Bool {
        switch stage {
        case .fetch, .plan: false
        case .prepare: work.writesFiles || work.concernsHosts && work.needsTransaction
        case .gather: work.isLeader && work.concernsHosts && work.needsTransaction
        case .commit, .verify: work.isLeader && work.needsTransaction
        case .stop: work.isLeader && work.stopsResources
        case .follow: !work.isLeader && work.needsTransaction
        case .retire: work.removesFiles
        }
    }

    // MARK: A round ends

    private mutating func enter(_ stage: Stage) -> [Directive] {
        self.stage = stage
        return [.perform(stage)]
    }

    private mutating func conclude(_ result: CommitResult, _ text: String) -> [Directive] {
        stage = nil
        isPending = result == .failed
        return commit.map { [.conclude($0, result, text)] } ?? []
    }

    private mutating func rest(thenRetry reason: String? = nil) -> [Directive] {
        stage = nil
        guard let reason else { return [] }
        needsRound = true
        return [.wait(reason)]
    }
}
