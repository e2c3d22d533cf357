import Diagnostics
import Testing
import XenSyntax

@Suite("Mistakes are reported where they are, each once")
struct FindingTests {
    @Test(
        "with line, column, caret, and what was expected",
        arguments: [
            (
                "import os, re\nname = 'a'\n",
                """
                a.cfg:1:1: error: a statement of Python: xl reads settings only
                    import os, re
                    ^~~~~~
                    expected: key = value
                    write out what it computes
                """
            ),
            (
                "name = \"xps-%d\" % vmid\n",
                """
                a.cfg:1:17: error: an expression: xl reads no Python
                    name = "xps-%d" % vmid
                                    ^
                    write the value out
                """
            ),
            (
                "timeoffset = -3600\n",
                """
                a.cfg:1:14: error: a negative number without quotes
                    timeoffset = -3600
                                 ^
                    put it in quotes
                """
            ),
            (
                "vif = ( 'a', 'b' )\n",
                """
                a.cfg:1:7: error: a tuple or dictionary of Python
                    vif = ( 'a', 'b' )
                          ^
                    expected: a list in [ ]
                """
            ),
            (
                "vnclisten = 127.0.0.1\n",
                """
                a.cfg:1:16: error: a broken number without quotes
                    vnclisten = 127.0.0.1
                                   ^
                    put it in quotes
                """
            ),
            (
                "builder = hvm\n",
                """
                a.cfg:1:11: error: a text without quotes
                    builder = hvm
                              ^~~
                    write "hvm"
                """
            ),
            (
                "acpi = True\n",
                """
                a.cfg:1:8: error: a truth value of Python
                    acpi = True
                           ^~~~
                    write 1
                """
            ),
            (
                "Memory = 256\n",
                """
                a.cfg:1:1: error: a key that xl can't read
                    Memory = 256
                    ^~~~~~
                    expected: a lower-case letter, then lower-case letters, digits, _
                    write memory
                """
            ),
            (
                "disk = [ 'a',\n  'b'\nvif = [ 'c' ]\n",
                """
                a.cfg:1:8: error: a list that is not closed
                    disk = [ 'a',
                           ^
                    expected: ] before vif is set
                """
            ),
            (
                "disk = [ 'a'\n  'b' ]\n",
                """
                a.cfg:2:3: error: a value after a value of a list
                      'b' ]
                      ^~~
                    expected: , or ]
                """
            ),
            (
                "name = 'a\nmemory = 1\n",
                """
                a.cfg:1:8: error: a string without its closing quote
                    name = 'a
                           ^~
                    expected: ' on the same line
                """
            ),
            (
                "extra = \"C:\\dir\"\n",
                """
                a.cfg:1:12: error: an escape that xl does not know
                    extra = "C:\\dir"
                               ^~
                    expected: one of \\\\ \\' \\" \\a \\b \\f \\n \\r \\t \\v
                    write \\\\ for a backslash
                """
            ),
            (
                "memory = 1\r\nvcpus = 1\r\n",
                """
                a.cfg:1:11: error: a carriage return: xl refuses files with the line ends of DOS
                    memory = 1 
                              ^
                    end the lines as Unix does
                """
            ),
            (
                "memory = 1\n# end",
                """
                a.cfg:2:1: error: the file ends in a comment without a line break: xl can't read that
                    # end
                    ^~~~~
                    end the last line with a line break
                """
            ),
            (
                "memory = 256\nmemory = 512\n",
                """
                a.cfg:2:1: warning: memory is set before: only this one counts
                    memory = 512
                    ^~~~~~
                    remove one, or write += to add to it
                """
            ),
            (
                "vif = [ ]\nvif += 'a'\n",
                """
                a.cfg:2:1: error: xl can't add a list to a text, or a text to a list
                    vif += 'a'
                    ^~~
                    expected: a list, as vif has one before
                """
            ),
        ])
    func mistake(_ text: String, _ report: String) {
        #expect(Findings(findings(text)).description == report)
    }

