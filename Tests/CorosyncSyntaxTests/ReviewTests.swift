import CorosyncSyntax
import Diagnostics
import Host
import TestKit
import Testing

@Suite("corosync.conf against the manual")
struct ReviewTests {
    @Test("The file of the tests, and one with most sections, have no findings", arguments: [CorosyncTests.sound, large])
    func sound(_ text: String) { #expect(Self.findings(text).isEmpty, "\(Findings(Self.findings(text)))") }

    @Test("What corosync passes over is shown where it stands", arguments: futile)
    func passedOver(_ line: String, in section: String, _ report: String) {
        let text = CorosyncTests.sound.replacing("\(section) {\n", with: "\(section) {\n\(line)\n", maxReplacements: 1)
        let findings = Self.findings(text)
        #expect(findings.map { "\($0.code ?? "") \($0.severity) \($0.message) / \($0.remedy ?? "")" } == [report])
        let word = findings.first?.message.contains("two_node is") == true ? "two_node" : line.prefix { $0 != ":" && $0 != " " }
        #expect(findings.first?.place?.text.contains(word) == true)
    }

    static let futile: [(String, String, String)] = [
        ("two_nod: 1", "quorum", "CXS508 warning corosync knows no key \"two_nod\" in quorum / did you mean \"two_node\"?"),
        ("two_node: 1", "totem", "CXS508 warning corosync knows no key \"two_node\" in totem / it belongs into quorum { }"),
        (
            "rrp_mode: passive", "totem",
            "CXS509 warning corosync no longer reads rrp_mode / write \"link_mode: passive\": knet took the place of redundant rings"
        ),
        ("secauth: no", "totem", "CXS508 warning secauth can't be \"no\" / did you mean \"on\"?"),
        (
            "keyfile: \"/etc/key\"", "totem",
            "CXS508 warning the value of keyfile is \"/etc/key\", all of it / remove the quotes: they are part of the value"
        ),
        (
            "keyfile: /etc/key # ours", "totem",
            "CXS508 warning the value of keyfile is /etc/key # ours, all of it / put the comment on a line of its own"
        ),
        ("interfaces {\n}", "totem", "CXS508 warning corosync knows no section \"interfaces\" in totem / did you mean \"interface\"?"),
        (
            "expected_votes: 3", "quorum",
            "CXS510 warning expected_votes is 3, and the nodes have 2 votes / remove expected_votes: it is counted from the nodelist"
        ),
        (
            "wait_for_all: 0", "quorum",
            "CXS510 warning each of two nodes that boots alone fences the other one / remove wait_for_all: two_node brings it with it"
        ),
        ("auto_tie_breaker: 1", "quorum", "CXS510 warning two_node is turned off by auto_tie_breaker / remove auto_tie_breaker, or else two_node"),
        ("auto_tie_breaker_node: 1", "quorum", "CXS510 warning auto_tie_breaker_node does nothing alone / write \"auto_tie_breaker: 1\""),
    ]

    @Test("Random changes: corosync -t refuses what we report as an error, and nothing else", arguments: 0..<6)
    func differential(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        var refused = 0
        for _ in 0..<50 {
            let text = Self.changed(&random)
            let answer = try await Self.corosync.judge(text, ["-t", "-c", "FILE"])
            // Which names and addresses there are is this machine's to say.
            guard !["failed to parse", "for local host"].contains(where: (answer.error + answer.text).contains) else { continue }
            let findings = Self.findings(text)
            // Of a key that is set twice corosync checks some only where it is set last.
            guard !findings.contains(where: { $0.message.hasSuffix("is set twice in one section") }) else { continue }
            let errors = findings.filter { $0.severity == .error }
            if !answer.succeeded { refused += 1 }
            #expect(answer.succeeded == errors.isEmpty, "\(answer.error)\(answer.text)\n\(Findings(errors))\n\(text)")
        }
        #expect((2...48).contains(refused))
    }

    @Test(
        "addresses: corosync -t refuses what we do",
        arguments: [
            ("ring0_addr: 127.0.0.1", "ring0_addr: 192.0.2.2 # x"), ("ring0_addr: 127.0.0.1", "ring0_addr: 192.0.2.2"),
            ("ring0_addr: 127.0.0.1", "quorum_votes: 1"),
            ("quorum_votes: 1", "quorum_votes: 1"), ("ring0_addr: 127.0.0.1\nring8_addr: 127.0.0.2", "ring0_addr: 192.0.2.2"),
            ("ring0_addr: 127.0.0.1", "ring1_addr: 192.0.2.2"), ("ring0_addr: 127.0.0.1", "ring0_addr: [fd00::1]"),
            ("ring0_addr: 127.0.0.1", "ring0_addr: 192.0.2.2\r"),
            ("ring0_addr: 127.0.0.1", "ring0_addr: 192.0.2.2;"), ("ring0_addr: 127.0.0.1", "ring0_addr: 192.0.2.2/24"),
            ("ring0_addr: 127.0.0.1", "ring0_addr: \"192.0.2.2\""), ("ring0_addr: 127.0.0.1", "ring0_addr: 192.0.2.2:5405"),
            ("ring0_addr: 127.0.0.1", "ring0_addr: fd00::1/64"), ("ring0_addr: 127.0.0.1", "ring0_addr: 1:2:3"),
            ("ring0_addr: 127.0.0.1", "ring0_addr: fd00:::1"),
            ("ring0_addr: ::1", "ring0_addr: 1:2:3:4:5:6:7:8:9"),
        ])
    func addresses(_ alpha: String, _ bravo: String) async throws {
        let nodes = [("alpha", 1, alpha), ("bravo", 2, bravo)].map { "node {\nname: \($0.0)\nnodeid: \($0.1)\n\($0.2)\n}\n" }.joined()
        for totem in [
            "transport: knet", "transport: udp\ninterface {\nbindnetaddr: 127.0.0.1\nmcastaddr: 10.0.0.9\nmcastport: 5405\n}",
            "transport: udp\ninterface {\nbindnetaddr: 127.0.0.1\nmcastaddr: 239.0.0.9\nmcastport: 5405\n}",
        ] {
            let text = "totem {\nversion: 2\n\(totem)\n}\nnodelist {\n\(nodes)}\nquorum {\nprovider: corosync_votequorum\n}\n"
            let answer = try await Self.corosync.judge(text, ["-t", "-c", "FILE"])
            #expect(
                answer.succeeded == !Self.findings(text).contains { $0.severity == .error },
                "\(answer.error)\n\(Findings(Self.findings(text)))\n\(text)")
        }
    }

