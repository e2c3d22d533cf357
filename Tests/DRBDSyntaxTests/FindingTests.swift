import DRBDSyntax
import Diagnostics
import Testing

@Suite("Mistakes are reported where they are, each once")
struct FindingTests {
    @Test(
        "with line, column, caret, and what was expected",
        arguments: [
            (
                "resource r0 {\n    net { protocol C }\n}\n",
                """
                a.res:2:21: error: a statement that is not ended
                        net { protocol C }
                                        ^
                    expected: a ; here
                """
            ),
            (
                "resource r0 {\n  protocol C\n  on alpha { }\n}\n",
                """
                a.res:2:13: error: a statement that is not ended
                      protocol C
                                ^
                    expected: a ; here
                """
            ),
            (
                "resource r0 {\n    net {\n}\n",
                """
                a.res:1:13: warning: a section that is not closed
                    resource r0 {
                                ^
                    expected: } before the end of the file
                """
            ),
            (
                "net { shared-secret \"abc; }\n  timeout 60; }\n",
                """
                a.res:1:21: error: a string without its closing quote
                    net { shared-secret *******
                                        ^~~~~~~
                    expected: " on the same line
                a.res:1:28: error: a statement that is not ended
                    net { shared-secret *******
                                               ^
                    expected: a ; here
                """
            ),
            (
                "net { shared-secret \"äbc;\n timeout 60; }\n",
                """
                a.res:1:21: error: a string without its closing quote
                    net { shared-secret *****
                                        ^~~~~
                    expected: " on the same line
                """
            ),
            (
                "net { }\n  }\n",
                """
                a.res:2:3: error: a } that closes nothing
                      }
                      ^
                    remove it
                """
            ),
            (
                "net { };\n",
                """
                a.res:1:8: error: a ; that ends no statement
                    net { };
                           ^
                    remove it
                """
            ),
            (
                "{ protocol C; }\n",
                """
                a.res:1:1: error: a section without a name
                    { protocol C; }
                    ^
                    expected: a keyword, such as net, before the {
                """
            ),
            (
                "disk /dev/a+b;\n",
                """
                a.res:1:6: error: characters that may stand in a quoted string only
                    disk /dev/a+b;
                         ^~~~~~~~
                    expected: letters, digits, / . _ - without quotes
                    write "/dev/a+b"
                """
            ),
            (
                "meta-disk /dev/a [0;\n",
                """
                a.res:1:18: error: a bracket that is not closed
                    meta-disk /dev/a [0;
                                     ^~
                    expected: ]
                """
            ),
            (
                "resource a { }\nresource b { }\nresource \"a\" { }\n",
                """
                a.res:3:1: error: the resource "a" is defined twice in this file
                    resource "a" { }
                    ^~~~~~~~~~~~
                    drbdadm refuses it: remove or rename one
                """
            ),
        ])
    func mistake(_ text: String, _ report: String) {
        #expect(Findings(findings(text)).description == report)
    }

    @Test("a file with several mistakes has several findings")
    func several() {
        let found = findings("resource r0 { net { protocol C }\n ; disk a+b; }\n}\n")
        #expect(found.compactMap(\.place?.line) == [1, 2, 2, 3])
    }

    @Test("what drbdadm skips is not judged, what follows is")
    func skipped() {
        #expect(findings("skip net { protocol; = ; frob }\nskip disk { }").isEmpty)
        #expect(findings("skip net { a }a+b;").map(\.place?.column) == [15])
        #expect(findings("resource a { skip net { a+b; }").map(\.message) == ["a section that is not closed"])
    }

    @Test("sections nest 16 deep and no deeper")
    func nesting() {
        func nested(_ depth: Int) -> String {
            String(repeating: "a { ", count: depth) + String(repeating: "}", count: depth)
        }
        #expect(findings(nested(16)).isEmpty)
        #expect(findings(nested(17)).map(\.message) == ["sections nested deeper than 16"])
        #expect(findings(nested(100_000)).map(\.message) == ["sections nested deeper than 16"])
    }

    @Test("words as long as drbdadm takes them, and no longer")
    func length() {
        func bare(_ count: Int) -> String { "a " + String(repeating: "x", count: count) + ";" }
        func quoted(_ count: Int) -> String { "a \"" + String(repeating: "x", count: count) + "\";" }
        #expect(findings(bare(128) + quoted(255)).isEmpty)
        #expect(findings(bare(129)).count == 1)
        #expect(findings(quoted(256)).count == 1)
    }

    @Test("a file of a mebibyte and no larger")
    func size() {
        let comment = "#" + String(repeating: "x", count: (1 << 20) - 1)
        #expect(findings(comment).isEmpty)
        #expect(findings(comment + "x").map(\.message) == ["more than 1048576 bytes in a file of DRBD's"])
    }

    @Test("50,000 statements and no more, of sections and parameters together; what is skipped counts too")
    func count() {
        for (text, each) in [("a;", 1), ("a { b; }", 2), ("skip a { b; }", 2)] {
            let most = String(repeating: text, count: 50_000 / each)
            #expect(findings(most).isEmpty)
            #expect(findings(most + "z;").map(\.message) == ["more than 50000 statements in a file of DRBD's"])
        }
    }

    @Test("at most 100 findings")
    func bounded() {
        #expect(findings(String(repeating: "}", count: 5_000)).count == 101)
        #expect(findings(String(repeating: "resource a { }", count: 5_000)).count == 100)
    }

    @Test("bytes that are no text")
    func encoding() {
        let latin = DRBDConfiguration.parse(
            SourceText(path: "a.res", bytes: Array("# M".utf8) + [0xFC] + Array("ller\n".utf8)))
        #expect(latin.findings.map(\.message) == ["bytes that are not UTF-8"])
        #expect(latin.findings.first?.place?.column == 4)
        #expect(findings("net { }\n\u{0}").map(\.message) == ["a NUL byte in a text file"])
    }

    private func findings(_ text: String) -> [Finding] {
        DRBDConfiguration.parse(SourceText(path: "a.res", text: text)).findings
    }
}
