internal import ClusterModel
internal import FoundationEssentials
internal import GitStore
internal import LiveState
internal import Presenting
internal import Reconciling
internal import Records
internal import Repository

/// Plans branches before they are merged, where the node leads the cluster and has nothing else to do.
actor Proposals {
    private let settings: Settings
    private let mirror: Mirror
    private let reader: EvidenceReader
    private let node: NodeName
    private let log: EventLog
    private let chronicle: Chronicle
    private let standing: @Sendable () -> Standing?
    /// What need not be looked at again: plans that were written down, and branches that change nothing here.
    private var settled: Set<ProposalNote.Base> = []
    private nonisolated let ticks = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Branches that are looked at; somebody may make any number of them.
    private static let most = 50

    /// - Parameter standing: where the machine of this node stands.
    init(
        _ settings: Settings, _ mirror: Mirror, _ reader: EvidenceReader, as node: NodeName, _ log: EventLog, _ chronicle: Chronicle,
        standing: @escaping @Sendable () -> Standing?
    ) {
        self.settings = settings
        self.mirror = mirror
        self.reader = reader
        self.node = node
        self.log = log
        self.chronicle = chronicle
        self.standing = standing
    }

    /// Looks now and then, and when somebody has pushed, until the task is cancelled.
    func run(every pause: Duration) async {
        let clock = Task.detached { [ticks] in
            while !Task.isCancelled {
                try? await Task.sleep(for: Jitter.around(pause))
                ticks.continuation.yield()
            }
        }
        defer { clock.cancel() }
        for await _ in ticks.stream where !Task.isCancelled { await review() }
    }

    /// Somebody has pushed.
    nonisolated func wake() { ticks.continuation.yield() }

    /// Looks again in a moment.
    private func remind() {
        Task.detached { [ticks] in
            try? await Task.sleep(for: .seconds(2))
            ticks.continuation.yield()
        }
    }

    private func review() async {
        do {
            try await reviewed()
            log.forget("proposals")
        } catch {
            if !Task.isCancelled { log.sayOnce(about: "proposals", "proposals can't be planned: \(error)", .warning) }
        }
    }

    private func reviewed() async throws {
        guard let standing = standing(), let head = standing.head, standing.isHeard else { return }
        // Who tells of a push wakes the machine too: it goes first.
        guard standing.isAtRest else { return remind() }
        let followed = try? await mirror.branch(settings.revision)
        let (branches, isWhole) = try await mirror.proposals(
            matching: settings.proposals, besides: followed, most: Self.most, limit: settings.patience)
        if !isWhole { log.sayOnce(about: "many proposals", "of the proposals only the first \(Self.most) are planned", .warning) }
        let planner = ProposalPlanner(
            settings: settings, mirror: mirror, node: node, cluster: await cluster(of: head), followed: head)
        let bases = branches.map { planner.base($0, standing.record?.applied) }
        settled.formIntersection(bases)
        for (branch, base) in zip(branches, bases) where !settled.contains(base) && !Task.isCancelled {
            guard self.standing()?.isAtRest == true else { return remind() }
            switch try await plan(branch, base, planner) {
            case .settled: settled.insert(base)
            case .later: continue
            case .notHere: return
            }
        }
    }

    private enum Progress {
        case settled, later
        /// It is for another node to do.
        case notHere
    }

    private func plan(_ branch: ProposedBranch, _ base: ProposalNote.Base, _ planner: ProposalPlanner) async throws -> Progress {
        let ref = try NotesRef(cluster: planner.cluster, node: NotesRef.proposals)
        if let known = try await mirror.note(on: branch.tip, by: ref), ProposalNote.base(in: known.text) == base { return .settled }
        let live = try await reader.observe(as: node)
        guard live.isLed(by: node) else { return .notHere }
        switch try await planner.plan(branch, live) {
        case .nothing: return .settled
        case .unanswered(let reason):
            log.sayOnce(about: "proposal \(branch.name)", "proposal \(branch.name) can't be judged yet: \(reason)", .warning)
            return .later
        case .note(let note):
            try await keep(note, on: branch, as: ref)
            return .settled
        }
    }

    private func keep(_ note: ProposalNote, on branch: ProposedBranch, as ref: NotesRef) async throws {
        try await mirror.writeNote(note.text, on: branch.tip, as: ref)
        let level: EventLog.Level = note.verdict.isGood ? .info : .warning
        log.say("proposal \(branch.name) (\(branch.tip.short)): \(note.summary)", level, .proposal, about: branch.tip, proposal: note)
        chronicle.pushNotes()
    }

    private func cluster(of head: Commit) async -> String {
        if let given = settings.cluster { return given }
        return await reader.desired.policy(of: head)?.policy.cluster ?? Policy.defaultCluster
    }
}

extension Standing {
    /// Whether nothing is being done; what has waited for long goes on waiting.
    fileprivate var isAtRest: Bool { isResting || wait.map { $0.lasts > .seconds(60) } ?? false }
}

extension LiveState {
    /// Whether this node speaks for the cluster.
    fileprivate func isLed(by node: NodeName) -> Bool { cluster.map { $0.hasQuorum && $0.dc == node.text } ?? true }
}
