import CorosyncSyntax
import Diagnostics
import Host
import TestKit
import Testing

@Suite("corosync.conf")
struct CorosyncTests {
    static let sound = """
        totem {
            version: 2
            cluster_name: tutorial
            # how they talk
            transport: knet
        }
        nodelist {
            node {
                name: alpha
                nodeid: 1
                ring0_addr: 127.0.0.1
            }
            node {
                nodeid: 2
                ring0_addr: 192.0.2.12
            }
        }
        quorum {
            provider: corosync_votequorum
            two_node: 1
        }

        """

    @Test("says what the cluster is")
    func view() {
        let cluster = good(Self.sound).cluster
        #expect(cluster.name == "tutorial" && cluster.transport == "knet" && cluster.quorum.isTwoNode && cluster.plugin == nil)
        #expect(cluster.nodes.map(\.name) == ["alpha", "192.0.2.12"])
        #expect(cluster.nodes.map(\.id) == [1, 2])
        #expect(cluster.nodes.last?.addresses == ["192.0.2.12"])
    }

    @Test("means the same in another order and layout, and something else with another value")
    func meaning() {
        let a = good("totem {\n version: 2\n transport: udpu\n}\nquorum {\n two_node: 1\n}\n")
        let b = good("# c\nquorum {\n\ttwo_node:1\n}\ntotem {\n\ttransport: knet\n}\n\n  totem {\n  version: 2\n  transport: udpu\n  }")
        #expect(a != b && a.isEquivalent(to: b))
        #expect(!a.isEquivalent(to: good("totem {\n version: 2\n}\nquorum {\n two_node: 1\n}\n")))
        let nodes = ["node {\n name: a\n}\n", "node {\n name: b\n}\n"]
        let (first, second) = (good("nodelist {\n\(nodes.joined())}"), good("nodelist {\n\(nodes.reversed().joined())}"))
        #expect(!first.isEquivalent(to: second))
    }