    @Test(
        "an address with more than that is told at its own line, with what to write",
        arguments: [
            ("[fd00::1]", "write fd00::1: "), ("192.0.2.2;", "write 192.0.2.2: "), ("192.0.2.2/24", "write 192.0.2.2: "),
            ("\"192.0.2.2\"", "remove the quotes"), ("192.0.2.2:5405", "write 192.0.2.2: "), ("1:2:3", ""),
        ])
    func decorated(_ address: String, _ remedy: String) {
        let nodes = [address, "192.0.2.1"].enumerated().map { "node {\nname: n\($0)\nnodeid: \($0 + 1)\nring0_addr: \($1)\n}\n" }.joined()
        let found = Self.findings("totem {\nversion: 2\n}\nnodelist {\n\(nodes)}\nquorum {\nprovider: corosync_votequorum\n}\n")
        #expect(found.map(\.message) == ["ring0_addr is no address"] && found.first?.place?.line == 8, "\(Findings(found))")
        #expect(found.first?.remedy?.hasPrefix(remedy) ?? remedy.isEmpty)
    }

    @Test("addresses of IPv6 in all their spellings", arguments: ["fd00::1", "::", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "fe80::1%eth0", "1::8"])
    func wide(_ address: String) {
        let node = "node {\nname: a\nnodeid: 1\nring0_addr: \(address)\n}\n"
        #expect(Self.findings("totem {\nversion: 2\n}\nnodelist {\n\(node)}\nquorum {\nprovider: corosync_votequorum\n}\n").isEmpty)
    }

