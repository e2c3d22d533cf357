public import ClusterModel
internal import Diagnostics
internal import Executing
internal import FoundationEssentials
internal import GitStore
internal import Host
internal import LiveState
internal import Observing
public import Presenting
public import Reconciling
public import Records
internal import Repository
public import Serving

/// One node at work: it feeds events to the machine, and hands what the machine asks for on to the world.
public struct Agent: Sendable {
    private let settings: Settings
    private let reader: EvidenceReader
    private let world: NodeWorld
    private let chronicle: Chronicle
    private let notes: NoteWriter
    private let log: EventLog
    /// This node, as the cluster calls it.
    public let node: NodeName
    private let watch: ChangeWatch
    private let holds: HoldBook
    private let bulletin = Bulletin()
    private let program: String
    /// Nil where no branch is planned before it is merged.
    private let proposals: Proposals?

    /// The caller holds the state directory's lock.
    ///
    /// - Parameters:
    ///   - leadsAlone: whether this process does what the DC does otherwise: a person waits for it.
    ///   - program: the version of the program, for who asks.
    public init(_ settings: Settings, log: EventLog, leadsAlone: Bool, program: String = "") async throws {
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        if settings.proposals.isEmpty { try? await mirror.forgetProposals() }  // there may be no mirror yet
        self.settings = settings
        self.program = program
        self.log = log
        // The state directory is this process's own: what a former one left half-done is nobody's.
        try await mirror.clearNotesLocks()
        try FileTree(root: settings.stateDirectory).removeDrafts(in: "/")
        node = try await Self.node(settings, log, waits: !leadsAlone)
        log.happens(on: node.text)
        reader = EvidenceReader(settings, mirror: mirror, isRepeating: !leadsAlone)
        notes = try NoteWriter(
            mirror, reader.desired, cluster: settings.cluster, as: node, log: log, stateDirectory: settings.stateDirectory)
        watch = ChangeWatch(settings)
        chronicle = Chronicle(log, notes, mirror, reader.deposits, bulletin, watch)
        holds = HoldBook(stateDirectory: settings.stateDirectory)
        proposals =
            settings.proposals.isEmpty
            ? nil : Proposals(settings, mirror, reader, as: node, log, chronicle, standing: { [bulletin] in bulletin.current })
        world = NodeWorld(settings, mirror, reader, as: node, chronicle, watch, holds, leadsAlone: leadsAlone || settings.cib != .cluster)
    }

    /// Follows the repository until the task is cancelled; a change under way is finished first.
    public func run(pace: Pace) async {
        await remember()
        let introducing = Task.detached { await introduce() }
        let sharing = settings.cib == .cluster ? Task.detached { await SharedLog(of: node.text, log).run() } : nil
        let proposing = proposals.map { proposals in Task.detached { await proposals.run(every: pace.fetch) } }
        await loop(Reconciler(node: node, pace: pace), hearing: bulletin.events, isWatching: true)
        introducing.cancel()
        sharing?.cancel()
        proposing?.cancel()
        await proposing?.value
        bulletin.close()
        await chronicle.close()
        log.say("ended")
    }

    /// Commits whose notes are looked at: the one in force is among them, as a rule.
    private static let remembered = 20

    private func remember() async {
        var former = FormerEnds()
        if let head = try? await world.mirror.resolve(settings.revision) {
            for record in await notes.ends(from: head.id, limit: Self.remembered) { former.add(record) }
        }
        for entry in (try? Diary.entries(of: settings.stateDirectory)) ?? [] where entry.isOf(node.text) { former.add(entry) }
        chronicle.remember(former)
    }

    /// Lets doctor compare the nodes.
    private func introduce() async {
        guard settings.cib == .cluster, !program.isEmpty else { return }
        do { try await Announcer(node: node).introduce(program) } catch {
            log.say("the version of this program is not announced: \(error)", .warning)
        }
    }

    /// Asks for something, and does not wait.
    public func ask(_ request: Event.Request) {
        bulletin.ask(request)
        if request == .reconcile { proposals?.wake() }
    }

    /// Brings the cluster to the commit, once.
    /// - Returns: how it ended.
    public func runOnce(pace: Pace) async -> CommitResult {
        let machine = await loop(Reconciler(node: node, pace: pace, isOnce: true), hearing: nil, isWatching: false)
        await chronicle.close()
        return chronicle.result(of: machine.headCommit) ?? .failed
    }

    @discardableResult
    private func loop(_ machine: Reconciler, hearing others: AsyncStream<Event>?, isWatching: Bool) async -> Reconciler {
        var machine = machine
        let (events, inbox) = AsyncStream<Event>.makeStream()
        let clock = ContinuousClock()
        let start = clock.now
        let answer: World.Answer = { inbox.yield($0) }
        let watching = isWatching ? Task.detached { [watch] in await watch.run(answer) } : nil
        let asking = others.map { others in Task.detached { for await event in others { answer(event) } } }
        machine.handle(.started, at: .start, in: world, answer)
        for await event in events {
            let now = Instant(clock.now - start)
            machine.handle(event, at: now, in: world, answer)
            bulletin.post(machine.standing(at: now))
            if machine.isFinished { break }
        }
        watching?.cancel()
        asking?.cancel()
        await world.close()
        return machine
    }

    /// A cluster that starts together with this process can't be asked yet: who is to follow a repository waits for it.
    private static func node(_ settings: Settings, _ log: EventLog, waits: Bool) async throws -> NodeName {
        while true {
            do {
                return try await node(settings)
            } catch let error as CommandError where waits {
                log.sayOnce(about: "start", "waiting for the cluster: \(error.finding.message)")
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// This node's name: as the settings say, or the cluster.
    public static func node(_ settings: Settings) async throws -> NodeName {
        if let name = settings.node { return NodeName(name) }
        return NodeName(settings.cib == .cluster ? try await ClusterObserver().nodeName() : Machine.name)
    }
}

extension Agent: Desk {
    /// The cluster is looked at anew: at rest nobody does.
    public func status() async throws -> NodeStatus {
        guard let standing = bulletin.current else { throw Finding.error("the daemon has only just started", remedy: "ask again in a moment") }
        let live = try? await reader.observe(as: node)
        let pairs = settings.actsOnHost ? try? await DRBDKernel().replications() : nil
        return NodeStatus(
            standing, live, pairs, holding: holds.times, node: node.text, program: program,
            repository: (try? Remote(settings.repository).shown) ?? "",
            time: Date().formatted(.iso8601))
    }

    public func answer(to request: Event.Request) async -> String { await bulletin.answer(to: request) }
}

extension Agent: Gauge {
    public var vitals: Vitals { Vitals(bulletin.current, bulletin.tally, program: program) }

    /// Without what adjusting DRBD would run: that is asked only for who waits for it at a terminal.
    public var plan: PlanDocument? { bulletin.current?.evidence.map { PlanDocument($0, previews: [:]) } }

    public func history(limit: Int) async throws -> HistoryDocument {
        guard let head = bulletin.current?.head else { throw Finding.error("no commit of the repository is known yet") }
        return HistoryDocument(try await world.mirror.historyEntries(from: head.id, limit: limit))
    }

    public func events(_ filter: LogFilter, limit: Int) async throws -> [LogEntry] {
        try Diary.entries(of: settings.stateDirectory).filter(filter.wants).suffix(limit)
    }

    public func pushed() {
        guard bulletin.pushed() else { return }
        log.say("the git server tells of a push", .info, .request)
        proposals?.wake()
    }
}
