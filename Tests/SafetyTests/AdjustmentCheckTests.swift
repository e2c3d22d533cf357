import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import Safety
import TestKit
import Testing

@Suite("What drbdadm would run is judged, whatever the files say")
struct AdjustmentCheckTests {
    private func objections(_ commands: [String], _ message: String = "change", size: (String, String) = ("", "")) throws -> [Objection] {
        func text(_ size: String) -> String {
            "resource r { device minor 0; disk /dev/vg0/r; meta-disk internal; disk { \(size) }\n"
                + "on alpha { address 10.1.0.1:7001; } on bravo { address 10.1.0.2:7001; } }"
        }
        func state(_ size: String) -> DesiredState { DesiredState([("drbd/r.res", SourceText(path: "drbd/r.res", text: text(size)))]) }
        let path = "/etc/drbd.d/r.res"
        let files = LiveFiles(contents: [path: SourceText(path: path, text: text(size.0))])
        let plan = try Scene(base: state(size.0), desired: state(size.1), live: .init(crm: ""), files: files).plan()
        var evidence = Evidence(
            plan: plan, live: LiveState(node: "alpha", cib: plan.live),
            commit: Commit(id: .desired, tree: "t", author: "a", time: 0, message: message), policy: Policy())
        evidence.adjustments = ["r": commands]
        return evidence.objections
    }

    @Test(
        "a device or data that would go, by whatever generation's drbdsetup",
        arguments: [
            "drbdsetup detach 0", "drbdsetup-84 del-minor 0", "/usr/sbin/drbdsetup down r", "drbdsetup resize 0 --size=1G",
            "drbdsetup attach 0 /dev/vg0/r /dev/vg0/r internal --size=2097152s",
        ])
    func loss(command: String) throws {
        let found = try objections(["drbdsetup net-options r 1 --max-buffers=4000", command], "x\n\nAllow-Disruption: r")
        #expect(found.map(\.kind) == [.refusal] && found[0].message.contains(command), "\(found)")
    }

    @Test("a cut of the replication, unless somebody says when", arguments: ["disconnect", "del-path", "del-peer"])
    func cut(verb: String) throws {
        let found = try objections(["drbdsetup \(verb) r 1"])
        #expect(found.map(\.trailer) == ["Allow-Disruption: r"], "\(found)")
        #expect(try objections(["drbdsetup \(verb) r 1"], "x\n\nAllow-Disruption: r").isEmpty)
    }

    @Test("options, and more of the disk, are none")
    func harmless() throws {
        #expect(try objections(["drbdsetup disk-options 0 --resync-rate=10M", "drbdsetup resize 0", "drbdsetup check-resize 0"]).isEmpty)
        #expect(try objections(["drbdsetup resize 0 --size=2G"], size: ("size 1G;", "size 2G;")).isEmpty)
        #expect(try objections(["drbdsetup resize 0 --size=2G"], size: ("size 1G;", "size 1G;")).count == 1)
    }
}
