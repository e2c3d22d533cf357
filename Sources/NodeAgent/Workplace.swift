internal import Diagnostics
internal import GitStore
internal import Host
internal import Observing
internal import Presenting
internal import Repository

/// Everything that one node works with, put together.
public struct Workplace: Sendable {
    public let node: LocalNode
    public let worker: Worker

    /// Fetches the repository if it has never been fetched, since the cluster's name may stand in it.
    public init(_ settings: Settings, journal: EventLog, leadsAlone: Bool) async throws {
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        worker = Worker(settings, mirror: mirror, journal: journal, leadsAlone: leadsAlone || settings.cib != .cluster)
        let ref = try await Self.ref(settings, mirror, try await Self.nodeName(worker, journal))
        node = LocalNode(worker: worker, notary: NoteWriter(mirror, ref: ref, journal: journal), ref: ref, journal: journal)
    }

    /// A cluster that starts together with this process can't be asked yet: who is to follow a repository waits for it.
    private static func nodeName(_ worker: Worker, _ journal: EventLog) async throws -> String {
        while true {
            do {
                return try await worker.node()
            } catch let error as CommandError where !worker.leadsAlone {
                journal.sayOnce(about: "start", "waiting for the cluster: \(error.finding.message)")
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    private static func ref(_ settings: Settings, _ mirror: Mirror, _ name: String) async throws -> NotesRef {
        if let cluster = settings.cluster { return try NotesRef(cluster: cluster, node: name) }
        return try NotesRef(cluster: await clusterName(settings, mirror), node: name)
    }

    /// As `coxswain.yaml` says, or `Policy.defaultCluster`; a repository that can't be had now has a say at the next start.
    private static func clusterName(_ settings: Settings, _ mirror: Mirror) async -> String {
        _ = try? await mirror.fetch(limit: .seconds(60))
        guard let commit = try? await mirror.resolve(settings.revision) else { return Policy.defaultCluster }
        return await DesiredReader(mirror, path: settings.path).policy(of: commit)?.cluster ?? Policy.defaultCluster
    }
}
