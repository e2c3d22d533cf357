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

    /// Reads the cluster's name in the repository, which is fetched for that if it never was.
    ///
    /// - Parameter leadsAlone: whether this process does what the DC does otherwise: a person waits for it.
    public init(_ settings: Settings, log: EventLog, leadsAlone: Bool) async throws {
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        self.settings = settings
        self.log = log
        node = try await Self.node(settings, log, waits: !leadsAlone)
        let ref = try await Self.ref(settings, mirror, node)
        reader = EvidenceReader(settings, mirror: mirror, isRepeating: !leadsAlone)
        chronicle = Chronicle(log, NoteWriter(mirror, ref: ref, log: log, stateDirectory: settings.stateDirectory), mirror, reader.deposits)
        watch = ChangeWatch(settings)
        world = NodeWorld(settings, mirror, reader, as: node, chronicle, watch, leadsAlone: leadsAlone || settings.cib != .cluster)
    }

    /// Follows the repository until the task is cancelled; a change under way is finished first.
    public func run(pace: Pace) async {
        await loop(Reconciler(node: node, pace: pace), isWatching: true)
        await chronicle.close()
        log.say("ended")
    }

    /// Brings the cluster to the commit, once.
    /// - Returns: how it ended.
    public func runOnce(pace: Pace) async -> CommitResult {
        let machine = await loop(Reconciler(node: node, pace: pace, isOnce: true), isWatching: false)
        await chronicle.close()
        return chronicle.result(of: machine.headCommit) ?? .failed
    }

    @discardableResult
    private func loop(_ machine: Reconciler, isWatching: Bool) async -> Reconciler {
        var machine = machine
        let (events, inbox) = AsyncStream<Event>.makeStream()
        let clock = ContinuousClock()
        let start = clock.now
        let answer: World.Answer = { inbox.yield($0) }
        let watching = isWatching ? Task.detached { [watch] in await watch.run(answer) } : nil
        machine.handle(.started, at: .start, in: world, answer)
        for await event in events {
            machine.handle(event, at: Instant(clock.now - start), in: world, answer)
            if machine.isFinished { break }
        }
        watching?.cancel()
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

    private static func ref(_ settings: Settings, _ mirror: Mirror, _ node: NodeName) async throws -> NotesRef {
        if let cluster = settings.cluster { return try NotesRef(cluster: cluster, node: node.text) }
        return try NotesRef(cluster: await clusterName(settings, mirror), node: node.text)
    }

    /// As `coxswain.yaml` says, or `Policy.defaultCluster`; a repository that can't be had now has a say at the next start.
    private static func clusterName(_ settings: Settings, _ mirror: Mirror) async -> String {
        if (try? await mirror.resolve(settings.revision)) == nil { _ = try? await mirror.fetch(limit: .seconds(60)) }
        guard let commit = try? await mirror.resolve(settings.revision) else { return Policy.defaultCluster }
        return await DesiredReader(mirror, path: settings.path).policy(of: commit)?.cluster ?? Policy.defaultCluster
    }
}
