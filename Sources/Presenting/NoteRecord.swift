internal import CIB
public import ClusterModel
internal import Desired
internal import Diagnostics
public import FoundationEssentials
public import Planning
public import Reconciling

/// What is written down about a commit on one node: for people above, for programs below.
public struct NoteRecord: Codable, Hashable, Sendable {
    public static let currentVersion = 1

    public var version = Self.currentVersion
    public var result: String
    public var cluster: String
    public var node: String
    public var commit: String
    /// When work on the commit began and ended: ISO 8601, UTC.
    public var started: String
    public var finished: String
    /// The version of the CIB before and after, where it was read.
    public var cibBefore: String?
    public var cibAfter: String?
    public var changes: [ObjectChange] = []
    public var files: [ObjectChange] = []
    public var held: [String] = []
    /// The error, or the reasons of a refusal.
    public var error: String?
    /// What was carried out, as crmsh reads it.
    public var script: String?

    public struct ObjectChange: Codable, Hashable, Sendable {
        public var action: String
        public var kind: String
        public var name: String
    }

    public init(
        result: Reconciler.Result, cluster: String, node: String, commit: CommitID, started: Date, finished: Date
    ) {
        self.result = result.word
        self.cluster = cluster
        self.node = node
        self.commit = commit.hex
        self.started = started.formatted(.iso8601)
        self.finished = finished.formatted(.iso8601)
    }

    /// Writes down what stays as it is although git says otherwise.
    public mutating func hold(_ plan: Plan) {
        held = plan.held.map { "\($0.object.name): \($0.description) (\($0.holder.rawValue))" }
    }

    /// Writes down the transaction of a plan.
    public mutating func carriedOut(_ plan: Plan) {
        changes = plan.changes.map { ObjectChange(action: $0.action.rawValue, kind: $0.keyword, name: $0.id.name) }
        script = plan.changes.isEmpty ? nil : try? plan.script()
    }

    /// Writes down the files that this node has written or removed.
    public mutating func wrote(_ changes: [FileChange]) {
        files = changes.map { ObjectChange(action: $0.action.rawValue, kind: $0.format.rawValue, name: $0.path) }
    }

    public var didNothing: Bool { changes.isEmpty && files.isEmpty }
}

extension NoteRecord {
    private static let fence = "--- coxswain note"
    /// "Versioned, bounded (16 KiB)": so much is left for the script when it is long.
    private static let scriptLimit = 5 << 10

    /// The whole note. The script appears once, in the part for people.
    public var text: String {
        var record = self
        let script = record.script.map(Self.bounded)
        record.script = nil
        return ([summary] + details + [script].compactMap(\.self) + [record.block]).joined(separator: "\n\n") + "\n"
    }

    private var summary: String {
        var lines = ["coxswain: \(result) on \(node), cluster \(cluster), \(finished)"]
        if let cibBefore { lines.append("CIB \(cibBefore)" + (cibAfter.map { " -> \($0)" } ?? "")) }
        return lines.joined(separator: "\n")
    }

    private var details: [String] {
        let sections = [
            error.map { [$0.terminalSafeLines] } ?? [],
            Self.listed(changes), Self.listed(files), Self.bounded(held.map { "held: \($0)" }),
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
    }

    private static func listed(_ changes: [ObjectChange]) -> [String] {
        bounded(changes.map { "\($0.action) \($0.kind) \($0.name)" })
    }

    private static func bounded(_ lines: [String]) -> [String] {
        let shown = lines.prefix(40).map(\.terminalSafe)
        return lines.count > shown.count ? shown + ["… and \(lines.count - shown.count) more"] : Array(shown)
    }

    private static func bounded(_ script: String) -> String {
        guard script.utf8.count > scriptLimit else { return script.terminalSafeLines }
        let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
        var size = 0
        let shown = lines.prefix { size += $0.utf8.count + 1; return size < scriptLimit }
        return shown.joined(separator: "\n").terminalSafeLines + "\n# … and \(lines.count - shown.count) more lines"
    }

    /// One line of JSON behind a line that names it; long lists are cut.
    private var block: String {
        var record = self
        record.changes = Array(changes.prefix(40))
        record.files = Array(files.prefix(40))
        record.held = Array(held.prefix(20))
        record.error = error.map { String($0.prefix(2000)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return "\(Self.fence) \(version)\n\(json)"
    }

    /// The records of a note, oldest first: a note grows when a commit is worked on again.
    public static func records(in note: String) -> [NoteRecord] {
        let lines = note.split(separator: "\n")
        return zip(lines, lines.dropFirst()).compactMap { fence, json in
            guard fence.hasPrefix(Self.fence) else { return nil }
            return try? JSONDecoder().decode(NoteRecord.self, from: Data(json.utf8))
        }
    }
}

extension String {
    /// Like `terminalSafe`, but for its line breaks and tabs.
    var terminalSafeLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).terminalSafe }
                .joined(separator: "\t")
        }.joined(separator: "\n")
    }
}
