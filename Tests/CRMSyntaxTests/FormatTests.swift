import CRMSyntax
import Diagnostics
import Host
import Testing
import XML

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

    @Test("the example repository is laid out so")
    func example() throws {
        let directory = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/examples-repo/crm"
        let names = try FileTree().regularFiles(in: directory)
        #expect(names.count == 3)
        for name in names {
            let text = String(decoding: try FileTree().read("\(directory)/\(name)"), as: UTF8.self)
            #expect(formatted(text) == text, "\(name)")
        }
    }

    @Test("comments stay at the end of a file, in a continued statement's place, and where the statement behind them is gone")
    func commentsAtEdges() {
        #expect(formatted("node a\n# no line break at the end") == "node a\n# no line break at the end\n")
        #expect(formatted("# only a comment\n") == "# only a comment\n")
        #expect(formatted("# of a\nnode a\n# of what was deleted\n\n# of b\nnode b\n") == "# of a\nnode a\n# of what was deleted\n\n# of b\nnode b\n")
    }

    @Test("a comment between continued lines is no comment to crmsh: the statement is refused, and the text left as it is")
    func commentInside() {
        #expect(formatted("primitive p Dummy \\\n# why\n\tparams a=1\n") == nil)
    }

    @Test("a line break in a value, which only XML can say, is kept and warned of: Pacemaker would not keep it")
    func lineBreak() {
        let document = CRMDocument.parse(
            SourceText(path: "a.crm", text: "xml <tag id=\"t\" description=\"a&#10;b\"> <obj_ref id=\"x\"/> </tag>\n"))
        #expect(document.findings.map(\.severity) == [.warning])
        #expect(document.statements.first?.element["description"] == "a\nb")
    }

    @Test(
        "a set of defaults that crmsh shows without its section gets it back",
        arguments: [
            ("rsc_defaults", "<nvpair id=\"n\" name=\"migration-threshold\" value=\"1\"/>"),
            (
                "rsc_defaults",
                "<rule id=\"r\" score=\"0\"><rsc_expression id=\"e\" type=\"Dummy\"/></rule><nvpair id=\"n\" name=\"is-managed\" value=\"0\"/>"
            ),
            ("op_defaults", "<nvpair id=\"n\" name=\"timeout\" value=\"1\"/>"),
            ("op_defaults", "<rule id=\"r\" score=\"0\"><op_expression id=\"e\" name=\"start\"/></rule><nvpair id=\"n\" name=\"x\" value=\"1\"/>"),
        ])
    func lostSection(_ section: String, _ content: String) throws {
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: "xml <meta_attributes id=\"a.b\">\(content)</meta_attributes>\n"))
        #expect(document.findings.map(\.severity) == [.warning])
        let text = try #require(document.formatted)
        #expect(text.hasPrefix("xml <\(section)> \\\n  <meta_attributes id=\"a.b\">"))
        let again = CRMDocument.parse(SourceText(path: "a.crm", text: text))
        #expect(again.findings == [] && again.formatted == text)
        #expect(again.statements.map(\.element) == document.statements.map(\.element))
    }

    @Test("and is refused where its names leave open which", arguments: ["", "mine", "timeout is-managed"])
    func lostSectionUnknown(_ names: String) {
        let pairs = names.split(separator: " ").map { "<nvpair id=\"i-\($0)\" name=\"\($0)\" value=\"1\"/>" }.joined()
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: "xml <meta_attributes id=\"m\">\(pairs)</meta_attributes>\n"))
        #expect(document.findings.map(\.message) == ["nothing tells whether these are defaults of resources or of operations"])
        #expect(document.formatted == nil)
    }

    @Test("a byte order mark is named, not taken for a part of the first word")
    func byteOrderMark() {
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: "\u{FEFF}node alice\n"))
        #expect(document.findings.map(\.message) == ["the file begins with a byte order mark"])
        #expect(document.formatted == nil)
    }

    @Test("a text with errors is not laid out")
    func errors() {
        #expect(formatted("node alice\nprimitve x y\n") == nil)
        #expect(formatted("node alice \\") == nil)
        #expect(formatted("") == "")
    }

    @Test("a comment that ends in \\ goes on in the next line, and stays whole")
    func joinedComments() {
        let text = "# primitive x Dummy \\\n\tparams a=1\nnode b\n"
        #expect(formatted(text) == "# primitive x Dummy \\\nparams a=1\nnode b\n")
        #expect(formatted("# c \\\n\nnode b\n") == "# c \\\n\nnode b\n")
    }

    @Test("comments between DOS line ends stay")
    func carriageReturns() {
        #expect(formatted("node a\r\n# c\r\n\r\nnode b\r\n# d\r\n") == "node a\n# c\n\nnode b\n# d\n")
    }

    @Test("a comment that is no UTF-8 is not laid out, it would be lost")
    func latin1() {
        let document = CRMDocument.parse(SourceText(path: "a.crm", bytes: Array("# ".utf8) + [0xE4] + Array("\nnode a\n".utf8)))
        #expect(document.formatted == nil)
        #expect(document.findings.map(\.message) == ["this is not UTF-8 text"])
    }
}
