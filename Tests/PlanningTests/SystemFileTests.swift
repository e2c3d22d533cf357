import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import Steps
import TestKit
import Testing

/// corosync.conf, OCFS2's cluster.conf and /etc/default: what comes in addition comes, what the cluster stands on does not change under it.
struct SystemFileTests {
    private let corosync = """
        totem {
            version: 2
            cluster_name: ha
            transport: knet
            token: 3000
        }
        nodelist {
            node {
                name: alpha
                nodeid: 1
                ring0_addr: 192.0.2.11
            }
            node {
                name: bravo
                nodeid: 2
                ring0_addr: 192.0.2.12
            }
        }
        quorum {
            provider: corosync_votequorum
            two_node: 1
        }
        logging {
            to_syslog: yes
        }

        """
    private let third = """
            node {
                name: charlie
                nodeid: 3
                ring0_addr: 192.0.2.13
            }
        }
        quorum {
        """
    private let ocfs2 = """
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
        \tip_port = 7777
        \tip_address = 192.0.2.12
        \tnumber = 1
        \tname = bravo
        \tcluster = ocfs2

        """
    private let charlie = "\nnode:\n\tip_port = 7777\n\tip_address = 192.0.2.13\n\tnumber = 2\n\tname = charlie\n\tcluster = ocfs2\n"

    private let places = [
        "corosync/corosync.conf": "/etc/corosync/corosync.conf", "ocfs2/cluster.conf": "/etc/ocfs2/cluster.conf",
        "default/xendomains": "/etc/default/xendomains",
    ]

    /// - Parameter host: the text there; nil: as the base has it.
    private func plan(_ file: String, _ old: String?, _ new: String?, host: String? = nil, registered: [String: Set<String>] = [:]) throws -> Plan {
        let state = { (text: String?) in DesiredState(crm: "node alpha\n", files: text.map { [file: $0] } ?? [:]) }
        let path = try #require(places[file])
        var files = LiveFiles(contents: (host ?? old).map { [path: SourceText(path: path, text: $0)] } ?? [:])
        files.registeredNodes = registered
        let cluster = ClusterStatus(hasQuorum: true, dc: "alpha", nodes: [], resources: [], isIdle: true, inMaintenance: false)
        let base = old.map { state($0) }
        var planner = Planner(
            commit: .desired, base: (base == nil ? nil : .base, base), desired: state(new),
            live: CIB(crm: "node alpha\n", applied: base == nil ? nil : .base),
            files: files, hostBases: [base].compactMap(\.self), cluster: cluster, node: "alpha")
        return try planner.plan()
    }

    private func deeds(_ plan: Plan) -> [String] { plan.steps.filter { $0.stage != .judge }.map(\.id.text) }

    @Test("corosync: a node that comes, a time, a word of the log; reloaded when every node has the file")
    func corosyncChanges() throws {
        for (word, other) in [("token: 3000", "token: 5000"), ("to_syslog: yes", "to_syslog: no"), ("}\nquorum {", third)] {
            let plan = try plan("corosync/corosync.conf", corosync, corosync.replacing(word, with: other))
            #expect(plan.misfits.isEmpty, "\(other)")
            #expect(deeds(plan) == ["write /etc/corosync/corosync.conf", "reload corosync", "commit"])
            #expect(plan.steps.map(\.stage) == [.replace, .commit, .commit, .judge])
        }
        let again = try plan(
            "corosync/corosync.conf", corosync, corosync.replacing("token: 3000", with: "token: 5000"),
            host: corosync.replacing("token: 3000", with: "token: 5000"))
        #expect(deeds(again) == ["reload corosync", "commit"], "the file is there, and corosync has not read it yet")
        #expect(try plan("corosync/corosync.conf", corosync, corosync).files.isEmpty)
    }

    @Test(
        "corosync: what nodes are known by, and how they talk, is refused with the place and the procedure",
        arguments: [
            ("transport: knet", "transport: udpu", "totem.transport from knet to udpu"), ("nodeid: 2", "nodeid: 3", "nodelist.node(bravo).nodeid"),
            ("ring0_addr: 192.0.2.12", "ring0_addr: 192.0.2.22", "nodelist.node(bravo).ring0_addr"),
            ("name: bravo", "name: charlie", "nodelist.node(bravo)"), ("cluster_name: ha", "cluster_name: hb", "totem.cluster_name"),
        ])
    func corosyncRefusals(_ word: String, _ other: String, _ message: String) throws {
        let misfits = try plan("corosync/corosync.conf", corosync, corosync.replacing(word, with: other)).misfits
        #expect(misfits.contains { $0.message.contains(message) && $0.remedy?.contains("stop Pacemaker and corosync everywhere") == true })
        #expect(misfits.allSatisfy { $0.place?.file == "corosync/corosync.conf" })
    }

    @Test("OCFS2: a node that comes is written and registered where the cluster is online; numbers and addresses stay")
    func slots() throws {
        let more = ocfs2.replacing("node_count = 2", with: "node_count = 3") + charlie
        let plan = try plan("ocfs2/cluster.conf", ocfs2, more, registered: ["ocfs2": ["alpha", "bravo"]])
        #expect(plan.misfits.isEmpty)
        #expect(deeds(plan) == ["write /etc/ocfs2/cluster.conf", "register the nodes of ocfs2 cluster ocfs2", "commit"])
        #expect(deeds(try self.plan("ocfs2/cluster.conf", ocfs2, more)) == ["write /etc/ocfs2/cluster.conf", "commit"], "o2cb is off")
        let known = try self.plan("ocfs2/cluster.conf", more, more, registered: ["ocfs2": ["alpha", "bravo", "charlie"]])
        #expect(deeds(known) == ["commit"])
        for (word, other) in [("number = 1", "number = 7"), ("192.0.2.12", "192.0.2.22"), ("name = bravo", "name = brave")] {
            let misfits = try self.plan("ocfs2/cluster.conf", ocfs2, ocfs2.replacing(word, with: other)).misfits
            #expect(misfits.count == 1 && misfits[0].message.contains("bravo"), "\(other)")
        }
    }

    @Test("/etc/default: the variables that git has, and not a byte more")
    func variables() throws {
        let host = "# Debian's words\nXENDOMAINS_AUTO=/etc/xen/auto\nXENDOMAINS_RESTORE=true\nXENDOMAINS_CREATE_USLEEP=5000000 # mine\n"
        let wanted = "# ours\nXENDOMAINS_AUTO=\"\"\nXENDOMAINS_RESTORE=false\n"
        let change = try #require(try plan("default/xendomains", nil, wanted, host: host).files.first)
        #expect(
            change.new?.text == "# Debian's words\nXENDOMAINS_AUTO=\"\"\nXENDOMAINS_RESTORE=false\nXENDOMAINS_CREATE_USLEEP=5000000 # mine\n")
        #expect(try plan("default/xendomains", nil, wanted, host: change.new?.text).files.isEmpty)
    }

    @Test("what leaves the repository stays on the host", arguments: ["corosync/corosync.conf", "ocfs2/cluster.conf", "default/xendomains"])
    func leaving(_ file: String) throws {
        let text = file.hasPrefix("corosync") ? corosync : file.hasPrefix("ocfs2") ? ocfs2 : "XENDOMAINS_AUTO=\"\"\n"
        #expect(try plan(file, text, nil).files.isEmpty)
    }
}
