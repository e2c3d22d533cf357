public import ClusterModel
public import GitStore
public import Presenting
internal import Records

extension Mirror {
    /// Commits, newest first, each with the latest record of each node about it, as far as the notes are here.
    public func historyEntries(from tip: CommitID, limit: Int) async throws -> [HistoryEntry] {
        try history(from: tip, limit: limit).map { commit in
            HistoryEntry(commit: commit, records: try notes(on: commit.id).compactMap { NoteRecord.records(in: $0.text).last })
        }
    }
}
