internal import ClusterModel
internal import FoundationEssentials
internal import Records

/// What `history --output json` prints: the commits and what became of them.
public struct HistoryDocument: Codable, Hashable, Sendable {
    public var version = 1
    var commits: [Entry]

    struct Entry: Codable, Hashable, Sendable {
        var commit, author, subject, time: String
        var notes: [NoteRecord]
    }

    public init(_ entries: [HistoryEntry]) {
        commits = entries.map {
            Entry(
                commit: $0.commit.id.hex, author: $0.commit.author, subject: $0.commit.subject,
                time: Date(timeIntervalSince1970: Double($0.commit.time)).formatted(.iso8601), notes: $0.records)
        }
    }

    public var json: String { JSON.text(self) }
}
