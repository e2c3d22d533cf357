public import ClusterModel
internal import Diagnostics
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
        table.add(["COMMIT", "ENDED", "RESULT", "NODES", "SUBJECT"].map { ($0, Style.Tone.strong) })
        let clusters = Set(entries.flatMap(\.records).map(\.cluster))
        for entry in entries { add(entry, to: &table, namingClusters: clusters.count > 1) }
        return table.lines(style)
    }

    private func add(_ entry: HistoryEntry, to table: inout Table, namingClusters: Bool) {
        let results = Set(entry.records.map(\.result)).sorted()
        let result = results.isEmpty ? "-" : results.joined(separator: ",")
        let nodes = entry.records.map { namingClusters ? "\($0.cluster)/\($0.node)" : $0.node }.sorted().joined(separator: " ")
        table.add([
            (entry.commit.id.short, .changed), (ended(entry), nil), (result, tone(results)), (nodes.isEmpty ? "-" : nodes, nil),
            (entry.commit.title.singleLine, nil),
        ])
        for (error, nodes) in errors(entry) {
            table.add([("", nil), ("", nil), ("", nil), ("", nil), ("  \(nodes.joined(separator: ", ")): \(error)", .faint)])
        }
    }

    /// When the last node was done with it, to the minute.
    private func ended(_ entry: HistoryEntry) -> String {
        guard let last = entry.records.filter({ $0.waiting == nil }).map(\.finished).max() else { return "-" }
        return Self.minute(last)
    }

    /// The first line of each reason, and who gives it: all nodes refuse most commits alike.
    private func errors(_ entry: HistoryEntry) -> [(error: String, nodes: [String])] {
        var errors: [(error: String, nodes: [String])] = []
        for record in entry.records {
            guard let reason = record.error?.split(separator: "\n").first.map({ String($0).singleLine }) else { continue }
            let error = reason + (record.waiting.map { " (\($0.span))" } ?? "")
            if let index = errors.firstIndex(where: { $0.error == error }) {
                errors[index].nodes.append(record.node)
            } else {
                errors.append((error, [record.node]))
            }
        }
        return errors
    }

    private func tone(_ results: [String]) -> Style.Tone? {
        if results.isEmpty { return .faint }
        let well: Set = [CommitResult.converged.rawValue, CommitResult.superseded.rawValue]
        if well.isSuperset(of: results) { return .good }
        return well.union([NoteRecord.waitingResult]).isSuperset(of: results) ? .changed : .bad
    }

    /// To the minute.
    fileprivate static func minute(_ time: String) -> String { time.count > 16 ? time.prefix(16) + "Z" : time }
}

extension NoteRecord.Waiting {
    fileprivate var span: String {
        "since \(HistoryTable.minute(since).singleLine)" + (until.map { ", until \(HistoryTable.minute($0).singleLine)" } ?? "")
    }
}
