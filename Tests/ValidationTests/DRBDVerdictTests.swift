import Catalogue
import Diagnostics
import Repository
import TestKit
import Testing
import Validation

@Suite("What every drbdadm refuses is an error, and what one of them takes is none")
struct DRBDVerdictTests {
    private static let disk = "device /dev/drbd1; disk /dev/vg/r0; meta-disk internal;"
    private static let (alpha, bravo) = ("on alpha { address 192.0.2.1:7789; }", "on bravo { address 192.0.2.2:7789; }")
    private static let (first, second) = ("on alpha { address 192.0.2.1:7789; node-id 0; }", "on bravo { address 192.0.2.2:7789; node-id 1; }")

    private static let proxied = "host alpha address 192.0.2.1:1 via proxy on alpha { inside 127.0.0.1:4; outside 192.0.2.1:5; }"

    static let bodies = [
        // What is missing.
        "device /dev/drbd1; meta-disk internal; \(alpha) \(bravo)", "disk /dev/x; meta-disk internal; \(alpha) \(bravo)",
        "device /dev/drbd1; disk /dev/x; \(alpha) \(bravo)", "device /dev/drbd1; \(alpha) \(bravo)",
        "device /dev/drbd1; disk none; \(alpha) \(bravo)",
        "syncer { rate 1M; } device /dev/drbd1; disk /dev/x; \(alpha) \(bravo)",
        "\(disk) on alpha { } \(bravo)", "\(disk) on alpha { node-id 0; } \(second)", "\(disk) \(alpha)", "\(disk)", "", "\(alpha) \(bravo)",
        "\(disk) on alpha { address 192.0.2.1:7789; node-id 0; } \(bravo)",
        "\(disk) \(alpha) \(bravo) on charlie { address 192.0.2.3:7789; }",
        "\(disk) \(first) \(second) on charlie { address 192.0.2.3:7789; }",
        "\(disk) \(first) \(second) on charlie { address 192.0.2.3:7789; node-id 2; }",
        // What stands twice.
        "\(disk) \(alpha) \(alpha) \(bravo)", "\(disk) on alpha { address 192.0.2.1:1; address 192.0.2.1:2; } \(bravo)",
        "\(disk) device /dev/drbd2; \(alpha) \(bravo)",
        "disk /dev/y; \(disk) \(alpha) \(bravo)", "protocol C; \(disk) \(alpha) \(bravo)",
        "\(disk) \(alpha) on bravo { address 192.0.2.1:7789; }", "\(disk) \(alpha) on bravo { address 192.0.2.1:7790; }",
        "\(disk) on alpha { address 192.0.2.1:1; node-id 0; } on bravo { address 192.0.2.2:1; node-id 0; }",
        "\(disk) on alpha { address 127.0.0.1:1; node-id 0; } on bravo { address 127.0.0.1:1; node-id 1; }",
        // Volumes.
        "volume 0 { device minor 1; disk /dev/x; meta-disk internal; } volume 1 { device minor 2; disk /dev/x; meta-disk internal; } \(alpha) \(bravo)",
        "volume 0 { device minor 1; disk /dev/x; meta-disk internal; } volume 1 { device minor 1; disk /dev/y; meta-disk internal; } \(alpha) \(bravo)",
        "volume 0 { device minor 1; disk /dev/x; meta-disk /dev/m [0]; } volume 1 { device minor 2; disk /dev/y; meta-disk /dev/m [0]; } \(alpha) \(bravo)",
        "on alpha { address 192.0.2.1:1; volume 0 { \(disk) } } on bravo { address 192.0.2.2:1; volume 0 { \(disk) } volume 1 { device minor 2; disk /dev/y; meta-disk internal; } }",
        "\(disk) volume 1 { device minor 2; disk /dev/y; meta-disk internal; } \(alpha) \(bravo)",
        "volume 0 { \(disk) } device /dev/drbd2; \(alpha) \(bravo)",
        "\(disk) on alpha { volume 0 { device minor 1; disk /dev/x; meta-disk internal; } address 192.0.2.1:1; } \(bravo)",
        "on alpha { \(disk) address 192.0.2.1:1; volume 0 { } } on bravo { \(disk) address 192.0.2.2:1; }",
        "on alpha { device /dev/drbd1; address 192.0.2.1:1; volume 0 { disk /dev/x; meta-disk internal; } } on bravo { \(disk) address 192.0.2.2:1; }",
        "on alpha { \(disk) address 192.0.2.1:1; volume 0 { \(disk) } } on bravo { \(disk) address 192.0.2.2:1; }",
        "on alpha { \(disk) address 192.0.2.1:1; volume 0 { } } on bravo { \(disk) address 192.0.2.2:1; volume 0 { } }",
        "on alpha { address 192.0.2.1:1; volume 0 { \(disk) } device /dev/drbd1; } on bravo { \(disk) address 192.0.2.2:1; }",
        "\(disk) volume 0 { } \(alpha) \(bravo)", "\(disk) volume 0 { device /dev/drbd5; } \(alpha) \(bravo)",
        "device /dev/drbd1; disk /dev/x; volume 0 { meta-disk internal; } \(alpha) \(bravo)", "\(disk) volume 0 { } volume 0 { } \(alpha) \(bravo)",
        "volume 0 { \(disk) } on alpha { address 192.0.2.1:1; volume 0 { } } \(bravo)",
        "volume 0 { \(disk) } on alpha { address 192.0.2.1:1; disk /dev/y; } \(bravo)",
        "\(disk) on alpha { address 192.0.2.1:1; volume 0 { } } \(bravo)", "\(disk) on alpha { address 192.0.2.1:1; disk /dev/y; } \(bravo)",
        // Names.
        "\(disk) on 1 { address 192.0.2.1:1; } \(bravo)", "\(disk) on disk { address 192.0.2.1:1; } \(bravo)",
        "\(disk) on timeout { address 192.0.2.1:1; } \(bravo)",
        "\(disk) on \"disk\" { address 192.0.2.1:1; } \(bravo)", "device minor 1; disk 5; meta-disk internal; \(alpha) \(bravo)",
        // Connections.
        "\(disk) \(first) \(second) connection-mesh { hosts alpha bravo charlie; }",
        "\(disk) \(first) \(second) connection-mesh { hosts alpha bravo; }",
        "\(disk) \(first) \(second) connection { host alpha; }", "\(disk) \(first) \(second) connection { }",
        "\(disk) \(first) \(second) connection { host alpha; host charlie; }", "\(disk) \(first) \(second) connection { host alpha; host alpha; }",
        "\(disk) \(first) \(second) connection { host alpha; host bravo; }", "\(disk) \(alpha) \(bravo) connection { host alpha; host bravo; }",
        "\(disk) on alpha { node-id 0; } \(second) connection { host alpha address 192.0.2.1:1; host bravo; }",
        "\(disk) on alpha { node-id 0; } \(second) connection { host alpha; host bravo; }",
        "\(disk) \(first) \(second) connection { path { host alpha; host bravo; } host alpha; host bravo; }",
        "\(disk) \(first) \(second) connection { host alpha; host bravo; volume 3 { disk { } } }",
        "\(disk) \(first) \(second) connection { \(proxied) host bravo address 192.0.2.2:1 via proxy on bravo { inside 127.0.0.1:3; outside 192.0.2.2:2; } }",
        "\(disk) \(first) \(second) connection { \(proxied) host bravo address 192.0.2.2:1 via proxy on skip { inside 127.0.0.1:3; outside 192.0.2.2:2; } }",
        "\(disk) \(first) \(second) connection { \(proxied) host bravo address 192.0.2.2:1 via proxy on bravo timeout { inside 127.0.0.1:3; outside 192.0.2.2:2; } }",
        "stacked-on-top-of nothing { device /dev/drbd10; address 192.0.2.9:1; } on charlie { \(disk) address 192.0.2.3:1; }",
        // Options.
        "\(disk) \(alpha) \(bravo) net { timeout 50; timeout 60; }", "\(disk) \(alpha) \(bravo) net { timeout 50; timeout 50; }",
        "\(disk) \(first) \(second) net { timeout 50; timeout 60; }", "\(disk) \(alpha) \(bravo) handlers { fence-peer a; fence-peer b; }",
        "volume 0 { \(disk) disk { al-extents 7; } } disk { al-extents 8; } \(first) \(second)",
        "volume 0 { \(disk) disk { al-extents 7; } } disk { al-extents 8; } \(alpha) \(bravo)",
        "\(disk) \(alpha) \(bravo) net { after-sb-0pri foo; }", "\(disk) \(first) \(second) net { after-sb-0pri foo; }",
        "\(disk) \(alpha) \(bravo) net { timeout abc; }",
        "\(disk) \(alpha) \(bravo) net { timeout 9999; }", "\(disk) \(alpha) \(bravo) disk { disk-timeout abc; }",
        "\(disk) \(alpha) \(bravo) net { timeou 5; }",
        "volume 0 { \(disk) disk { al-extents 257; al-extents 1237; } } \(first) \(second)",
        "volume 0 { \(disk) disk { al-extents 257; } } \(first) \(second)",
        "\(disk) \(first) \(second) connection { host alpha; host bravo; disk { c-max-rate 1M; c-max-rate 2M; } }",
        "\(disk) \(first) \(second) connection { host alpha; host bravo; net { timeout 50; timeout 60; } }",
        "\(disk) \(first) \(second) connection { host alpha; host bravo; net { timeout 50; } disk { c-max-rate 1M; } }",
        "\(disk) \(first) \(second) connection-mesh { hosts alpha bravo; net { timeout 50; timeout 60; } }",
        "\(disk) \(first) \(second) connection-mesh { hosts alpha bravo; net { timeout 50; } }",
        "protocol C; \(disk) \(first) \(second) net { protocol A; }", "protocol C; \(disk) \(first) \(second) net { protocol C; }",
        // What is skipped, where it may be, and where not.
        "\(disk) \(alpha) \(bravo) skip { timeou 5; = }", "\(disk) \(alpha) \(bravo) skip $=% { }",
        "\(disk) \(alpha) \(bravo) skip net \"}\" { \"}\" }",
        "\(disk) \(alpha) \(bravo) net { skip { } }", "\(disk) \(alpha) \(bravo) disk { skip x { } }", "\(disk) \(alpha) \(bravo) \"skip\" { }",
        "\(disk) \(alpha) \(bravo) proxy { skip { } }", "\(disk) on alpha { address 192.0.2.1:7789; skip { } } \(bravo)",
        "\(disk) \(first) \(second) connection { host alpha; host bravo; skip { = } }", "\(disk) \(alpha) \(bravo) skip { { }",
        "\(disk) \(alpha) \(bravo) skip",
        "\(disk) \(first) \(second) connection-mesh { skip { } hosts alpha bravo; }", "\(disk) \(alpha) \(bravo) skip { ] : [ \\ { } % }",
        // Words of others in proxy.
        "\(disk) \(alpha) \(bravo) proxy { foo { a b; } }", "\(disk) \(alpha) \(bravo) proxy { foo x { a b; } }",
        "\(disk) \(alpha) \(bravo) proxy { foo 5; }", "\(disk) \(alpha) \(bravo) proxy { memlimit { a; } }",
        "\(disk) \(alpha) \(bravo) proxy { plugin x { } }",
        "\(disk) \(alpha) \(bravo) proxy { plugin { lzma { level 9; } }",
        "\(disk) \(alpha) \(bravo) proxy { plugin { lzma }; } }", "\(disk) \(alpha) \(bravo) proxy { plugin { lzma; { } }",
        "\(disk) \(alpha) \(bravo) proxy { plugin { a b; } }", "\(disk) \(alpha) \(bravo) proxy { verify-alg sha1; }",
        "\(disk) \(alpha) \(bravo) proxy { rate 10M; }", "\(disk) \(alpha) \(bravo) proxy { rate 99999999; }",
        "\(disk) \(alpha) \(bravo) proxy { use-rle; }",
        "\(disk) \(alpha) \(bravo) proxy { al-extents x; }", "\(disk) \(alpha) \(bravo) proxy { rate 1M; foo { a; } }",
        // What the kernel puts into its range.
        "\(disk) \(alpha) \(bravo) disk { al-extents x; }", "\(disk) \(first) \(second) disk { al-extents x; }",
        "\(disk) \(alpha) \(bravo) disk { al-extents 1; }",
        "\(disk) \(alpha) \(bravo) syncer { al-extents x; }", "\(disk) \(alpha) \(bravo) syncer { al-extents 1; }",
        // The order.
        "\(alpha) \(bravo) \(disk)", "\(alpha) \(disk) \(bravo)", "device minor 1; disk /dev/x; \(alpha) \(bravo) meta-disk internal;",
        "\(first) \(second) \(disk)",
    ]

