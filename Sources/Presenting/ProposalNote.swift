public import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
internal import Records

/// What a branch would do if it were merged: the note on its newest commit, and the comment of who reviews it.
///
/// Markdown for people; below it, in a comment of HTML that no page shows, a line for programs: who posts it anew finds its own by that.
public struct ProposalNote: Hashable, Sendable {
    /// What it was planned against. A plan for another state is an old one.
    public struct Base: Codable, Hashable, Sendable {
        /// The branch's newest commit, as it was merged.
        public let commit: String
        /// The newest commit of the branch that is followed.
        public let onto: String
        /// The commit in force; nil where the cluster has none.
        public let applied: String?

        public init(_ commit: CommitID, onto: CommitID, applied: CommitID?) {
            (self.commit, self.onto, self.applied) = (commit.hex, onto.hex, applied?.hex)
        }
    }

    public enum Verdict: String, Codable, Hashable, Sendable {
        case approved, waiting, refused
        /// Something in it is wrong, whatever the cluster is like.
        case invalid
        /// It can't be merged as it is.
        case conflicting

        /// Whether nothing speaks against merging it.
        public var isGood: Bool { self == .approved || self == .waiting }
    }

    public let base: Base
    /// `refs/heads/change/7`.
    public let branch: String
    public let cluster: String
    public let node: String
    /// ISO 8601.
    public let time: String
    public let verdict: Verdict
    /// One line.
    public let summary: String
    private let body: [String]

    /// - Parameters:
    ///   - summary: one line, of words that are ours.
    ///   - body: paragraphs of Markdown.
    public init(
        _ base: Base, branch: String, cluster: String, node: String, time: String, verdict: Verdict, summary: String, body: [String]
    ) {
        self.base = base
        self.branch = branch
        self.cluster = cluster
        self.node = node
        self.time = time
        self.verdict = verdict
        self.summary = summary
        self.body = body
    }

    /// The whole text.
    public var text: String {
        let place = "\(Markdown.code(branch)) merged into \(Markdown.code(String(base.onto.prefix(10)))), cluster \(Markdown.code(cluster))"
        let origin = "planned on \(Markdown.code(node)), \(time)"
        return (["### Coxswain: \(summary)", "\(place); \(origin)"] + body + [mark]).joined(separator: "\n\n") + "\n"
    }

    // MARK: For programs

    private struct Mark: Codable {
        var version = 1
        var base: Base
        var branch, cluster: String
        var verdict: Verdict
    }

    private static let (opening, closing) = ("<!-- coxswain proposal ", " -->")

    private var mark: String {
        let line = JSON.line(Mark(base: base, branch: branch, cluster: cluster, verdict: verdict))
        return Self.opening + line.replacing(">", with: "\\u003e") + Self.closing
    }

    /// What the plan in such a note was made against; nil where it is none of ours.
    public static func base(in text: String) -> Base? {
        guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix(opening) && $0.hasSuffix(closing) }) else { return nil }
        let json = line.dropFirst(opening.count).dropLast(closing.count)
        return try? JSONDecoder().decode(Mark.self, from: Data(json.utf8)).base
    }
}

extension ProposalNote {
    /// Bytes of a plan that such a note shows: notes have room for 16 KiB.
    public static let longestPlan = 8 << 10

    /// Paragraphs about a plan.
    public static func body(of plan: PlanMarkdown) -> [String] { plan.body }

    /// Words from elsewhere.
    public static func body(_ lead: String, _ lines: [String]) -> [String] {
        [lead, Markdown.block(Markdown.bounded(lines, to: longestPlan))]
    }
}
