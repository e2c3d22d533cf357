import Diagnostics
import Testing

@Suite("A difference between two texts, for people")
struct TextDiffTests {
    @Test(
        "changed lines with one line around them",
        arguments: [
            ("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nX\ne\nf\n", "@@ 2 unchanged @@\n c\n-d\n+X\n e\n@@ 1 unchanged @@"),
            ("a\n", "a\nb\n", " a\n+b"),
            ("a\nb\n", "b\n", "-a\n b"),
            ("", "a\n", "+a"),
            ("a\nb\nc\nd\ne\n", "x\na\nb\nd\ne\n", "+x\n a\n b\n-c\n d\n@@ 1 unchanged @@"),
            ("a\nb", "a\nb\n", " a\n-b (no line break at the end)\n+b"),
            ("a\r\nb\r\n", "a\nb\r\n", "-a \n+a\n b "),
            ("x\u{1B}[2J\n", "", "-x [2J"),
        ])
    func lines(_ old: String, _ new: String, _ description: String) {
        #expect(TextDiff(from: old, to: new).description == description)
    }

    @Test("equal texts differ in nothing")
    func equal() {
        #expect(TextDiff(from: "a\nb\n", to: "a\nb\n").isEmpty)
        #expect(TextDiff(from: "", to: "").description == "")
    }

    @Test("a long difference is cut, and says so")
    func bounded() {
        let diff = TextDiff(from: "", to: String(repeating: "a\n", count: 1_000), limit: 3)
        #expect(diff.description == "+a\n+a\n+a\n@@ 997 more lines of this difference @@")
        let large = TextDiff(from: numbers(0..<50_000), to: numbers(50_000..<100_000))
        #expect(large.lines.count == 100_000)
    }

    @Test("the lines give back either text", arguments: 0..<20)
    func property(_ seed: Int) {
        let old = (0..<40).map { ($0 * $0 + seed) % 7 }
        let new = (0..<37).map { ($0 * $0 * 3 + seed) % 7 }
        let diff = TextDiff(from: text(old), to: text(new))
        var (kept, removed, added) = (0, 0, 0)
        for line in diff.lines {
            switch line {
            case .kept: kept += 1
            case .gap(let count): kept += count
            case .removed: removed += 1
            case .added: added += 1
            }
        }
        #expect(kept + removed == old.count)
        #expect(kept + added == new.count)
        #expect(removed < old.count)
    }

    private func numbers(_ range: Range<Int>) -> String { text(Array(range)) }

    private func text(_ numbers: [Int]) -> String { numbers.map { "\($0)\n" }.joined() }
}