    @Test(
        "and said for what they are",
        arguments: [
            ("arch = os.uname()[4]\n", "1:8 an expression: xl reads no Python"), ("a = int(b)\n", "1:5 an expression: xl reads no Python"),
            ("else:\n", "1:1 a statement of Python: xl reads settings only"),
            ("xm.var('a')\n", "1:1 a statement of Python: xl reads settings only"),
            ("vnc = yes\n", "1:7 a word for yes or no: xl wants a number"), ("vcpus = two\n", "1:9 a word where a number belongs"),
            ("memory = 2048M\n", "1:14 a unit after a number"), ("memory = 2048 MB\n", "1:15 a unit after a number"),
            ("vcpus = 2x y\n", "1:12 the word y after the value"), ("memory = 1.5\n", "1:11 a broken number: xl wants a whole one"),
            ("kernel = /boot/vmlinuz\n", "1:10 a path without quotes"), ("vif = [ 'a', rate=1 ]\n", "1:14 a text without quotes"),
            ("vif = [ 'a', rate ]\n", "1:14 a text without quotes"), ("vif = [ 'a'\nrate=1\n", "1:7 a list that is not closed"),
        ])
    func named(_ text: String, _ expected: String) {
        #expect(findings(text).map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.message)" } == [expected])
    }

    @Test("What an unreadable line would have set is not missing")
    func unreadable() {
        let source = SourceText(path: "a.cfg", text: "name = a\nkernel = /k\nmemory = 5\n")
        let (configuration, findings) = XenConfiguration.parse(source)
        #expect(findings.count == 2)
        #expect(configuration.dialectFindings(in: source, isWhole: false).isEmpty)
        #expect(configuration.dialectFindings(in: source).count == 2)
    }

    @Test("a file of xm has a finding for each line that xl can't read, and keeps the others")
    func several() {
        let text = """
            import os
            vmid = 5
            def mac(n):
                return "00:16:3e:%02x" % n
            name = "xps-%d" % vmid
            memory = 64 * 4
            vif = [ 'mac=' + mac(1), 'bridge=b' ]
            if vmid > 3:
                vcpus = 2
            on_crash = None
            """
        let (configuration, findings) = XenConfiguration.parse(SourceText(path: "a.cfg", text: text))
        #expect(findings.compactMap(\.place?.line) == [1, 3, 4, 5, 6, 7, 8, 10])
        #expect(configuration["vcpus"] == .text("2"))
    }

    @Test("lists nest 16 deep and no deeper")
    func nesting() {
        func nested(_ depth: Int) -> String {
            "a=" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "\nb=1\n"
        }
        #expect(findings(nested(16)).isEmpty)
        #expect(findings(nested(17)).map(\.message) == ["lists nested deeper than 16"])
        #expect(findings(nested(100_000)).map(\.message) == ["lists nested deeper than 16"])
    }

    @Test("50,000 values and no more, a mebibyte and no more")
    func size() {
        #expect(findings("a=[" + String(repeating: "1,", count: 49_999) + "]\n").isEmpty)
        #expect(
            findings("a=[" + String(repeating: "1,", count: 50_000) + "]\n").first?.message == "more than 50000 values in a file of a domU")
        let comment = "#" + String(repeating: "c", count: 1 << 20)
        #expect(findings(comment.prefix((1 << 20) - 1) + "\n").isEmpty)
        #expect(findings(comment + "\n").map(\.message) == ["more than 1048576 bytes in a file of a domU"])
    }

    @Test("at most 100 findings")
    func bounded() {
        #expect(findings(String(repeating: "]\n", count: 5_000)).count == 101)
        #expect(findings(String(repeating: "a=1\n", count: 5_000)).count == 101)
    }

    private func findings(_ text: String) -> [Finding] {
        XenConfiguration.parse(SourceText(path: "a.cfg", text: text)).findings
    }
}
