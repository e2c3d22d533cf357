import CIB
import Diagnostics
import Host
import Repository
import TestKit
import Testing

/// DRBD that runs and is promoted nowhere: Pacemaker keeps the domU stopped exactly if it is tied to the promotion.
@Suite("Ties are those that Pacemaker keeps")
struct TieTests {
    static let orders = [
        "order c Mandatory: r0-clone:promote vm:start", "order c Mandatory: r0-clone:promote vm", "order c Mandatory: r0-clone vm",
        "order c Optional: r0-clone:promote vm:start", "order c Serialize: r0-clone vm", "order c Mandatory: vm r0-clone",
        "order c 0: r0-clone:promote vm:start", "order c inf: r0-clone:promote vm:start",
        "order c Mandatory: ( r0-clone:promote ) ( vm:start )", "order c Mandatory: ( r0-clone:promote other ) ( vm )",
        "order c Mandatory: r0-clone:promote other:start vm:start", "order c Mandatory: r0-clone:start other vm",
        "order c Mandatory: r0-clone:promote other:start\norder d Mandatory: other vm",
        "order c Mandatory: r0-clone:promote other:start\norder d Optional: other vm",
        "order c Mandatory: r0-clone:promote other:start\ngroup g other vm",
        "order c Mandatory: r0-clone:promote other:start\ngroup g vm other",
        "order c Mandatory: r0-clone:promote other:start\ngroup g other\norder d Mandatory: g vm",
        "order c Mandatory: r0-clone:promote g:start\ngroup g other\norder d Mandatory: other vm",
        "order c Mandatory: r0-clone:promote guests:start\ntag guests: vm other",
        "order c Mandatory: both:promote vm:start\ntag both: r0-clone", "order c Mandatory: both:promote vm\ntag both: r0-clone",
        "order c Mandatory: r0-clone:promote guests\ntag guests: vm other",
        "order c Mandatory: r0-clone:promote t:start\nrsc_template t ocf:pacemaker:Dummy\nprimitive x @t\norder d Mandatory: x vm",
        "order c Mandatory: ( r0-clone:promote ) ( other:start ) ( vm:start )",
        "order c Mandatory: ( r0-clone:promote ) guests:start\ntag guests: vm other",
    ]
    static let colocations = [
        "colocation c inf: vm r0-clone:Master", "colocation c inf: vm r0-clone", "colocation c inf: r0-clone:Master vm",
        "colocation c 100: vm r0-clone:Master", "colocation c inf: vm r0-clone:Slave", "colocation c inf: vm:Started r0-clone:Master",
        "colocation c inf: ( vm other ) ( r0-clone:Master )", "colocation c inf: ( r0-clone:Master ) ( vm other )",
        "colocation c inf: other vm r0-clone:Master", "colocation c inf: ( vm ) ( other ) ( r0-clone )",
        "colocation c inf: other r0-clone:Master\ncolocation d inf: vm other",
        "colocation c inf: other r0-clone:Master\ncolocation d 100: vm other",
        "colocation c inf: other r0-clone:Master\ngroup g other vm", "colocation c inf: vm r0-clone:Master\ngroup g other vm",
        "colocation c inf: other r0-clone:Master\ngroup g other\ncolocation d inf: vm g",
        "colocation c inf: guests r0-clone:Master\ntag guests: vm other",
        "colocation c inf: guests r0-clone\ntag guests: vm other",
        "colocation c inf: vm both:Master\ntag both: r0-clone",
    ]
    static let cluster = """
        node alpha
        node bravo
        property stonith-enabled=false no-quorum-policy=ignore
        primitive other ocf:pacemaker:Dummy
        primitive r0-drbd ocf:linbit:drbd params drbd_resource=r0 meta resource-stickiness=0
        clone r0-clone r0-drbd meta promotable=true promoted-max=2 notify=true interleave=true clone-max=2
        primitive vm ocf:heartbeat:Xen params xmfile=/etc/xen/vm.cfg

        """

    @Test("of an order", arguments: orders)
    func order(_ constraint: String) async throws {
        try await compare(constraint, code: "CXS202")
    }

    @Test("of a colocation", arguments: colocations)
    func colocation(_ constraint: String) async throws {
        try await compare(constraint, code: "CXS203")
    }

    private func compare(_ constraint: String, code: String) async throws {
        let text = Self.cluster + constraint + "\n"
        let files = ["crm/a.crm": text, "xen/vm.cfg": Cluster.domain, "drbd/r0.res": Cluster.resource()]
        let isLoose = Example.findings(in: files).contains { $0.code == code }
        #expect(try await Self.starts(text) == isLoose)
    }

    /// Whether `crm_simulate` starts the domU.
    private static func starts(_ text: String) async throws -> Bool {
        let scratch = try Scratch()
        let file = try scratch.write(CIB(crm: text).xml, to: "cib.xml")
        let output = try await Command(
            "crm_simulate", ["--simulate", "--xml-file", file, "--node-up", "alpha", "--node-up", "bravo"]
        ).run()
        try #require(output.status == .exited(0), "\(scratch.path): \(output)")
        return output.text.contains(#/vm +start on /#)
    }
}
