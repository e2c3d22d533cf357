import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import TestKit
import Testing

@testable import Safety

@Suite("A domU that runs is found again under the name that its agent looks for")
struct DomainIdentityTests {
    private func objections(
        _ old: String, _ new: String, xmfile: String = "/cluster/xen/d.cfg", applied: CommitID = .base, running: [String]? = nil, name: String = ""
    ) throws -> [Objection] {
        let crm = "primitive vm1 ocf:heartbeat:Xen params xmfile=\"\(xmfile)\" \(name)\n"
        let host = LiveFiles(contents: ["/cluster/xen/d.cfg": SourceText(path: "/cluster/xen/d.cfg", text: old)])
        let desired = DesiredState(crm: crm, files: ["xen/d.cfg": new])
        let base = applied == .base ? DesiredState(crm: crm, files: ["xen/d.cfg": old]) : desired
        let cluster = ClusterStatus(
            hasQuorum: true, dc: "alice", nodes: [],
            resources: [.init(id: "vm1", role: "Started", isActive: true, isManaged: true, hasFailed: false, nodes: ["alice"])],
            isIdle: true, inMaintenance: false)
        var planner = Planner(
            commit: .desired, base: (applied, base), desired: desired, live: CIB(crm: crm, applied: applied), files: host, hostBases: [base],
            cluster: cluster, node: "alice")
        var live = LiveState(node: "alice", cib: CIB(crm: crm, applied: applied), cluster: cluster)
        let domain = LiveDomain(vcpus: 1, maxVCPUs: 1, memory: 1, maxMemory: 1)
        live.domains = running.map { .known(Dictionary(uniqueKeysWithValues: $0.map { ($0, domain) })) }
        let evidence = Evidence(plan: try planner.plan(), live: live, commit: nil, policy: Policy())
        return DomainIdentityCheck.objections(to: evidence)
    }

    private func text(_ name: String, memory: Int = 512) -> String { "\(name)\nmemory = \(memory)\n" }

    @Test(
        "what the agent reads otherwise than xl is another name too",
        arguments: [
            "name = \"d\" # the proxy", "name = \"d\" ", "name = \"d\"; pae = 1", "name = \"d\" # ticket=4711", "name = \"d\"\nname = \"d\"",
        ])
    func misread(_ name: String) throws {
        #expect(try objections(text("name = \"d\""), text(name, memory: 1024)).count == 1)
        #expect(try objections(text("name = \"d\""), text(name, memory: 1024), name: "name=d").isEmpty, "its parameter counts")
    }

    @Test("however the primitive spells the path", arguments: ["/cluster//xen/d.cfg", "/cluster/xen/../xen/d.cfg", "/cluster/./xen/d.cfg"])
    func spelling(_ xmfile: String) throws {
        #expect(try objections(text("name = \"d\""), text("name = \"guest-7\""), xmfile: xmfile).count == 1)
    }

    @Test("a name that somebody has edited by hand is put right while the domain that runs has the right one")
    func repair() throws {
        let (edited, wanted) = (text("name = \"guest-7\""), text("name = \"d\""))
        #expect(try objections(edited, wanted, applied: .desired, running: ["d"]).isEmpty)
        #expect(try objections(edited, wanted, applied: .desired, running: ["guest-7"]).count == 1)
        #expect(try objections(edited, wanted, applied: .desired).count == 1, "nobody has looked")
    }
}
