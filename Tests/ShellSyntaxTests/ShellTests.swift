import Diagnostics
import Host
import ShellSyntax
import TestKit
import Testing

@Suite("Files of /etc/default")
struct ShellTests {
    static let sound = """
        # Configuration of xendomains
        XENDOMAINS_AUTO=/etc/xen/auto   # links
        export XENDOMAINS_SAVE="/var/lib/xen/save"
        XENDOMAINS_RESTORE='true'
        EMPTY=
        MIXED=a"b c"'d $e'\\ f
        LINES="one
        two"

        """

    @Test("Assignments are read as a shell reads them")
    func values() {
        let variables = good(Self.sound)
        #expect(variables["XENDOMAINS_AUTO"] == "/etc/xen/auto")
        #expect(variables["XENDOMAINS_SAVE"] == "/var/lib/xen/save")
        #expect(variables["XENDOMAINS_RESTORE"] == "true")
        #expect(variables["EMPTY"] == "")
        #expect(variables["MIXED"] == "ab cd $e f")
        #expect(variables["LINES"] == "one\ntwo")
        #expect(variables["OTHER"] == nil)
    }

    @Test("When one value changes, only its line does")
    func setting() {
        let variables = good(Self.sound)
        let changed = variables.setting("XENDOMAINS_SAVE", to: "").setting("NEW", to: "a b")
        let expected =
            Self.sound.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.hasPrefix("export") ? "export XENDOMAINS_SAVE=\"\"" : String($0)
            }.joined(separator: "\n") + "NEW=\"a b\"\n"
        #expect(changed.description == expected)
        #expect(changed["XENDOMAINS_SAVE"] == "" && changed["NEW"] == "a b")
        #expect(good("A=1").setting("B", to: "2").description == "A=1\nB=2\n")
        #expect(good("A=1\\\n").setting("B", to: "2")["B"] == "2")
    }

    @Test("What sets nothing plainly is kept, and reported")
    func code() {
        let text = "A=1\n. /etc/other\nB=$A\nif true; then\nC=1 D=2\n"
        let (variables, findings) = parse(text)
        #expect(variables.description == text)
        #expect(variables["A"] == "1" && variables["B"] == nil && variables["C"] == nil)
        #expect(findings.compactMap(\.place?.line) == [2, 3, 4, 5])
        #expect(findings.allSatisfy { $0.severity == .warning })
        #expect(
            Findings(Array(findings.prefix(1))).description == """
                a:2:1: warning: a line that is no assignment
                    . /etc/other
                    ^~~~~~~~~~~~
                    expected: NAME=value
                """)
    }

    @Test("Comments and layout mean nothing, code and values do")
    func meaning() {
        #expect(good("A=1\nB=\"2\"\n").isEquivalent(to: good("# c\nB='2'  # two\n\nA=1")))
        #expect(!good("A=1\n").isEquivalent(to: good("A=2\n")))
        #expect(!parse("A=1\n. /x\n").variables.isEquivalent(to: good("A=1\n")))
    }

    @Test("A value that is set reads back, byte for byte", arguments: 0..<20)
    func roundTrip(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let value = Self.value(&random)
            let variables = good("A=1\n# c\n").setting("A", to: value).setting("B", to: value)
            #expect(variables["A"] == value && variables["B"] == value, "\(variables)")
            #expect(good(variables.description) == variables)
        }
    }

    @Test("Mutated files are kept byte for byte, and read as sh reads them")
    func shell() async throws {
        var random = Seeded(11)
        var compared = 0
        for _ in 0..<100 {
            let source = SourceText(path: "a", bytes: mutated(Array(Self.sound.utf8), &random))
            let (variables, findings) = ShellVariables.parse(source)
            guard source.encodingFinding == nil else { continue }
            #expect(variables.description == source.text)
            guard findings.isEmpty else { continue }
            let names = Set(variables.lines.compactMap(\.assignment?.name)).sorted()
            let script = names.map { "printf '%s\\0' \"$\($0)\"" }.joined(separator: "; ")
            let answer = try await Oracle("sh", package: "dash").judge(source.text, ["-c", ". FILE; " + script])
            compared += 1
            #expect(answer.text == names.map { (variables[$0] ?? "") + "\0" }.joined(), "\(source.text)")
        }
        #expect(compared > 20)
    }

    @Test("Of random values those that need no shell are what sh makes of them", arguments: 0..<6)
    func values(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        var (fixed, others) = (0, 0)
        for _ in 0..<25 {
            let text = (0..<random.number(1...6)).map { _ in Self.assignment(&random) }.joined()
            let (variables, findings) = parse(text)
            #expect(variables.description == text)
            #expect(findings.allSatisfy { $0.message.hasPrefix("the value of") }, "\(Findings(findings))\n\(text)")
            let names = variables.names.filter { variables[$0] != nil }
            fixed += names.count
            others += variables.names.count - names.count
            let script = names.map { "printf '%s\\0' \"$\($0)\"" }.joined(separator: "; ")
            let answer = try await Oracle("sh", package: "dash").judge(text, ["-c", ". FILE; " + script])
            #expect(answer.text == names.map { (variables[$0] ?? "") + "\0" }.joined(), "\(text)")
        }
        #expect(fixed > 20 && others > 5)
    }

    private static func assignment(_ random: inout Seeded) -> String {
        let plain = [
            "a", "/x", ":", "~", "é", "=", "{a,b}", "*", "#", "!", "%", "'b c $d'", "\"e f\"", "\"'\"", "'\"'", "\\ ", "\\$", "\\\n",
            "\"g\\$\\\"\\h\"", "\"i\nj\"",
        ]
        let open = [
            "$A", "\"$B\"", "${C:-\"k l\"}", "\"${D:-m \"n\" o}\"", "$(printf 'p q')", "\"$(printf \"r \\\"s\")\"", "`printf t`", "$((1 + 2))",
            "\"$(printf ')')\"",
        ]
        let value = (0..<random.number(0...4)).map { _ in random.pick(random.chance(6) ? open : plain) }.joined()
        return random.pick(["", "", " ", "export "]) + random.pick(["A", "B", "C", "D"]) + "=" + value + random.pick(["\n", " \n", " # c 'd\n"])
    }

    @Test("What a shell alone can tell ends where a shell ends it")
    func expansions() {
        let (variables, findings) = parse("A=\"$(cat <<\"E\"\nB=2\nE\n)\"\nC=`\nD=3\n`\nE=${F:-\"\nG=4\n\"}\nH=5\nI=$(\nJ=6\n")
        #expect(variables.names == ["A", "C", "E", "H", "J"])
        #expect(variables["H"] == "5")
        #expect(findings.map { $0.place?.line } == [1, 5, 8, 12])
    }

    @Test("A carriage return is part of a value, and said once")
    func carriageReturn() {
        let (variables, findings) = parse("A=1\r\nB=\"2\"\r\n# c\r\n")
        #expect(variables["A"] == "1\r" && variables["B"] == "2\r")
        #expect(
            findings.map { "\($0.message) \($0.place?.line ?? 0):\($0.place?.column ?? 0)" } == [
                "a carriage return, which becomes part of the value 1:4"
            ])
        #expect(parse("A=/x:~/y\nB=x~\n").variables["A"] == nil)
        #expect(good("B=x~\n")["B"] == "x~")
    }

    @Test("A file has 20,000 lines and no more, a MiB and no more", arguments: [true, false])
    func limits(_ isFine: Bool) {
        let lines = String(repeating: "A=1\n", count: isFine ? 20_000 : 20_001)
        #expect(parse(lines).findings.isEmpty == isFine && parse(lines).variables.description == lines)
        let bytes = "A=" + String(repeating: "x", count: (1 << 20) - (isFine ? 2 : 1))
        #expect(parse(bytes).findings.isEmpty == isFine)
    }

    @Test("No more than 100 findings are reported")
    func bounds() {
        #expect(parse(String(repeating: "x\n", count: 5_000)).findings.count == 101)
        #expect(parse("A=\"" + String(repeating: "x\n", count: 5_000)).findings.count == 101)
    }

    private static func value(_ random: inout Seeded) -> String {
        (0..<random.number(0...8)).map { _ in
            random.pick(["a", "\"", "'", "\\", "$", "`", " ", "#", "\n", "é", "~", ";", "&", "=", "\t", "!", "*"])
        }.joined()
    }

    private func parse(_ text: String) -> (variables: ShellVariables, findings: [Finding]) {
        ShellVariables.parse(SourceText(path: "a", text: text))
    }

    private func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> ShellVariables {
        let (variables, findings) = parse(text)
        #expect(findings.isEmpty, "\(Findings(findings))\n\(text)", sourceLocation: sourceLocation)
        return variables
    }
}
