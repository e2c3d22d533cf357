import Diagnostics
import Host
import OCFS2Syntax
import TestKit
import Testing

@Suite("OCFS2's cluster.conf")
struct OCFS2Tests {
    static let sound = """
        # two hosts
        cluster:
        \tnode_count = 2
        \tname = ocfs2

        node:
        \tip_port = 7777
        \tip_address = 192.0.2.11
        \tnumber = 0
        \tname = alpha
        \tcluster = ocfs2

        node:
          ip_port=7777
          ip_address=192.0.2.12
          number=1
          name=bravo
          cluster=ocfs2

        """

    @Test("says what the cluster is")
    func view() {
        let configuration = good(Self.sound)
        #expect(configuration.clusters.map { $0["name"] } == ["ocfs2"])
        #expect(configuration.nodes.map { $0["name"] } == ["alpha", "bravo"])
        #expect(configuration.nodes.last?["number"] == "1")
    }

    @Test("means the same in another order, and something else with another value")
    func meaning() {
        let a = good("node:\n\tname = a\n\tnumber = 1\n\ncluster:\n\tname = c\n")
        #expect(a.isEquivalent(to: good("cluster:\n name = c\nnode:\n number=1\n name=a\n")))
        #expect(!a.isEquivalent(to: good("cluster:\n name = c\nnode:\n number=2\n name=a\n")))
        #expect(!a.isEquivalent(to: good("cluster:\n name = c\n")))
    }

