internal import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
internal import Presenting
internal import Reconciling
internal import Records

/// How commits ended before this process was started, as the diary of this node and its notes have it: who listens has heard of that.
struct FormerEnds: Sendable {
    private var entries: [String: LogEntry] = [:]
    /// When a commit was last found converged; seconds since 1970.
    private(set) var lastSuccess: Double?

    private static let ends: Set<Occasion> = [.converged, .refused, .failed, .superseded, .unhealthy, .rolledBack]

    mutating func add(_ entry: LogEntry) {
        guard let commit = entry.commit, let event = entry.event.flatMap(Occasion.init(rawValue:)), Self.ends.contains(event) else { return }
        if event == .converged, let time = try? Date(entry.time, strategy: .iso8601) {
            lastSuccess = max(lastSuccess ?? 0, time.timeIntervalSince1970)
        }
        // Both name their moments in UTC, in the same form.
        if let known = entries[commit], known.time > entry.time { return }
        entries[commit] = entry
    }

    mutating func add(_ record: NoteRecord) {
        guard let commit = CommitID(record.commit), let event = Occasion(rawValue: record.result) else { return }
        let message = LogEntry.message(of: commit, record.result, record.error ?? "")
        add(LogEntry(time: record.finished, level: .info, message: message, event: event, commit: commit.hex))
    }

    /// When this very end was told; nil where it is news. What is asked about is known from then on to who lives.
    mutating func moment(of conclusion: Conclusion) -> String? {
        guard let former = entries.removeValue(forKey: conclusion.commit.hex), former.event == Occasion(conclusion.result).rawValue else {
            return nil
        }
        if let work = conclusion.work, !work.done.isEmpty || work.transaction != nil { return nil }
        guard conclusion.result == .refused || conclusion.result == .invalid else { return former.time }
        // What speaks against a commit may be something else by now.
        let message = LogEntry.message(of: conclusion.commit, conclusion.result.word, conclusion.text)
        let now = LogEntry(time: former.time, level: .error, message: message)
        return now.message.shape == former.message.shape ? former.time : nil
    }
}

extension LogEntry {
    static func message(of commit: CommitID, _ result: String, _ text: String) -> String {
        "\(commit.short) \(result)" + (text.isEmpty ? "" : ": \(text)")
    }
}
