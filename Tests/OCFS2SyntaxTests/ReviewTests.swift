import Diagnostics
import Host
import OCFS2Syntax
import TestKit
import Testing

@Suite("cluster.conf against the manual")
struct ReviewTests {
    static let global = """
        heartbeat:
        \tregion = 77D95EF51C0149D2823674FCC162CF8B
        \tcluster = web

        node:
        \tip_port = 7777
        \tip_address = 192.0.2.107
        \tnumber = 254
        \tname = alpha
        \tcluster = web

        cluster:
        \tnode_count = 1
        \theartbeat_mode = global
        \tname = web

        """

    @Test("A cluster of either kind has no findings", arguments: [OCFS2Tests.sound, global])
    func sound(_ text: String) { #expect(Self.findings(text).isEmpty, "\(Findings(Self.findings(text)))") }

    static let changes: [(String, String, String)] = [
        ("number = 254", "number = 255", "CXS006 11 number can't be \"255\" / a number from 0 to 254"),
        ("number = 254", "numbr = 254", "CXS511 2 o2cb knows no numbr of a node / did you mean \"number\"?"),
        ("192.0.2.107", "192.0.2.256", "CXS006 15 ip_address can't be \"192.0.2.256\" / an IPv4 address, such as 192.0.2.1"),
        ("7777", "65536", "CXS006 12 ip_port can't be \"65536\" / a number from 1 to 65535"),
        ("= global", "= globl", "CXS006 19 heartbeat_mode can't be \"globl\" / local or global"),
        ("= global", "= local", "CXS511 1 a region that a local heartbeat does not use / write \"heartbeat_mode = global\""),
        ("F8B", "F8", "CXS006 11 region can't be \"77D95EF51C0149D2823674FCC162CF8\" / the UUID of a region: 32 hexadecimal digits"),
        ("\theartbeat_mode = global\n", "", "CXS511 1 a region that a local heartbeat does not use / write \"heartbeat_mode = global\""),
        ("\tname = alpha\n\tcluster = web", "\tname = alpha", "CXS511 1 a node of no cluster / write \"cluster = NAME\""),
        ("\tname = alpha", "\tname = alpha\n\tname = bravo", "CXS006 2 name is set twice in one node / remove one: the last one counts"),
    ]

    @Test("Each mistake is shown where it stands", arguments: changes)
    func mistake(_ old: String, _ new: String, _ expected: String) {
        let findings = Self.findings(Self.global.replacing(old, with: new, maxReplacements: 1))
        let reports = findings.map { "\($0.code ?? "") \($0.place?.column ?? 0) \($0.message) / \($0.expected ?? $0.remedy ?? "")" }
        #expect(reports.contains(expected), "\(reports)")
    }

    @Test("A cluster has 32 regions and no more", arguments: [(32, true), (33, false)])
    func regions(_ count: Int, _ isFine: Bool) {
        let more = (1..<count).map { number in
            let digits = String(number, radix: 16)
            return "\nheartbeat:\n\tregion = \(String(repeating: "0", count: 32 - digits.count))\(digits)\n\tcluster = web\n"
        }
        #expect(Self.findings(Self.global + more.joined()).isEmpty == isFine)
    }

    @Test("Random changes: what o2cb refuses is an error, and what it reads is one only where the kernel refuses it", arguments: 0..<6)
    func differential(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        var refused = 0
        for _ in 0..<60 {
            let text = Self.changed(&random)
            let answer = try await Self.o2cb.judge(text, ["--config-file=FILE", "list-clusters"])
            let findings = Self.findings(text)
            // Of an attribute that is set twice the last one counts; two nodes of one name are found across stanzas.
            guard !findings.contains(where: { $0.message.contains("is set twice") }), !Self.repeatsNode(text) else { continue }
            let errors = findings.filter { $0.severity == .error }
            if !answer.succeeded { refused += 1 }
            #expect(answer.succeeded || !errors.isEmpty, "\(answer.error)\n\(text)")
            #expect(!answer.succeeded || errors.allSatisfy(Self.isOfTheKernel), "\(Findings(errors))\n\(text)")
        }
        #expect((5...55).contains(refused))
    }

    /// Ranges and the form of names, which o2cb looks at when it registers the cluster with the kernel.
    private static func isOfTheKernel(_ finding: Finding) -> Bool {
        finding.message == "a cluster without name"
            || ["a number from", "1 to 16 letters", "the UUID"].contains { finding.expected?.hasPrefix($0) == true }
    }

    private static func repeatsNode(_ text: String) -> Bool {
        let names = OCFS2Configuration.parse(SourceText(path: "a", text: text)).configuration.nodes.map { [$0["cluster"], $0["name"]] }
        return Set(names).count < names.count
    }

    private static let o2cb = Oracle("o2cb", package: "ocfs2-tools")

    private static func findings(_ text: String) -> [Finding] {
        let source = SourceText(path: "a", text: text)
        let (configuration, findings) = OCFS2Configuration.parse(source)
        return findings + (findings.contains { $0.severity == .error } ? [] : configuration.review(in: source))
    }

    private static func changed(_ random: inout Seeded) -> String {
        let names = ["node_count", "heartbeat_mode", "name", "number", "ip_port", "ip_address", "region", "cluster", "other"]
        let values = [
            "", "0", "1", "-1", "+3", "255", "256", "65535", "65536", "99999999999999999999", "0x1", "1 2", "web", "ocfs2", "a-b", "alpha",
            "bravo", "local", "GLOBAL", "both", "192.0.2.1", "192.0.2.01", "192.0.2", "fe80::1", "0.0.0.256",
            "77D95EF51C0149D2823674FCC162CF8B", "77d95ef51c0149d2823674fcc162cf8b", "x",
        ]
        var lines = (random.chance(2) ? global : OCFS2Tests.sound).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<random.number(1...2) {
            let index = random.number(0...lines.count - 1)
            guard lines[index].contains("=") else { continue }
            switch random.number(0...3) {
            case 0, 1: lines[index] = lines[index].prefix { $0 != "=" } + "= " + random.pick(values)
            case 2: lines.remove(at: index)
            default: lines.insert("\t\(random.pick(names)) = \(random.pick(values))", at: index)
            }
        }
        return lines.joined(separator: "\n")
    }
}