    @Test("the structure of a resource", arguments: bodies)
    func structure(_ body: String) async throws {
        try await compare("global { disable-ip-verification; } resource r0 { protocol C; \(body) }")
    }

    private static func hosts(_ words: String, _ port: Int, _ names: (String, Int) = ("alpha", 1), _ other: (String, Int) = ("bravo", 2)) -> String {
        [names, other].map { "on \($0.0) { address 192.0.2.\($0.1):\(port); \(words) }" }.joined(separator: " ")
    }

    @Test(
        "two resources on one host, and on others",
        arguments: [
            "resource r0 { protocol C; \(disk) \(hosts("", 1)) } resource r1 { protocol C; \(disk) \(hosts("", 1, ("charlie", 3), ("delta", 4))) }",
            "resource r0 { protocol C; \(disk) \(hosts("", 1)) } resource r1 { protocol C; device minor 2; disk /dev/vg/r0; meta-disk internal; \(hosts("", 2)) }",
            "resource r0 { protocol C; \(hosts(disk, 1)) } resource r1 { protocol C; device minor 2; disk /dev/vg/r0; meta-disk internal; \(hosts("", 2)) }",
            "resource r0 { protocol C; \(disk) \(hosts("", 1)) } resource r1 { protocol C; device minor 1; disk /dev/y; meta-disk internal; \(hosts("", 2)) }",
            "resource r0 { protocol C; \(disk) \(hosts("", 1)) } resource r1 { protocol C; device minor 2; disk /dev/y; meta-disk internal; \(hosts("", 1)) }",
            "resource net { protocol C; \(disk) \(hosts("", 1)) }", "resource \"net\" { protocol C; \(disk) \(hosts("", 1)) }",
            "resource 5 { protocol C; \(disk) \(hosts("", 1)) }",
            "resource lower { protocol C; \(disk) \(hosts("", 1)) } resource upper { protocol C; stacked-on-top-of lower { device /dev/drbd10; address 192.0.2.9:2; } on charlie { device /dev/drbd10; disk /dev/x; meta-disk internal; address 192.0.2.3:2; } }",
            "common { net { timeout 5; timeout 6; } } resource r0 { protocol C; \(disk) \(hosts("", 1)) }",
            "resource r0 { protocol C; \(disk) \(hosts("", 1))",
            "resource r0 { protocol C; \(disk) \(hosts("", 1)) } skip resource r1 ; { = }",
            // 8.3 asks for a name as the protocol, and for no more.
            "resource r0 { protocol D; \(disk) \(hosts("", 1)) }", "resource r0 { protocol 5; \(disk) \(hosts("", 1)) }",
            "resource r0 { protocol net; \(disk) \(hosts("", 1)) }", "resource r0 { net { protocol D; } \(disk) \(hosts("", 1)) }",
            "resource r0 { protocol D; \(disk) \(hosts("node-id 0;", 1)) }",
            "resource r0 { protocol D; syncer { rate 5M; } \(disk) \(hosts("", 1)) }",
            "skip r1 { = } resource r0 { protocol C; \(disk) \(hosts("", 1)) }",
            "skip \"\" { { } } resource r0 { protocol C; \(disk) \(hosts("", 1)) }",
            "skip { { } resource r0 { protocol C; \(disk) \(hosts("", 1)) }", "resource r0 { protocol C; \(disk) \(hosts("", 1)) } skip",
            "skip a b { } resource r0 { \(disk) \(hosts("node-id 0;", 1)) }",
            "skip disk { } resource r0 { syncer { rate 1M; } protocol C; \(disk) \(hosts("", 1)) }",
            "common { skip { = } } resource r0 { protocol C; \(disk) \(hosts("", 1)) }",
            "global { skip { } } resource r0 { protocol C; \(disk) \(hosts("", 1)) }",
        ])
    func pairs(_ text: String) async throws { try await compare("global { disable-ip-verification; } " + text) }

