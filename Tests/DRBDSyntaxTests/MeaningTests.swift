import DRBDSyntax
import Testing

@Suite("Configurations compare by what they mean")
struct MeaningTests {
    @Test(
        "the same",
        arguments: [
            ("net { protocol C; }", "# note\nnet\n{\n\tprotocol \"C\"; }"),
            ("net { protocol C; timeout 60; }", "net { timeout 60; protocol C; }"),
            ("net { } disk { }", "disk { } net { }"),
            ("disk { resync-rate 10M; }", "disk { resync-rate 10240k; }"),
            ("disk { resync-rate 10M; }", "disk { resync-rate 10240; }"),
            ("disk { c-fill-target 100k; }", "disk { c-fill-target 200; }"),
            ("net { sndbuf-size 512K; }", "net { sndbuf-size 524288; }"),
            ("syncer { rate 1G; }", "syncer { rate 1024M; }"),
            ("net { allow-two-primaries; }", "net { allow-two-primaries yes; }"),
            ("net { no-tcp-cork; }", "net { tcp-cork no; }"),
            ("device /dev/drbd1;", "device minor 1;"),
            ("device /dev/drbd1 minor 1;", "device minor 1;"),
            ("device /dev/drbd1 minor 1;", "device \"/dev/drbd1\";"),
            ("address 192.0.2.1:7000;", "address ipv4 192.0.2.1 : 7000;"),
            ("address ipv6 [fe80::1]:7000;", "address ipv6 [ fe80::1 ] : 7000;"),
            ("meta-disk /dev/sdb[0];", "meta-disk /dev/sdb [ 0 ];"),
            ("flexible-meta-disk /dev/sdb;", "meta-disk /dev/sdb;"),
            ("handlers { outdate-peer /x; }", "handlers { fence-peer /x; }"),
            ("connection { host a; host b; }", "connection { host b; host a; }"),
            ("connection-mesh { hosts a b; }", "connection-mesh { hosts b a; }"),
            ("on a { node-id 00; }", "on a { node-id 0; }"), ("address 192.0.2.1:07789;", "address 192.0.2.1:7789;"),
            ("address ipv6 [fe80::1]:07789;", "address ipv6 [fe80::1]:7789;"), ("startup { wfc-timeout 05; }", "startup { wfc-timeout 5; }"),
            ("on a { node-id 0; } on b { node-id 1; }", "on b { node-id 1; } on a { node-id 0; }"),
            (
                "connection { host a; host b; } connection { host a; host c; }",
                "connection { host c; host a; } connection { host b; host a; }"
            ),
            ("net { protocol C; }", "skip disk { } net { protocol C; }"),
            ("net { protocol c; }", "net { protocol C; }"),
            ("disk { rate 10M; }", "disk { resync-rate 10240; }"),
            ("net { no-allow-two-primaries; }", "net { allow-two-primaries no; }"),
            ("connection { net { } host a; host b; }", "connection { host a; host b; }"),
            ("floating 192.0.2.1:7000;", "floating ipv4 192.0.2.1:7000 { }"),
            ("on a b { }", "on b a { }"),
            ("device drbd1;", "device /dev/drbd1;"),
            ("disk { throttle-threshold 1; }", "disk { }"),
        ])
    func same(_ a: String, _ b: String) {
        let (first, second) = (resource(a), resource(b))
        #expect(first.isEquivalent(to: second))
        #expect(second.isEquivalent(to: first))
        #expect(first.isEquivalent(to: .good(first.description)))
    }

