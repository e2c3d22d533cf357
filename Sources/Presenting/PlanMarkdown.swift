internal import ClusterModel
internal import Diagnostics
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

    /// GitHub takes comments of 65,536 characters.
    private static let longest = 60_000

    public init(_ evidence: Evidence, previews: [String: [String]] = [:]) {
        self.evidence = evidence
        verdict = evidence.judge()
        plan = PlanText(evidence, previews: previews, style: .plain).lines
    }

    public var text: String {
        ([title, subject] + reasons + [details]).compactMap(\.self).joined(separator: "\n\n") + "\n"
    }

    private var title: String {
        let plan = evidence.plan
        let counts = "\(plan.count(.create)) to create, \(plan.count(.change)) to change, \(plan.count(.delete)) to delete"
        let words =
            switch verdict {
            case .approved, .waiting: plan.isEmpty ? "nothing to do" : counts
            case .refused: "refused (\(counts))"
            case .undecided: "can't be judged (\(counts))"
            }
        return "### Coxswain: \(words)"
    }

    private var subject: String? {
        evidence.plan.commit.map { "Commit \(Self.code($0.short)) \(Self.code(evidence.commit?.title ?? ""))" }
    }

    private var reasons: [String] {
        switch verdict {
        case .approved: []
        case .waiting(let objections): ["It would wait:", Self.block(objections.lines)]
        case .refused(let objections): ["What speaks against it:", Self.block(objections.lines)]
        case .undecided(let objections): ["What has to be asked does not answer:", Self.block(objections.lines)]
        }
    }

    private var details: String {
        var (lines, size) = ([String](), 0)
        for line in plan.map(Self.difference) {
            size += line.utf8.count + 1
            guard size <= Self.longest else {
                lines.append("  … and \(plan.count - lines.count) lines more: coxswain plan")
                break
            }
            lines.append(line)
        }
        let isOpen = lines.count <= 60 ? " open" : ""
        return "<details\(isOpen)><summary>Plan</summary>\n\n" + Self.block(lines, "diff") + "\n\n</details>"
    }

    /// Code hosts colour the lines of a difference by their first letter: `!` is theirs for what changes.
    private static func difference(_ line: String) -> String {
        for (sign, letter) in ["  + ": "+ ", "  - ": "- ", "  ~ ": "! "] where line.hasPrefix(sign) { return letter + line.dropFirst(4) }
        guard line.hasPrefix("      +") || line.hasPrefix("      -") else { return line }
        let rest = line.drop { $0 == " " }
        return "\(rest.prefix(1))     \(rest.dropFirst())"
    }

    // MARK: Code

    /// A fence is longer than any in what it holds.
    private static func block(_ lines: [String], _ language: String = "text") -> String {
        let fence = String(repeating: "`", count: max(3, 1 + (lines.map(longestRun).max() ?? 0)))
        return "\(fence)\(language)\n\(lines.map(\.terminalSafe).joined(separator: "\n"))\n\(fence)"
    }

    private static func code(_ text: String) -> String {
        let fence = String(repeating: "`", count: 1 + longestRun(text))
        return text.isEmpty ? "" : "\(fence) \(text.singleLine) \(fence)"
    }

    private static func longestRun(_ text: String) -> Int {
        text.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
    }
}

extension [Objection] {
    fileprivate var lines: [String] { flatMap { $0.description.split(separator: "\n").map(String.init) } }
}