    /// Which names there are is each machine's to say: of one corosync does not start where it stands for no group, and so we warn.
    @Test(
        "what mcastaddr may be: corosync -t refuses what we do",
        arguments: ["udp", "udpu", "knet"],
        [
            "239.1.1.1", "10.0.0.1", "239.1", "0xef.1.1.1", "0357.1.1.1", "300.1.1.1", "239.1.1.1.1", "239.1.1.", "4009820417", "ff05::1", "fe80::1",
            "a name", "localhost", "no-such-host.invalid",
        ])
    func groups(_ transport: String, _ group: String) async throws {
        let text = """
            totem {
            version: 2
            transport: \(transport)
            interface {
            bindnetaddr: 127.0.0.1
            mcastaddr: \(group)
            mcastport: 5405
            }
            }
            nodelist {
            node {
            name: alpha
            nodeid: 1
            ring0_addr: 127.0.0.1
            }
            }
            quorum {
            provider: corosync_votequorum
            }

            """
        let answer = try await Self.corosync.judge(text, ["-t", "-c", "FILE"])
        let findings = Self.findings(text).filter { $0.message.contains("mcastaddr") }
        let isName = ["localhost", "no-such-host.invalid"].contains(group)
        #expect(
            answer.succeeded != findings.contains { $0.severity == (isName ? .warning : .error) } || isName && answer.succeeded, "\(answer.error)")
        #expect(!isName || findings.map(\.severity) == [.warning])
    }

    @Test("a node that has a link of another number is a member; one without any is none; what pcs writes is known")
    func members() {
        #expect(Self.findings(CorosyncTests.sound.replacing("ring0_addr", with: "ring1_addr")).isEmpty)
        #expect(Self.findings(CorosyncTests.sound.replacing("totem {\n", with: "totem {\ncluster_uuid: 8599162cc0ff4665a19c2ced4675de43\n")).isEmpty)
    }

    @Test("No more than 100 findings of a kind are reported")
    func bounds() {
        let nodes = (0..<300).map { "node {\nname: n\($0)\nring0_addr: 192.0.2.1\n}\n" }.joined()
        #expect(Self.findings("totem {\nversion: 2\n}\nnodelist {\n\(nodes)}\n").count == 101)
        let keys = (0..<300).map { "totm\($0): 1\n" }.joined()
        #expect(Self.findings(CorosyncTests.sound + "totem {\n\(keys)}\n").count == 101)
    }

    private static let corosync = Oracle("corosync", package: "corosync")

    private static func findings(_ text: String) -> [Finding] {
        let source = SourceText(path: "a", text: text)
        let (configuration, findings) = CorosyncConfiguration.parse(source)
        return findings + (findings.contains { $0.severity == .error } ? [] : configuration.review(in: source))
    }

    static let large = """
        totem {
        \tversion: 2
        \tcluster_name: tutorial
        \tconfig_version: 7
        \ttransport: knet
        \tlink_mode: passive
        \ttoken: 5000
        \tjoin: 60
        \tmax_messages: 20
        \tcrypto_model: nss
        \tcrypto_hash: none
        \tip_version: ipv6-4
        \tinterface {
        \t\tlinknumber: 0
        \t\tknet_link_priority: 10
        \t\tknet_transport: udp
        \t\tmcastport: 5405
        \t}
        \tinterface {
        \t\tlinknumber: 1
        \t\tknet_ping_interval: 500
        \t\tknet_ping_timeout: 1500
        \t}
        }
        logging {
        \tto_syslog: yes
        \tdebug: off
        \ttimestamp: on
        \tlogger_subsys {
        \t\tsubsys: QUORUM
        \t\tsyslog_priority: warning
        \t\tdebug: off
        \t}
        }
        quorum {
        \tprovider: corosync_votequorum
        \twait_for_all: 1
        \tlast_man_standing: 1
        \tlast_man_standing_window: 20000
        }
        nodelist {
        \tnode {
        \t\tname: alpha
        \t\tnodeid: 1
        \t\tring0_addr: 127.0.0.1
        \t\tring1_addr: 127.0.0.2
        \t}
        \tnode {
        \t\tname: bravo
        \t\tnodeid: 2
        \t\tquorum_votes: 1
        \t\tring0_addr: 192.0.2.12
        \t\tring1_addr: 198.51.100.12
        \t}
        \tnode {
        \t\tname: charlie
        \t\tnodeid: 3
        \t\tring0_addr: 192.0.2.13
        \t\tring1_addr: 198.51.100.13
        \t}
        }
        system {
        \tqb_ipc_type: shm
        \tsched_rr: yes
        \tmove_to_root_cgroup: auto
        }

        """
}

