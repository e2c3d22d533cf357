import CRMSyntax
import Diagnostics
import Testing

@Suite("How much of a .crm file is read")
struct BoundTests {
    @Test("a statement of a megabyte, and no longer one")
    func statement() {
        let head = "node a description=\""
        let text = { (length: Int) in head + String(repeating: "x", count: length - head.utf8.count - 1) + "\"" }
        #expect(findings(text(1 << 20)).isEmpty)
        #expect(findings(text(1 << 20 + 1)).map(\.message) == ["more than 1048576 bytes in a statement"])
    }

    @Test("a hundred errors, and then that there are more")
    func errors() {
        let messages = findings(String(repeating: "primitve x y\n", count: 500)).map(\.message)
        #expect(messages.count == 101)
        #expect(messages.last == "more than 100 errors in this file; the rest is not shown")
        #expect(findings(String(repeating: "primitve x y\n", count: 100)).count == 100)
        #expect(findings(String(repeating: "node a\n", count: 500)).count == 101)
    }

    @Test("512 attributes of a part of a bundle")
    func attributes() {
        let bundle = { (count: Int) in
            "bundle b docker " + (0..<count).map { "a\($0)=1" }.joined(separator: " ")
        }
        #expect(findings(bundle(512)).isEmpty)
        #expect(findings(bundle(513)).map(\.message) == ["more than 512 attributes in a row"])
    }

    @Test(
        "a statement as long as it may be is read in no time, whatever it says",
        arguments: [
            String(repeating: "\\", count: 1_000_000), String(repeating: "\\ ", count: 500_000), String(repeating: "( ", count: 400_000),
        ])
    func time(_ rest: String) {
        let duration = ContinuousClock().measure { _ = findings("colocation c inf: " + rest) }
        #expect(duration < .seconds(20))
    }
}