    @Test(
        "not the same",
        arguments: [
            ("net { protocol C; }", "net { protocol A; }"),
            ("net { protocol C; }", "disk { protocol C; }"),
            ("net { protocol C; }", ""), ("on a { node-id 010; }", "on a { node-id 8; }"),
            ("startup { wfc-timeout 05; }", "startup { wfc-timeout 50; }"),
            ("net { }", "net;"),
            ("syncer { rate 10M; }", "disk { resync-rate 11M; }"),
            ("net { rate 10M; }", "net { resync-rate 10M; }"),
            ("plugin { a; b; }", "plugin { b; a; }"),
            ("disk { resync-rate 10M; }", "disk { resync-rate 10k; }"),
            ("net { shared-secret 10M; }", "net { shared-secret 10240k; }"),
            ("on 10M { }", "on 10240k { }"),
            ("net { timeout 60; timeout 70; }", "net { timeout 70; timeout 60; }"),
            ("net { allow-two-primaries; }", "net { allow-two-primaries no; }"),
            ("device /dev/drbd1;", "device minor 2;"),
            ("device /dev/drbd_x minor 1;", "device minor 1;"),
            ("meta-disk /dev/sdb [0];", "meta-disk /dev/sdb [1];"),
            ("address ipv6 [fe80::1]:7000;", "address [fe80::1]:7000;"),
            (
                "connection { path { host a; host b; } path { host c; host d; } }",
                "connection { path { host c; host d; } path { host a; host b; } }"
            ),
            ("device minor 1; disk /dev/a;", "volume 0 { device minor 1; disk /dev/a; }"),
            ("handlers { split-brain \"a b\"; }", "handlers { split-brain a b; }"),
        ])
    func different(_ a: String, _ b: String) {
        #expect(!resource(a).isEquivalent(to: resource(b)))
    }

    private func resource(_ body: String) -> DRBDConfiguration { .good("resource r0 { \(body) }") }

    @Test("What stands behind the hosts is another matter to 8.4, which hands it to none of them; 9 does")
    func order() {
        func file(_ id: String, isLate: Bool, more: String = "") -> DRBDConfiguration {
            let disk = "device minor 1; disk /dev/x; meta-disk internal;"
            let hosts = [1, 2].map { "on n\($0) { address 192.0.2.\($0):1; \(id.isEmpty ? "" : "node-id \($0);") }" }.joined(separator: " ")
            return .good("resource r { \(isLate ? hosts + disk : disk + hosts) \(more) }")
        }
        #expect(!file("", isLate: true).isEquivalent(to: file("", isLate: false)))
        #expect(file("", isLate: true).isEquivalent(to: file("", isLate: true, more: "net { }")))
        #expect(file("node-id", isLate: true).isEquivalent(to: file("node-id", isLate: false)))
    }

    @Test("Spellings of an address of IPv6, and of a volume's number")
    func spellings() {
        func host(_ address: String, _ volume: String) -> DRBDConfiguration {
            .good("resource r { on a { address ipv6 [\(address)]:1; volume \(volume) { device minor 1; } } }")
        }
        #expect(host("fd00:0::1", "00").isEquivalent(to: host("FD00::0001", "0")))
        #expect(host("::ffff:192.0.2.1", "0").isEquivalent(to: host("::ffff:c000:201", "0")))
        #expect(!host("fd00::1", "0").isEquivalent(to: host("fd00::1:1", "0")))
        #expect(!host("fe80::1%eth0", "0").isEquivalent(to: host("fe80::1%eth1", "0")))
    }

    @Test("The syncer section of 8.3 and what its finding says to write instead")
    func syncer() {
        let hosts = "on a { address 192.0.2.1:1; } on b { address 192.0.2.2:1; }"
        func resource(_ body: String) -> DRBDConfiguration { .good("resource r { \(body) \(hosts) }") }
        #expect(
            resource("syncer { rate 10M; verify-alg sha1; cpu-mask 3; }").isEquivalent(
                to: resource("disk { resync-rate 10M; } net { verify-alg sha1; } options { cpu-mask 3; }")))
        #expect(resource("syncer { }").isEquivalent(to: resource("")))
        #expect(!resource("syncer { rate 10M; }").isEquivalent(to: resource("disk { resync-rate 11M; }")))
    }
}