    @Test("What is printed reads back as it was", arguments: 0..<20)
    func roundTrip(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let configuration = CorosyncConfiguration(Self.entries(depth: 0, &random))
            #expect(good(configuration.description) == configuration)
            #expect(good(configuration.description).isEquivalent(to: configuration))
        }
    }

    private static func entries(depth: Int, _ random: inout Seeded) -> [CorosyncConfiguration.Entry] {
        (0..<random.number(0...4)).map { _ in
            let name = random.pick(["totem", "node", "a.b", "x_1", "é", "uid-gid"])
            guard depth < 4, random.chance(3) else {
                return .pair(key: name, value: random.pick(["", "1", "a b", "a:b", "}", "#", "fe80::1", "é日"]))
            }
            return .section(name: name, entries(depth: depth + 1, &random))
        }
    }

    @Test("In any order random sections mean the same, and with one value more something else", arguments: 0..<20)
    func anyOrder(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let entries = Self.distinct(depth: 0, &random)
            let shuffled = CorosyncConfiguration(Self.shuffled(entries, &random))
            #expect(shuffled.isEquivalent(to: CorosyncConfiguration(entries)))
            #expect(!shuffled.isEquivalent(to: CorosyncConfiguration(entries + [.pair(key: "more", value: "1")])))
        }
    }

    /// Each key and each section once.
    private static func distinct(depth: Int, _ random: inout Seeded) -> [CorosyncConfiguration.Entry] {
        ["totem", "quorum", "x_1", "y", "z"].filter { _ in random.chance(2) }.map { name in
            guard depth < 3, random.chance(2) else { return .pair(key: name, value: random.pick(["", "1", "a b"])) }
            return .section(name: name, distinct(depth: depth + 1, &random))
        }
    }

    private static func shuffled(_ entries: [CorosyncConfiguration.Entry], _ random: inout Seeded) -> [CorosyncConfiguration.Entry] {
        entries.shuffled(using: &random).map { entry in
            if case .section(let name, let inner, _) = entry { .section(name: name, shuffled(inner, &random)) } else { entry }
        }
    }

    static let mistakes: [(String, String)] = [
        (
            "totem { version: 2\n}\n",
            """
            a:1:9: error: text after {: corosync refuses it
                totem { version: 2
                        ^~~~~~~~~~
                go on in the next line
            """
        ),
        (
            "totem {\n",
            """
            a:1:1: error: a section that is not closed
                totem {
                ^~~~~~~
                expected: } before the end of the file
            """
        ),
        (
            "totem {\n}\n  }\n",
            """
            a:3:3: error: a } that closes nothing
                  }
                  ^
                remove it
            """
        ),
        (
            "totem {\n  version 2\n}\n",
            """
            a:2:3: error: a line that sets nothing
                  version 2
                  ^~~~~~~~~
                expected: key: value, or name {, or }
            """
        ),
        (
            "{\n}\n",
            """
            a:1:1: error: a section without a name
                {
                ^
                expected: a name before the {
            """
        ),
        (
            "totem {\n  version: 2\n} x\n",
            """
            a:3:1: error: text beside }: corosync refuses it
                } x
                ^~~
                put the } on a line of its own
            """
        ),
        (
            "totem {\n  : 2\n}\n",
            """
            a:2:3: warning: a value without a key
                  : 2
                  ^~~
                expected: key: value
            """
        ),
    ]

    @Test("Mistakes are reported where they are", arguments: mistakes)
    func mistake(_ text: String, _ report: String) {
        #expect(Findings(parse(text).findings).description == report)
    }

    @Test("corosync refuses what we report", arguments: mistakes.map(\.0).dropLast())
    func refused(_ text: String) async throws {
        #expect(try await Self.corosync.judge(Self.sound + text, ["-t", "-c", "FILE"]).succeeded == false)
    }

    @Test("corosync reads our print of a sound file as it reads the original")
    func accepted() async throws {
        for text in [Self.sound, good(Self.sound).description] {
            let answer = try await Self.corosync.judge(text, ["-t", "-c", "FILE"])
            #expect(answer.succeeded, "\(answer.error)")
        }
    }

    @Test("Mutated files: what corosync can parse, we parse")
    func mutations() async throws {
        var random = Seeded(3)
        var accepted = 0
        for _ in 0..<40 {
            let source = SourceText(path: "a", bytes: mutated(Array(Self.sound.utf8), &random))
            let (configuration, findings) = CorosyncConfiguration.parse(source)
            _ = (Findings(findings).description, configuration.cluster)
            guard source.encodingFinding == nil else { continue }
            let answer = try await Self.corosync.judge(source.text, ["-t", "-c", "FILE"])
            guard !answer.error.contains("parser error") else { continue }
            accepted += 1
            #expect(!findings.contains { $0.severity == .error }, "\(Findings(findings))")
            #expect(parse(configuration.description).configuration == configuration)
        }
        #expect(accepted > 10)
    }

    @Test("Sections nest 16 deep and no deeper, and no more than 100 findings are reported")
    func bounds() {
        func nested(_ depth: Int) -> String {
            String(repeating: "a {\n", count: depth) + String(repeating: "}\n", count: depth)
        }
        #expect(parse(nested(16)).findings.isEmpty)
        #expect(parse(nested(17)).findings.map(\.message) == ["sections nested deeper than 16"])
        #expect(parse(nested(5_000)).findings.map(\.message) == ["sections nested deeper than 16"])
        #expect(parse(String(repeating: "}\n", count: 5_000)).findings.count == 101)
        #expect(parse("a: " + String(repeating: "b", count: 600)).findings.count == 1)
    }

    @Test("A line has 510 bytes and no more, to corosync too", arguments: [(510, true), (511, false)])
    func longLine(_ count: Int, _ isFine: Bool) async throws {
        let text = Self.sound + "# " + String(repeating: "x", count: count - 2) + "\n"
        #expect(parse(text).findings.isEmpty == isFine)
        #expect(try await Self.corosync.judge(text, ["-t", "-c", "FILE"]).succeeded == isFine)
    }

    @Test("A file has 20,000 lines and no more, a MiB and no more", arguments: [true, false])
    func limits(_ isFine: Bool) {
        #expect(parse(String(repeating: "a:\n", count: isFine ? 20_000 : 20_001)).findings.isEmpty == isFine)
        let line = "#" + String(repeating: "x", count: 254) + "\n"
        #expect(parse(String(repeating: line, count: 4096) + (isFine ? "" : "#")).findings.isEmpty == isFine)
    }

    @Test("Line ends of Windows and a colon before { are read as corosync reads them")
    func details() async throws {
        let text = Self.sound.replacing("\n", with: "\r\n").replacing("totem {", with: "totem : {")
        #expect(good(text) == good(Self.sound))
        #expect(try await Self.corosync.judge(text, ["-t", "-c", "FILE"]).succeeded)
        let configuration = good("a {\n x: 1\r\r\n}\n")
        #expect(configuration == CorosyncConfiguration([.section(name: "a", [.pair(key: "x", value: "1\r")])]))
        #expect(good(configuration.description) == configuration)
    }

    private static let corosync = Oracle("corosync", package: "corosync")

    private func parse(_ text: String) -> (configuration: CorosyncConfiguration, findings: [Finding]) {
        CorosyncConfiguration.parse(SourceText(path: "a", text: text))
    }

    private func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> CorosyncConfiguration {
        let (configuration, findings) = parse(text)
        #expect(findings.isEmpty, "\(Findings(findings))\n\(text)", sourceLocation: sourceLocation)
        return configuration
    }
}