// MARK: Random changes

extension ReviewTests {
    /// Keys of all sections. Of files and users of this machine, and of encryption, which needs a key file, nothing is said.
    private static let keys = [
        "version", "transport", "token", "token_retransmit", "token_warning", "hold", "join", "consensus", "merge", "downcheck",
        "max_network_delay", "token_retransmits_before_loss_const", "token_coefficient", "link_mode", "ip_version", "crypto_cipher",
        "crypto_model", "knet_compression_model", "knet_compression_level", "netmtu", "window_size", "clear_node_high_bit",
        "linknumber", "mcastport", "knet_link_priority", "knet_transport", "knet_pong_count", "timestamp", "fileline", "blackbox",
        "to_stderr", "to_syslog", "syslog_facility", "syslog_priority", "logfile_priority", "debug", "subsys",
        "expected_votes", "two_node", "wait_for_all", "auto_tie_breaker", "last_man_standing_window", "votes", "nodeid", "name",
        "quorum_votes", "ring0_addr", "ring1_addr", "qb_ipc_type", "sched_rr", "move_to_root_cgroup", "watchdog_timeout", "a", "é",
        "ring8_addr", "mcastaddr", "cluster_uuid", "x.y", "x/y", "no_such_key", "allow_knet_handle_fallback",
    ]

    private static let values = [
        "", "0", "1", "2", "3", "13", "14", "29", "30", "50", "99", "101", "255", "256", "5405", "65535", "65536", "4294967295", "4294967296",
        "-1", "+2", "0x1", "1.5", "1 # c", "yes", "no", "on", "off", "knet", "none", "passive", "rr", "active", "ipv4", "ipv6-4",
        "aes256", "nss", "gcrypt", "zlib", "lz4", "udp", "sctp", "hires", "trace", "daemon", "local7", "info", "warning", "warn", "error",
        "QUORUM", "QU ORUM", "corosync_votequorum", "127.0.0.3", "239.0.0.1", "10.0.0.1", "fe80::1", "300.1.1.1", "native", "shm", "auto", "\"yes\"",
    ]

    private static func changed(_ random: inout Seeded) -> String {
        var lines = (random.chance(2) ? large : CorosyncTests.sound).split(separator: "\n").map(String.init)
        for _ in 0..<random.number(1...2) {
            let index = random.number(0...lines.count - 1)
            let isPair = lines[index].contains(":")
            switch random.number(0...3) {
            case 0 where isPair: lines[index] = lines[index].prefix { $0 != ":" } + ": " + random.pick(values)
            case 1 where isPair: lines.remove(at: index)
            case 2 where isPair: lines.insert(lines[index], at: index)
            case 3: lines.insert("\(random.pick(keys)): \(random.pick(values))", at: index)
            default: break
            }
        }
        lines.removeAll { $0.contains("provider:") }  // -t does not look whether there is one
        return lines.joined(separator: "\n") + "\n"
    }
}