    @Test("What is printed reads back as it was", arguments: 0..<20)
    func roundTrip(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let stanzas = (0..<random.number(0...4)).map { _ in
                OCFS2Configuration.Stanza(
                    random.pick(["cluster", "node", "heartbeat"]),
                    (0..<random.number(0...4)).map { _ in
                        OCFS2Configuration.Attribute(
                            random.pick(["name", "ip_port", "a1"]), random.pick(["", "x", "a b", "1", "a=b", "é", "#", ":"]))
                    })
            }
            #expect(good(OCFS2Configuration(stanzas).description) == OCFS2Configuration(stanzas))
        }
    }

    @Test("In any order random stanzas mean the same, and with one value more something else", arguments: 0..<20)
    func anyOrder(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<50 {
            let stanzas = (0..<random.number(1...4)).map { _ in
                OCFS2Configuration.Stanza(
                    random.pick(["cluster", "node"]),
                    ["name", "number", "cluster"].filter { _ in random.chance(2) }.map { OCFS2Configuration.Attribute($0, random.pick(["a", "1"])) })
            }
            var shuffled = stanzas.shuffled(using: &random)
            for index in shuffled.indices { shuffled[index].attributes.shuffle(using: &random) }
            #expect(OCFS2Configuration(shuffled).isEquivalent(to: OCFS2Configuration(stanzas)))
            shuffled[0].attributes.append(OCFS2Configuration.Attribute("more", "1"))
            #expect(!OCFS2Configuration(shuffled).isEquivalent(to: OCFS2Configuration(stanzas)))
        }
    }

    static let mistakes: [(String, String)] = [
        (
            "cluster\n\tname = a\n",
            """
            a:1:1: error: a line that begins no stanza
                cluster
                ^~~~~~~
                expected: cluster:, node: or heartbeat:, or an indented attribute
            a:2:2: error: an attribute outside of a stanza
                 name = a
                 ^~~~~~~~
                no empty line may stand within a stanza
            """
        ),
        (
            "cluster:\n\tname\n",
            """
            a:2:2: error: an attribute without a value
                 name
                 ^~~~
                expected: name = value
            """
        ),
        (
            "cluster:\n\tnode_count = 0\n\n\tname = ocfs2\n",
            """
            a:4:2: error: an attribute outside of a stanza
                 name = ocfs2
                 ^~~~~~~~~~~~
                no empty line may stand within a stanza
            """
        ),
        (
            "cluster:\n\t# c\n\tname = ocfs2\n",
            """
            a:2:2: error: an indented comment: o2cb refuses it
                 # c
                 ^~~
                begin the comment at the start of the line
            """
        ),
        (
            "cluster:\r\n",
            """
            a:1:9: error: a carriage return
                cluster: 
                        ^
                end the lines as Unix does
            """
        ),
    ]

    @Test("Mistakes are reported where they are", arguments: mistakes)
    func mistake(_ text: String, _ report: String) {
        #expect(Findings(parse(text).findings).description == report)
    }

    @Test("o2cb refuses what we report", arguments: mistakes.map(\.0))
    func refused(_ text: String) async throws {
        #expect(try await Self.o2cb.judge(text, Self.listing).succeeded == false)
    }

    @Test("A stanza that is misspelt is reported, though o2cb passes over it")
    func unknownStanza() {
        #expect(parse("nod:\n\tname = a\n").findings.map(\.remedy) == ["did you mean \"node\"?"])
    }

    @Test("Mutated files: what o2cb accepts, we accept, and o2cb reads our print alike")
    func mutations() async throws {
        var random = Seeded(7)
        var accepted = 0
        for _ in 0..<150 {
            let source = SourceText(path: "a", bytes: mutated(Array(Self.sound.utf8), &random))
            let (configuration, findings) = OCFS2Configuration.parse(source)
            _ = Findings(findings).description
            guard source.encodingFinding == nil else { continue }
            let answer = try await Self.o2cb.judge(source.text, Self.listing)
            guard answer.succeeded, !findings.contains(where: { $0.message.hasPrefix("a stanza that") }) else { continue }
            accepted += 1
            #expect(!findings.contains { $0.severity == .error }, "\(Findings(findings))\n\(source.text)")
            let again = try await Self.o2cb.judge(configuration.description, Self.listing)
            #expect(again.succeeded && again.text == answer.text, "\(source.text)")
        }
        #expect(accepted > 20)
    }

    @Test("No more than 100 findings are reported")
    func bounds() {
        #expect(parse(String(repeating: "x\n", count: 5_000)).findings.count == 101)
    }

    @Test("A file has 20,000 lines and no more, a MiB and no more", arguments: [true, false])
    func limits(_ isFine: Bool) {
        #expect(parse(String(repeating: "#\n", count: isFine ? 20_000 : 20_001)).findings.isEmpty == isFine)
        #expect(parse("#" + String(repeating: "x", count: (1 << 20) - (isFine ? 1 : 0))).findings.isEmpty == isFine)
    }

    private static let o2cb = Oracle("o2cb", package: "ocfs2-tools")
    private static let listing = ["--config-file=FILE", "list-cluster", "ocfs2"]

    private func parse(_ text: String) -> (configuration: OCFS2Configuration, findings: [Finding]) {
        OCFS2Configuration.parse(SourceText(path: "a", text: text))
    }

    private func good(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> OCFS2Configuration {
        let (configuration, findings) = parse(text)
        #expect(findings.isEmpty, "\(Findings(findings))\n\(text)", sourceLocation: sourceLocation)
        return configuration
    }

    @Test("a file with the line ends of Windows has one mistake, not one in each line")
    func windows() {
        let text =
            "cluster:\n\tnode_count = 1\n\tname = a\n\nnode:\n\tip_port = 7777\n\tip_address = 192.0.2.1\n\tnumber = 0\n\tname = n\n\tcluster = a\n"
        let source = SourceText(path: "a", text: text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
        let (configuration, findings) = OCFS2Configuration.parse(source)
        #expect(findings.map(\.message) == ["a carriage return"] && findings[0].severity == .error && findings[0].place?.line == 1)
        #expect(configuration == OCFS2Configuration.parse(SourceText(path: "a", text: text)).configuration)
    }

    @Test("a byte order mark is told once, and what follows it is read")
    func byteOrderMark() {
        let text = "cluster:\n\tnode_count = 1\n\tname = a\n"
        let (configuration, findings) = OCFS2Configuration.parse(SourceText(path: "a", text: "\u{FEFF}" + text))
        #expect(findings.map(\.message) == ["the file begins with a byte order mark"])
        #expect(configuration == parse(text).configuration)
    }
}
