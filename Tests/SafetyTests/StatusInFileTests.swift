import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import TestKit
import Testing

@testable import Safety

@Suite("What the status of a CIB in a file says of what runs")
struct StatusInFileTests {
    private func status(inMaintenance: Bool = false, isManaged: Bool = true) -> ClusterStatus {
        ClusterStatus(
            hasQuorum: true, dc: "alice", nodes: [],
            resources: [.init(id: "d", role: "Started", isActive: true, isManaged: isManaged, hasFailed: false, nodes: ["alice"])],
            isIdle: false, inMaintenance: inMaintenance)
    }

    private func evidence(_ plan: Plan, _ status: ClusterStatus?) -> Evidence {
        var live = LiveState(node: "alice", cib: plan.live)
        live.statusInFile = status
        return Evidence(plan: plan, live: live, commit: nil, policy: Policy())
    }

    @Test("what is deleted and could not be stopped is told, and nothing is waited for")
    func deleted() throws {
        let git = "primitive d ocf:pacemaker:Dummy\nprimitive e ocf:pacemaker:Dummy\n"
        let plan = try Scene(base: git, desired: "primitive e ocf:pacemaker:Dummy\n").plan()
        let told = evidence(plan, status(inMaintenance: true)).unstoppable
        #expect(told.count == 1 && told[0].message.hasPrefix("d is to be deleted, and the cluster is in maintenance"))
        #expect(told[0].remedy == "end it: crm configure property maintenance-mode=false")
        #expect(evidence(plan, status(isManaged: false)).unstoppable.count == 1)
        #expect(evidence(plan, status()).unstoppable == [])
        #expect(evidence(plan, nil).unstoppable == [])
        #expect(evidence(plan, status(inMaintenance: true)).objections == [])
    }

    @Test("a domU that runs keeps its name there too, and what of its file waits for a restart is told")
    func renamed() throws {
        func evidence(_ new: String, _ status: ClusterStatus?) throws -> Evidence {
            let crm = "primitive d ocf:heartbeat:Xen params xmfile=/cluster/xen/d.cfg\n"
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["xen/d.cfg": text]) }
            let old = "name = \"d\"\nmemory = 512\n"
            let host = LiveFiles(contents: ["/cluster/xen/d.cfg": SourceText(path: "/cluster/xen/d.cfg", text: old)])
            let plan = try Scene(base: state(old), desired: state(new), live: CIB(crm: crm, applied: .base), files: host).plan()
            return self.evidence(plan, status)
        }
        let renamed = "name = \"guest-7\"\nmemory = 512\n"
        #expect(try DomainIdentityCheck.objections(to: evidence(renamed, status())).count == 1)
        #expect(try DomainIdentityCheck.objections(to: evidence(renamed, nil)).isEmpty)
        let larger = "name = \"d\"\nmemory = 1024\n"
        #expect(try evidence(larger, status()).pendingRestarts.map(\.settings) == [["memory"]])
    }
}
