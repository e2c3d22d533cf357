internal import CIB
internal import ClusterModel
internal import GitStore
internal import Planning
internal import Records
internal import Repository
internal import Safety

// What is deleted by going back needs no word of its own. Few plans ask.
extension EvidenceReader {
    /// Whether the tree is that of a commit applied before, be it that other commits came with it that delete little themselves; or what goes is what
    /// commits have brought that are reverted by name.
    func restoresKnownTree(
        _ reading: DesiredReader.Reading, _ plan: Plan, _ record: ClusterRecord, _ company: [Commit]
    ) async throws -> Bool {
        guard MassDeletion(plan) != nil, let commit = reading.commit else { return false }
        guard let applied = record.applied, try await mirror.contains(applied) else { return false }
        let history = Dictionary(grouping: try await mirror.history(from: applied, limit: 1000), by: \.tree)
        for candidate in [commit] + company {
            for former in history[candidate.tree] ?? [] where await NoteWriter.hasConverged(former.id, cluster: record.part?.cluster, in: mirror) {
                guard candidate.id != commit.id else { return true }
                guard let known = try await desired.base(former.id, in: record.part) else { continue }
                if MassDeletion(plan, beyond: known.declares) == nil { return true }
            }
        }
        return try await takesBack(plan, [commit] + company, record)
    }

    private func takesBack(_ plan: Plan, _ commits: [Commit], _ record: ClusterRecord) async throws -> Bool {
        var brought: Set<ObjectID> = []
        for (reverted, former) in commits.flatMap(\.reverted) {
            guard let applied = record.applied, try await mirror.contains(reverted), try await mirror.isAncestor(reverted, of: applied) else {
                continue
            }
            guard let state = try await desired.base(reverted, in: record.part) else { continue }
            let before = try await desired.base(parent(of: reverted, former), in: record.part)
            brought.formUnion(state.declarations.map(\.object.id).filter { before?.declares($0) != true })
        }
        return !brought.isEmpty && MassDeletion(plan, beyond: { !brought.contains($0) }) == nil
    }

    private func parent(of commit: CommitID, _ named: CommitID?) async throws -> CommitID? {
        if let named { return named }
        return try await mirror.history(from: commit, limit: 2).dropFirst().first?.id
    }
}

extension Commit {
    /// What the message says that it takes back, as git-revert(1) writes it: `This reverts commit X.`; of a merge, and back to which parent:
    /// `This reverts commit X, reversing changes made to Y.`
    fileprivate var reverted: [(commit: CommitID, former: CommitID?)] {
        let text = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.matches(of: /This reverts commit ([0-9a-f]{40,64})(?:, reversing changes made to ([0-9a-f]{40,64}))?/).compactMap { match in
            CommitID(match.output.1).map { ($0, match.output.2.flatMap { CommitID($0) }) }
        }
    }
}
