public import ClusterModel
public import Diagnostics
internal import Planning
public import Safety
internal import Steps

/// A plan for those who review a commit: a comment of a code host, the summary of a job.
///
/// What comes from the repository or the cluster stands in code only, so that it can't be markup there, nor call anybody.
public struct PlanMarkdown {
    private let evidence: Evidence
    private let verdict: Verdict
    private let plan: [String]
    private let longest: Int

    /// GitHub takes comments of 65,536 characters.
    public static let longestComment = 60_000

    /// - Parameter longest: bytes of the plan's text that are shown at most.
    public init(_ evidence: Evidence, previews: [String: [String]] = [:], longest: Int = longestComment) {
        self.evidence = evidence
        self.longest = longest
        verdict = evidence.judge()
        plan = PlanText(evidence, previews: previews, style: .plain).lines
    }

    /// Of a commit that can't be planned.
    public static func text(wrong findings: [Finding], in commit: Commit?) -> String {
        let subject = commit.map { "Commit \(Markdown.code($0.id.short)) \(Markdown.code($0.title))" }
        let lines = findings.flatMap { $0.description.split(separator: "\n").map(String.init) }
        let paragraphs = ["### Coxswain: wrong", subject].compactMap(\.self) + ProposalNote.body("It can't be applied:", lines)
        return paragraphs.joined(separator: "\n\n") + "\n"
    }

    public var text: String {
        (["### Coxswain: \(summary)", subject].compactMap(\.self) + body).joined(separator: "\n\n") + "\n"
    }

    /// What speaks against it, and the plan.
    var body: [String] { reasons + [details] }

    /// What comes of it, in one line without anything from the repository.
    public var summary: String {
        let plan = evidence.plan
        let counts = "\(plan.count(.create)) to create, \(plan.count(.change)) to change, \(plan.count(.delete)) to delete"
        return switch verdict {
        case .approved, .waiting: plan.isEmpty ? "nothing to do" : counts
        case .refused: "refused (\(counts))"
        case .undecided: "can't be judged (\(counts))"
        }
    }

    private var subject: String? {
        evidence.plan.commit.map { "Commit \(Markdown.code($0.short)) \(Markdown.code(evidence.commit?.title ?? ""))" }
    }

    private var reasons: [String] {
        switch verdict {
        case .approved: []
        case .waiting(let objections): ["It would wait:", block(objections)]
        case .refused(let objections): ["What speaks against it:", block(objections)]
        case .undecided(let objections): ["What has to be asked does not answer:", block(objections)]
        }
    }

    private func block(_ objections: [Objection]) -> String { Markdown.block(Markdown.bounded(objections.lines, to: longest / 3)) }

    private var details: String {
        let lines = Markdown.bounded(plan.map(Self.difference), to: longest, otherwise: ": coxswain plan")
        let isOpen = lines.count <= 60 ? " open" : ""
        return "<details\(isOpen)><summary>Plan</summary>\n\n" + Markdown.block(lines, "diff") + "\n\n</details>"
    }

    /// Code hosts colour the lines of a difference by their first letter: `!` is theirs for what changes.
    private static func difference(_ line: String) -> String {
        for (sign, letter) in ["  + ": "+ ", "  - ": "- ", "  ~ ": "! "] where line.hasPrefix(sign) { return letter + line.dropFirst(4) }
        guard line.hasPrefix("      +") || line.hasPrefix("      -") else { return line }
        let rest = line.drop { $0 == " " }
        return "\(rest.prefix(1))     \(rest.dropFirst())"
    }
}

extension [Objection] {
    fileprivate var lines: [String] { flatMap { $0.description.split(separator: "\n").map(String.init) } }
}
