internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import LiveState
internal import NodeAgent
internal import Records
internal import Safety

/// The commit in force beside the live cluster: what differs is drift.
struct DriftEvidence {
    let evidence: Evidence
    let reading: DesiredReader.Reading
    let commit: Commit
    let reader: EvidenceReader

    init(_ settings: Settings, _ mirror: Mirror) async throws {
        reader = EvidenceReader(settings, mirror: mirror)
        let live = try await reader.observe(as: try await Agent.node(settings))
        commit = try await Self.inForce(live, settings, mirror)
        try await mirror.keep(recordedIn: live.cib, only: false)
        reading = try await reader.desired.read(commit)
        evidence = try await reader.evidence(for: reading, head: commit, live, isFresh: true, depth: .quick, leadsAlone: true)
    }

    /// The server is asked only for what this node does not have.
    private static func inForce(_ live: LiveState, _ settings: Settings, _ mirror: Mirror) async throws -> Commit {
        guard let applied = live.record.applied else {
            throw Finding.error("no commit was ever applied to this cluster", remedy: "coxswain plan shows what one would change")
        }
        if let commit = try? await mirror.commit(applied) { return commit }
        try await mirror.fetch(settings)
        guard let commit = try await mirror.commit(applied) else {
            throw Finding.error("the commit in force, \(applied.short), is not in the repository any more")
        }
        return commit
    }
}
