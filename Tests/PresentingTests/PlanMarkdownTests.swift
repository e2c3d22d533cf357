import ClusterModel
import LiveState
import Planning
import Presenting
import Repository
import Safety
import TestKit
import Testing

@Suite("A plan as Markdown")
struct PlanMarkdownTests {
    private func markdown(_ plan: Plan, _ message: String, _ change: (inout Evidence) -> Void = { _ in }) -> String {
        var evidence = Evidence(of: plan, commit: Commit(id: .desired, tree: "", author: "", time: 0, message: message))
        change(&evidence)
        return PlanMarkdown(evidence).text
    }

    @Test("counts, the commit, the plan as a coloured difference")
    func whole() throws {
        let plan = try Scene(base: "primitive a Dummy params x=1\nprimitive c Dummy", desired: "primitive a Dummy params x=2\nprimitive b Dummy")
            .plan()
        let text = markdown(plan, "Replace c")
        #expect(
            text.hasPrefix(
                "### Coxswain: 1 to create, 1 to change, 1 to delete\n\nCommit ` \(CommitID.desired.short) ` ` Replace c `\n\n<details open>"))
        let lines = text.split(separator: "\n")
        for line in ["! primitive a", "+ primitive b ocf:heartbeat:Dummy", "- primitive c", "```diff", "</details>"] {
            #expect(lines.contains { $0.hasPrefix(line) }, "\(line) is missing: \(text)")
        }
    }

    @Test("what speaks against it, or has to settle, comes before the plan")
    func refused() throws {
        let plan = try Scene(base: "primitive a Dummy", desired: "primitive b Dummy").plan()
        let text = markdown(plan, "x") { $0.verification = .complaints(["error: no"]) }
        #expect(text.hasPrefix("### Coxswain: refused (1 to create, 0 to change, 1 to delete)"))
        #expect(text.contains("What speaks against it:\n\n```text\n") && text.contains("error: no"))
        let later = markdown(plan, "x") {
            $0.live.cluster = .init(hasQuorum: true, dc: nil, nodes: [], resources: [], isIdle: true, inMaintenance: false)
        }
        #expect(later.contains("It would wait:\n\n```text\nno designated controller"))
    }

    @Test("nothing of a commit is markup, breaks out of its code or calls anybody")
    func harmless() throws {
        let plan = try Scene(base: "primitive a Dummy", desired: "primitive a Dummy params x=\"```\n</details>@everyone\"").plan()
        let text = markdown(plan, "`` @all <img src=x> ``` **")
        #expect(text.contains("```` `` @all <img src=x> ``` ** ````"))
        #expect(text.contains("````diff\n") && text.hasSuffix("\n````\n\n</details>\n"))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("</details>") }.count == 1)
    }

    @Test("it fits into a comment, and says what is left out")
    func long() throws {
        let many = (0..<3000).map { "primitive r\($0) Dummy params x=\($0)" }.joined(separator: "\n")
        let text = markdown(try Scene(base: "", desired: many).plan(), "many")
        #expect(text.utf8.count < 65_000 && text.contains("lines more: coxswain plan\n```\n\n</details>"))
        #expect(text.contains("<details><summary>"))
    }
}
