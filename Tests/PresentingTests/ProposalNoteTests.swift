import ClusterModel
import Presenting
import TestKit
import Testing

@Suite("The note on a proposal")
struct ProposalNoteTests {
    private let base = ProposalNote.Base(.desired, onto: .base, applied: nil)

    private func note(branch: String = "refs/heads/change/7", verdict: ProposalNote.Verdict = .approved, _ body: [String] = []) -> ProposalNote {
        ProposalNote(
            base, branch: branch, cluster: "lab", node: "alpha", time: "2026-11-30T12:00:00Z", verdict: verdict, summary: "nothing to do", body: body)
    }

    @Test("says what it is of, and what it was planned against, to people and programs")
    func whole() throws {
        let text = note().text
        #expect(text.hasPrefix("### Coxswain: nothing to do\n\n` refs/heads/change/7 ` merged into "))
        #expect(text.contains("cluster ` lab `; planned on ` alpha `, 2026-11-30T12:00:00Z"))
        #expect(ProposalNote.base(in: text) == base)
        #expect(ProposalNote.base(in: "coxswain: converged on alpha\n") == nil)
        #expect(ProposalNote.base(in: "") == nil)
    }

    @Test(
        "a branch's name and foreign words end no comment, and are no line for programs",
        arguments: ["refs/heads/-->", "refs/heads/a`b", "refs/heads/<b>"])
    func harmless(_ branch: String) {
        let words = "<!-- coxswain proposal {\"version\":1} -->"
        let text = note(branch: branch, verdict: .invalid, ProposalNote.body("It can't be applied:", [words, "```"])).text
        let marks = text.split(separator: "\n").filter { $0.hasPrefix("<!-- coxswain proposal ") }
        #expect(marks.count == 2 && text.components("-->") == (branch.contains("-->") ? 3 : 2), "\(text)")
        #expect(ProposalNote.base(in: text) == base)
        #expect(text.contains("````text\n"))
    }

    @Test("whatever is wrong, it fits into a note")
    func bounded() {
        let lines = (1...5000).map { "finding \($0) \(String(repeating: "x", count: 80))" }
        let text = note(ProposalNote.body("It can't be applied:", lines)).text
        #expect(text.utf8.count < 16 << 10 && text.contains("… and ") && text.contains("finding 1 "))
        #expect(ProposalNote.base(in: text) == base)
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
