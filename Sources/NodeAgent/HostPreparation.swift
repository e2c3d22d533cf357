internal import CIB
public import ClusterModel
internal import Diagnostics
internal import Executing
internal import GitStore
internal import Host
internal import LiveState
internal import Observing
internal import Planning
internal import Records
internal import Repository
internal import Safety
internal import Steps
internal import XML

/// Brings a host's files up to the commit that its cluster has, before Pacemaker starts on it.
///
/// A node that was off comes back with the files of its last day, and Pacemaker starts at once what was added in the meantime. Files need no
/// cluster. Only what is missing or different is written: what is to go waits until the node is a member again, and knows what is let go.
public struct HostPreparation: Sendable {
    /// Where Pacemaker keeps the configuration (pacemaker-based(8)): all that is known of the cluster before it runs.
    private static let lastConfiguration = "/var/lib/pacemaker/cib/cib.xml"
    /// So many commits are looked through for one that has converged.
    private static let depth = 1000

    private let settings: Settings
    private let mirror: Mirror
    private let reader: EvidenceReader
    private let executor: Executor
    /// What did not go as it should, and keeps nothing from being done.
    private let warn: @Sendable (String) -> Void

    public init(_ settings: Settings, warning: @escaping @Sendable (String) -> Void) throws {
        self.settings = settings
        warn = warning
        mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        reader = EvidenceReader(settings, mirror: mirror)
        executor = Executor(
            .cluster, root: settings.root ?? "/", stateDirectory: settings.stateDirectory, scratchDirectory: settings.scratchDirectory,
            actsOnHost: settings.actsOnHost, deposits: reader.deposits)
    }

    /// What came of it.
    public enum Outcome: Sendable {
        /// No commit has converged on this cluster yet.
        case nothingKnown
        case prepared(CommitID, wrote: [HostPath])
        /// The reasons.
        case refused(CommitID, [String])
        /// A file could not be written.
        case failed(CommitID, String)
    }

    /// - Throws: `Finding` where Pacemaker runs already; `Findings` for a commit that can't be read; what is wrong with git or the host.
    public func run() async throws -> Outcome {
        if settings.actsOnHost, (try? await ClusterObserver().status()) != nil {
            throw Finding.error(
                "Pacemaker runs on this host already", remedy: "this is for the time before it does; from then on \"coxswain run\" writes the files")
        }
        do {
            for finding in try await mirror.fetch(.revision(settings.revision), limit: settings.patience).findings { warn(finding.description) }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            warn("going on with what is known here: \(error)")
        }
        let last = try await lastCIB()
        guard let commit = try await target(last) else { return .nothingKnown }
        let reading = try await reader.desired.read(commit)
        try await mirror.keep(recordedIn: last, only: false)
        let node = NodeName(settings.node ?? Machine.name)
        let evidence = try await reader.evidence(for: reading, head: nil, LiveState(node: node, cib: last), isFresh: false, depth: .hostOnly)
        switch evidence.judge() {
        case .approved(let approval): return await write(approval, for: commit.id)
        case .waiting(let objections), .refused(let objections), .undecided(let objections):
            return .refused(commit.id, objections.map(\.description))
        }
    }

    private func write(_ approval: Approval, for commit: CommitID) async -> Outcome {
        var written: [HostPath] = []
        for step in approval.steps {
            guard let change = step.fileChange, let permit = approval.permit(step.id) else { continue }
            switch await executor.perform(permit) {
            case .done: if change.new != nil { written.append(change.path) }
            case .nothingToDo: break
            case .moved(let reason), .waiting(let reason), .failed(let reason): return .failed(commit, reason)
            }
        }
        return .prepared(commit, wrote: written)
    }

    // MARK: The commit that the cluster has

    private func lastCIB() async throws -> CIB {
        let tree = FileTree(root: settings.root ?? "/")
        guard try tree.readIfPresent(Self.lastConfiguration, limit: 512 << 20) != nil else {
            return CIB(Element("cib", [], children: [Element("configuration")]))
        }
        return try await CIBSource.file(tree.location(of: Self.lastConfiguration)).read()
    }

    /// The newest that has converged by some node's note, or what this node's own copy of the configuration names, whichever is later.
    private func target(_ last: CIB) async throws -> Commit? {
        let head = try await mirror.resolve(settings.revision)
        let record = ClusterRecord(in: last)
        let noted = try await lastConverged(until: head, record)
        guard let applied = record.applied.map({ record.target(head: $0) }), let known = try await mirror.commit(applied) else { return noted }
        guard let noted else { return known }
        return try await mirror.isAncestor(noted.id, of: known.id) ? known : noted
    }

    private func lastConverged(until head: Commit, _ record: ClusterRecord) async throws -> Commit? {
        let cluster = await reader.cluster(at: head, record)
        for commit in try await mirror.history(from: head.id, limit: Self.depth) {
            if await NoteWriter.hasConverged(commit.id, cluster: cluster, in: mirror) { return commit }
        }
        return nil
    }
}
