import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import Safety
import TestKit
import Testing

@Suite("A domU that runs on with its former file")
struct PendingRestartTests {
    private let crm = "primitive d ocf:heartbeat:Xen params xmfile=/cluster/xen/d.cfg\n"

    private func evidence(_ old: String, _ new: String, isActive: Bool = true) throws -> Evidence {
        let host = LiveFiles(contents: ["/cluster/xen/d.cfg": SourceText(path: "/cluster/xen/d.cfg", text: old)])
        let (base, desired) = (DesiredState(crm: crm, files: ["xen/d.cfg": old]), DesiredState(crm: crm, files: ["xen/d.cfg": new]))
        let plan = try Scene(base: base, desired: desired, live: CIB(crm: crm, applied: .base), files: host).plan()
        let cluster = ClusterStatus(
            hasQuorum: true, dc: "alice", nodes: [],
            resources: [.init(id: "d", role: "Started", isActive: isActive, isManaged: true, hasFailed: false, nodes: ["alice"])],
            isIdle: true, inMaintenance: false)
        return Evidence(plan: plan, live: LiveState(node: "alice", cib: plan.live, cluster: cluster), commit: nil, policy: Policy())
    }

    @Test("is told while it runs, and not where the file means the same or nothing runs")
    func told() throws {
        let old = "name = \"d\"\nmemory = 128\n"
        let new = "name = \"d\"\nmemory = 256\n"
        #expect(try evidence(old, new).pendingRestarts.map { "\($0.domain) \($0.path)" } == ["d /cluster/xen/d.cfg"])
        #expect(try evidence(old, new, isActive: false).pendingRestarts.isEmpty)
        #expect(try evidence(old, "memory = 128\nname = \"d\"\n").pendingRestarts.isEmpty)
    }

    @Test("does not migrate before; unless the commit says that it may")
    func migrated() throws {
        func kinds(_ old: String, _ new: String, _ kind: Transition.Kind, message: String = "change") throws -> [Objection] {
            var evidence = try evidence(old, new)
            evidence.forecast = .known(Forecast(caused: Transition(actions: [.init(kind, "d", from: "alice", to: "bob")])))
            evidence.commit = Commit(id: .desired, tree: "t", author: "a", time: 0, message: message)
            return evidence.objections.filter {
                $0.message.contains("d would migrate, and d runs on without") && $0.kind == .refusal && $0.trailer == "Allow-Disruption: d"
            }
        }
        let (old, new) = ("name = \"d\"\nmemory = 128\n", "name = \"d\"\nmemory = 256\n")
        #expect(try kinds(old, new, .migrate).count == 1)
        #expect(try kinds(old, old, .migrate).isEmpty)
        #expect(try kinds(old, new, .restart).isEmpty)
        #expect(try kinds(old, new, .migrate, message: "change\n\nAllow-Disruption: d").isEmpty)
    }

    @Test("is not told where Pacemaker starts it anew in consequence of the plan")
    func restarted() throws {
        var evidence = try evidence("name = \"d\"\nmemory = 128\n", "name = \"d\"\nmemory = 256\n")
        func action(_ kind: Transition.Kind) -> Transition {
            Transition(actions: [.init(kind, "d", from: "alice", to: "alice")])
        }
        evidence.forecast = .known(Forecast(caused: action(.restart)))
        #expect(evidence.pendingRestarts.isEmpty)
        evidence.forecast = .known(Forecast(caused: action(.migrate)))
        #expect(evidence.pendingRestarts.map(\.domain) == ["d"])
    }
}