    @Test("files with words removed, doubled, moved or exchanged", arguments: 0..<3 as Range<UInt64>)
    func mutations(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        var refused = 0
        let spice = [
            "0", "60", "net", "disk", "alpha", "volume 1", "minor 1", "internal", "192.0.2.1:7788", "address", "{", "}", ";", "timeout 50;", "host",
            "node-id 0;",
        ]
        let good = [
            "\(Self.disk) \(Self.alpha) \(Self.bravo) net { timeout 50; }",
            "volume 0 { \(Self.disk) } \(Self.first) \(Self.second) connection-mesh { hosts alpha bravo; }",
        ]
        for number in 0..<30 {
            let body = good[number % good.count]
            let text = mutatedWords("global { disable-ip-verification; } resource r0 { protocol C; \(body) }", with: spice, &random)
            refused += try await compare(text) ? 1 : 0
        }
        #expect((4...30).contains(refused))
    }

    /// - Returns: whether all refuse it.
    @discardableResult
    private func compare(_ text: String) async throws -> Bool {
        var takers: [String] = []
        for dialect in DRBDAdm.Dialect.allCases where try await DRBDAdm.refusal(of: text, dialect) == nil { takers.append(dialect.rawValue) }
        let errors = Example.findings(in: ["drbd/a.res": text]).filter { $0.severity == .error }
        #expect(takers.isEmpty == !errors.isEmpty, "\(takers) \(Findings(errors))\n\(text)")
        return takers.isEmpty
    }
}
