import Diagnostics
import Repository
import TestKit
import Testing
import Validation

@Suite("One mistake is one finding, and its advice is right")
struct FollowOnTests {
    private static func findings(_ crm: String, files: [String: String] = [:]) -> [Finding] {
        Validation.findings(in: DesiredState(crm: crm, files: files)).sorted()
    }

    private static let pair = "primitive a ocf:pacemaker:Dummy op monitor interval=10s\nprimitive b ocf:pacemaker:Dummy op monitor interval=10s\n"

    @Test(
        "A statement that can't be read is no reason for findings elsewhere",
        arguments: [
            "primitive c ocf:pacemaker:Dummy params fake=x # a comment",
            "primitiv drbd1 ocf:linbit:drbd params drbd_resource=r\nclone c1 drbd1 meta promotable=true notify=true\nlocation l c1 100: alpha",
            "primitive vm ocf:heartbeat:Xen params xmfile=/etc/xen/vm.cfg\n  op monitor interval=10s timeout=60s",
            "primitive vm ocf:heartbeat:Xen\n  params xmfile=/etc/xen/vm.cfg",
            "primitive c ocf:pacemaker:Dummy params fake: 1", "primitive c ocf:pacemaker:Dummy params a%b x y\norder o Mandatory: a c",
            "rol r read xpath:\"//nodes\"\nacl_target u r", "primitive 1f stonith:external/ssh params hostlist=alpha\nproperty stonith-enabled=true",
            "primitive c ocf:pacemaker:Dummy \\\n  op monitor interval=10s \\\nprimitive e2 ocf:pacemaker:Dummy op monitor interval=10s\ngroup g e2",
            "xml <primitive id=\"e\" class=\"ocf\"\ngroup g e",
            "xml <group id=\"g1\"><primitive id=\"e\"/><primitive id=\"f\" ></grp>\norder o Mandatory: e f g1",
        ])
    func single(_ statement: String) {
        let findings = Self.findings(Self.pair + statement + "\n", files: ["xen/vm.cfg": "name = \"vm\"\ntype = \"hvm\"\nmemory = 512\n"])
        #expect(findings.map(\.code) == ["CXS001"], "\(Findings(findings))")
    }

    @Test("What has nothing to do with it is found all the same")
    func others() {
        let findings = Self.findings(Self.pair + "primitiv c Dummy\norder o Mandatory: a d\nproperty stonith-enable=true\n")
        #expect(Set(findings.map(\.code)) == ["CXS001", "CXS103", "CXS112"], "\(Findings(findings))")
    }

    @Test(
        "The advice fits",
        arguments: [
            ("primitive c ocf:pacemaker:Dummy op monitor 10s", "write interval=10s"),
            ("primitive c ocf:pacemaker:Dummy params fake: 1", "write fake=1"),
            ("primitive c ocf:pacemaker:Dummy meta target-role: Started", "write target-role=Started"),
            ("primitive c ocf:pacemaker:Dummy op monitor interval: 10s", "write interval=10s"),
            ("property stonith-enabled: false", "write stonith-enabled=false"),
            ("rsc_defaults resource-stickiness: 100", "write resource-stickiness=100"),
            ("op_defaults timeout: 60s", "write timeout=60s"), ("node alpha: standby=off", "leave out the colon behind the name"),
            ("primitive c ocf:pacemaker:Dummy op monitor interval=10s on_fail=restart", "did you mean \"on-fail\"?"),
            ("primitive c ocf:pacemaker:Dummy op monitor interval=10s timout=20s", "did you mean \"timeout\"?"),
            ("colocation c1 INFINTY: a b", "did you mean \"INFINITY:\"?"), ("location l a -infinty: alpha", "did you mean \"-INFINITY:\"?"),
            ("order o1 infinty: a b", "did you mean \"INFINITY:\"?"), ("location l a INFINTY: alpha", "did you mean \"INFINITY:\"?"),
            ("order o Mandatory: aa a b", "declare the resource, or remove the reference"),
            ("ms ms2 s2", "declare the resource, or remove the reference"),
            ("order o1 Mandatory: x a", "declare the resource, or remove the reference"),
        ])
    func advice(_ statement: String, _ remedy: String) {
        let findings = Self.findings(Self.pair + statement + "\n").filter { $0.code != "CXS115" }
        #expect(findings.map(\.remedy) == [remedy], "\(Findings(findings))")
    }

    @Test("A monitor without an interval is said to be never repeated, unless another one is")
    func monitorOnce() {
        let once = "primitive c ocf:pacemaker:Dummy op monitor timeout=20s"
        #expect(Self.findings(once).map(\.code) == ["CXS134"])
        #expect(Self.findings(once + " op monitor interval=10s timeout=20s") == [])
        #expect(Self.findings("primitive c ocf:pacemaker:Dummy") == [])
    }

    @Test("OCF_CHECK_LEVEL and the like are for the agent", arguments: ["OCF_CHECK_LEVEL=10", "depth=0", "checks=1"])
    func parameters(_ pair: String) {
        #expect(Self.findings("primitive c ocf:pacemaker:Dummy op monitor interval=10s \(pair)") == [])
    }

    @Test("A target of fencing without a device is said so, one with a device not")
    func emptyTarget() {
        let device = "primitive f1 stonith:external/ssh params hostlist=alpha\n"
        #expect(Self.findings(device + "fencing_topology alpha: f1 bravo:").map(\.severity) == [.warning])
        #expect(Self.findings(device + "fencing_topology alpha: bravo: f1").map(\.severity) == [.warning])
        #expect(Self.findings(device + "fencing_topology alpha: f1 bravo: f1") == [])
        #expect(Self.findings(device + "fencing_topology f1") == [])
    }
}
