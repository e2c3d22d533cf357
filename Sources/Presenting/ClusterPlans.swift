internal import Diagnostics
internal import Planning
internal import Records
public import Safety
internal import Steps

/// What a commit would do to each of the clusters that one repository holds.
public struct ClusterPlans {
    /// One of them: a line of the table.
    public struct Entry: Codable, Hashable, Sendable {
        public enum Verdict: String, Codable, Hashable, Sendable {
            /// Nothing is to be done.
            case unchanged
            case approved, waiting, refused
            /// Something that is needed for a judgement is not there.
            case unknown
        }

        /// The directory in the repository; empty for its root.
        public let path: String
        public let cluster: String
        public let verdict: Verdict
        public let create, change, delete: Int
        /// What speaks against it, or keeps it from being judged.
        public let reasons: [String]

        /// - Parameter cluster: its name, as the repository calls it.
        public init(_ path: String, _ cluster: String, _ evidence: Evidence) {
            let plan = evidence.plan
            self.path = path
            self.cluster = cluster
            (create, change, delete) = (plan.count(.create), plan.count(.change), plan.count(.delete))
            switch evidence.judge() {
            case .approved: (verdict, reasons) = (plan.isEmpty ? .unchanged : .approved, [])
            case .waiting(let objections): (verdict, reasons) = (plan.isEmpty ? .unchanged : .waiting, objections.map(\.description))
            case .refused(let objections): (verdict, reasons) = (.refused, objections.map(\.description))
            case .undecided(let objections): (verdict, reasons) = (.unknown, objections.map(\.description))
            }
        }

        /// One that could not be planned for.
        public init(_ path: String, _ cluster: String, _ verdict: Verdict, because reasons: [String]) {
            self.path = path
            self.cluster = cluster
            self.verdict = verdict
            (create, change, delete) = (0, 0, 0)
            self.reasons = reasons
        }
    }

    private struct Document: Encodable {
        let version = 1
        let clusters: [Entry]
    }

    public let entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }

    public var json: String { JSON.text(Document(clusters: entries)) }

    /// - Parameter isWhole: whether clusters that nothing is done to are listed too.
    public func lines(_ style: Style, isWhole: Bool = false) -> [String] {
        let shown = entries.filter { isWhole || $0.verdict != .unchanged }
        var table = Table()
        if !shown.isEmpty { table.add(["PATH", "CLUSTER", "PLAN", "VERDICT"].map { ($0, Style.Tone.strong) }) }
        for entry in shown {
            table.add([
                (entry.path.isEmpty ? "." : entry.path.singleLine, nil), (entry.cluster.singleLine, nil),
                ("+\(entry.create) ~\(entry.change) -\(entry.delete)", nil), (entry.verdict.rawValue, entry.verdict.tone),
            ])
            if let reason = entry.reasons.first?.split(separator: "\n").first {
                table.add([("", nil), ("", nil), ("", nil), ("  " + String(reason).singleLine, .faint)])
            }
        }
        return table.lines(style) + [summary]
    }

    private var summary: String {
        let counts = Dictionary(grouping: entries, by: \.verdict).mapValues(\.count)
        let words = [Entry.Verdict.unchanged, .approved, .waiting, .refused, .unknown].compactMap { verdict in
            counts[verdict].map { "\($0) \(verdict.rawValue)" }
        }
        return "\(entries.count) cluster\(entries.count == 1 ? "" : "s"): \(words.joined(separator: ", "))"
    }
}

extension ClusterPlans.Entry.Verdict {
    fileprivate var tone: Style.Tone? {
        switch self {
        case .unchanged: nil
        case .approved: .good
        case .waiting: .changed
        case .refused, .unknown: .bad
        }
    }
}
