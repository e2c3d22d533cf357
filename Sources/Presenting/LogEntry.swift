internal import Diagnostics
internal import Records

/// A line of the log: what happened on a node, and when.
public struct LogEntry: Codable, Hashable, Sendable {
    public enum Level: String, Codable, Hashable, Sendable { case info, warning, error }

    public var version = "1"
    /// ISO 8601, in UTC.
    public let time: String
    public let level: Level
    public let message: String
    /// What kind of thing has happened (`Occasion`); nil for words that belong to none.
    public let event: String?
    /// In full.
    public let commit: String?
    /// The step that was taken.
    public let step: String?
    /// What is waited for.
    public let wait: String?
    /// Where it happened; nil is the node whose log it stands in.
    public private(set) var node: String?
    /// The branch that is not merged yet.
    public let proposal: Proposal?
    /// What a comment on the proposal says, in Markdown. It is told, and not kept.
    public private(set) var markdown: String? = nil

    public struct Proposal: Codable, Hashable, Sendable {
        public let branch, cluster: String
        public let verdict: ProposalNote.Verdict
    }

    private enum CodingKeys: String, CodingKey { case version, time, level, message, event, commit, step, wait, node, proposal }

    public init(
        time: String, level: Level, message: String, event: Occasion? = nil, commit: String? = nil, step: String? = nil, wait: String? = nil,
        proposal: ProposalNote? = nil
    ) {
        self.proposal = proposal.map { Proposal(branch: $0.branch, cluster: $0.cluster, verdict: $0.verdict) }
        self.markdown = proposal?.text
        self.time = time
        self.level = level
        self.message = Self.bounded(message)
        self.event = event?.rawValue
        self.commit = commit
        self.step = step
        self.wait = wait
    }

    public var json: String { JSON.line(self) }

    /// Whether it happened on that node, whose log it stands in.
    public func isOf(_ owner: String) -> Bool { node == nil || node == owner }

    /// The same, beside those of other nodes.
    public func happening(on node: String) -> LogEntry {
        var entry = self
        entry.node = node
        return entry
    }

    /// For people: the time, the first line, what else is known; further lines are indented.
    public func text(_ style: Style) -> String {
        let tone: Style.Tone = level == .error ? .bad : level == .warning ? .changed : .strong
        let details = [("step", step), ("wait", wait)].compactMap { name, value in value.map { " \(name)=\($0.terminalSafe)" } }.joined()
        let lines = message.split(separator: "\n").map { String($0).terminalSafe }
        let place = node.map { style($0.terminalSafe, .strong) + " " } ?? ""
        let first = "\(style(time, .faint)) \(place)\(level == .info ? lines.first ?? "" : style(lines.first ?? "", tone))"
        return ([first + style(details, .faint)] + lines.dropFirst().map { "    \($0)" }).joined(separator: "\n")
    }

    /// What a tool, or a commit, says may be of any length.
    private static func bounded(_ message: String) -> String {
        guard message.utf8.count > longestLine else { return message }
        let lines = message.split(separator: "\n")
        let shown = lines.prefix(mostLines).map { $0.utf8.count > longestLine ? $0.prefix(longestLine - 20) + " …" : $0 }
        return (shown + (lines.count > mostLines ? ["… and \(lines.count - mostLines) more lines"] : [])).joined(separator: "\n")
    }

    private static let longestLine = 500
    private static let mostLines = 30
}
