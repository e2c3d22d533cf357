import CRMSyntax
import Diagnostics
import Testing

struct FormatTests {
    private func formatted(_ text: String) -> String? {
        CRMDocument.parse(SourceText(path: "a.crm", text: text)).formatted
    }

    private func comments(_ text: String) -> [Substring] { text.split(separator: "\n").filter { $0.hasPrefix("#") } }

    @Test("statements are laid out as crmsh shows them; comments and paragraphs stay")
    func layout() {
        let text = """

            #  the nodes

            # first
            NODE   alice   standby=on\u{20}
            # second
              # of two lines
            node bob:remote


            master m p meta a="1" \\
               b='x y'
            xml <tag id="t"><obj_ref id="m"/></tag>
            # the end


            """
        let expected = """
            #  the nodes

            # first
            node alice \\
            \tattributes standby=on
            # second
            # of two lines
            node bob:remote

            ms m p \\
            \tmeta a=1 b="x y"
            xml <tag id="t"> \\
              <obj_ref id="m"/> \\
            </tag>
            # the end

            """
        #expect(formatted(text) == expected)
        #expect(formatted(expected) == expected)
    }

    @Test("what is laid out means the same, and stays as it is", arguments: ["Forms", "Objects"])
    func idempotent(_ name: String) throws {
        let source = SourceText(path: name, text: try TestFile("Fixtures/\(name).crm").text)
        let before = CRMDocument.parse(source)
        let text = try #require(before.formatted)
        let after = CRMDocument.parse(SourceText(path: name, text: text))
        #expect(after.statements.count == before.statements.count)
        #expect(after.formatted == text)
        #expect(comments(text) == comments(source.text))
    }

    @Test("crmsh's syntax can't say this date: it stays as it was written")
    func inexpressible() {
        let text = "location l r rule date spec   minutes=5\n"
        #expect(formatted(text) == text)
    }

    @Test("a text with errors is not laid out")
    func errors() {
        #expect(formatted("node alice\nprimitve x y\n") == nil)
        #expect(formatted("node alice \\") == nil)
        #expect(formatted("") == "")
    }
}
