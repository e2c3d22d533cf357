public import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
public import Records

/// A commit and the latest record of each node about it.
public struct HistoryEntry: Hashable, Sendable {
    public let commit: Commit
    public let records: [NoteRecord]

    public init(commit: Commit, records: [NoteRecord]) {
        self.commit = commit
        self.records = records
    }
}

/// The history as a table, newest first.
public struct HistoryTable {
    private let entries: [HistoryEntry]
    private let style: Style

    public init(_ entries: [HistoryEntry], style: Style) {
        self.entries = entries
        self.style = style
    }

    public var lines: [String] {
        var table = Table()
        table.add(["COMMIT", "DATE", "RESULT", "NODES", "SUBJECT"].map { ($0, Style.Tone.strong) })
        for entry in entries { add(entry, to: &table) }
        return table.lines(style)
    }

    private func add(_ entry: HistoryEntry, to table: inout Table) {
        let date = Date(timeIntervalSince1970: Double(entry.commit.time)).formatted(.iso8601)
        let results = Set(entry.records.map(\.result)).sorted()
        let result = results.isEmpty ? "-" : results.joined(separator: ",")
        let nodes = entry.records.map { "\($0.cluster)/\($0.node)" }.sorted().joined(separator: " ")
        table.add([
            (entry.commit.id.short, .changed), (date, nil), (result, tone(results)), (nodes.isEmpty ? "-" : nodes, nil),
            (entry.commit.subject.singleLine, nil),
        ])
        for record in entry.records {
            guard let error = record.error?.split(separator: "\n").first else { continue }
            table.add([("", nil), ("", nil), ("", nil), ("", nil), ("  \(record.node): \(String(error).singleLine)", .faint)])
        }
    }

    private func tone(_ results: [String]) -> Style.Tone? {
        if results.isEmpty { return .faint }
        let well: Set = [CommitResult.converged.rawValue, CommitResult.superseded.rawValue]
        return well.isSuperset(of: results) ? .good : .bad
    }
}
