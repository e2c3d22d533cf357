public import ClusterModel
internal import Diagnostics
internal import Executing
internal import GitStore
internal import Host
internal import LiveState
internal import Observing
public import Reconciling
public import Records
internal import Repository

/// One node at work: it feeds events to the machine, and hands what the machine asks for on to the world.
public struct Agent: Sendable {
    private let settings: Settings
    private let reader: EvidenceReader
    private let world: NodeWorld
    private let chronicle: Chronicle
    private let log: EventLog
    private let node: NodeName
    private let watch: ChangeWatch

    /// The caller holds the state directory's lock.
    ///
    /// - Parameter leadsAlone: whether this process does what the DC does otherwise: a person waits for it.
    public init(_ settings: Settings, log: EventLog, leadsAlone: Bool) async throws {
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        self.settings = settings
        self.log = log
        // The state directory is this process's own: what a former one left half-done is nobody's.
        try await mirror.clearNotesLocks()
        try FileTree(root: settings.stateDirectory).removeDrafts(in: "/")
        node = try await Self.node(settings, log, waits: !leadsAlone)
        reader = EvidenceReader(settings, mirror: mirror, isRepeating: !leadsAlone)
        let notes = try NoteWriter(
            mirror, reader.desired, cluster: settings.cluster, as: node, log: log, stateDirectory: settings.stateDirectory)
        chronicle = Chronicle(log, notes, mirror, reader.deposits)
        watch = ChangeWatch(settings)
        world = NodeWorld(settings, mirror, reader, as: node, chronicle, watch, leadsAlone: leadsAlone || settings.cib != .cluster)
    }

    /// Follows the repository until the task is cancelled; a change under way is finished first.
    /// - Parameter requests: what people ask of this node meanwhile.
    public func run(pace: Pace, requests: AsyncStream<Event.Request>) async {
        await loop(Reconciler(node: node, pace: pace), asked: requests, isWatching: true)
        await chronicle.close()
        log.say("ended")
    }

    /// Brings the cluster to the commit, once.
    /// - Returns: how it ended.
    public func runOnce(pace: Pace) async -> CommitResult {
        let machine = await loop(Reconciler(node: node, pace: pace, isOnce: true), asked: nil, isWatching: false)
        await chronicle.close()
        return chronicle.result(of: machine.headCommit) ?? .failed
    }

    @discardableResult
    private func loop(_ machine: Reconciler, asked requests: AsyncStream<Event.Request>?, isWatching: Bool) async -> Reconciler {
        var machine = machine
        let (events, inbox) = AsyncStream<Event>.makeStream()
        let clock = ContinuousClock()
        let start = clock.now
        let answer: World.Answer = { inbox.yield($0) }
        let watching = isWatching ? Task.detached { [watch] in await watch.run(answer) } : nil
        let asking = requests.map { requests in Task.detached { for await request in requests { answer(.requested(request)) } } }
        machine.handle(.started, at: .start, in: world, answer)
        for await event in events {
            machine.handle(event, at: Instant(clock.now - start), in: world, answer)
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
