import CIB
import ClusterModel
import Health
import LiveState
import TestKit
import Testing

struct HealthTests {
    private static let crm = """
        primitive a Dummy
        primitive b Dummy
        primitive m Dummy meta target-role=Stopped
        group g a b
        primitive d ocf:pacemaker:Stateful
        clone d-clone d meta promotable=true promoted-max=1
        primitive c Dummy
        clone c-clone c meta clone-min=2
        """

    private func resource(_ id: String, _ node: String?, role: String = "Started", isBlocked: Bool = false) -> ClusterStatus.Resource {
        .init(
            id: id, role: node == nil ? "Stopped" : role, isActive: node != nil, isManaged: true, hasFailed: false, nodes: node.map { [$0] } ?? [],
            isBlocked: isBlocked)
    }

    private func status(_ resources: [ClusterStatus.Resource], without lost: String? = nil, inMaintenance: Bool = false) -> ClusterStatus {
        ClusterStatus(
            hasQuorum: true, dc: "alice",
            nodes: ["alice", "bob"].map { .init(name: $0, isOnline: $0 != lost, isUnclean: false, isPending: false) }, resources: resources,
            isIdle: true, inMaintenance: inMaintenance)
    }

    private var well: [ClusterStatus.Resource] {
        [
            resource("a", "alice"), resource("b", "alice"), resource("m", nil), resource("d", "alice", role: "Promoted"),
            resource("d", "bob", role: "Unpromoted"), resource("c", "alice"), resource("c", "bob"),
        ]
    }

    private func judge(_ now: ClusterStatus, _ touched: ResourceID..., since baseline: ClusterStatus? = nil, crm: String = crm) -> HealthVerdict {
        HealthCheck(wanted: CIB(crm: crm), touched: Set(touched), baseline: baseline).judge(now)
    }

    @Test("what runs as it should is healthy, whatever is touched; what is meant to be stopped need not run")
    func healthy() {
        #expect(judge(status(well), "a", "b", "g", "m", "d", "d-clone", "c", "c-clone", "gone", since: status(well)) == .healthy)
    }

    @Test("a member of a group that does not run is waited for, if the group is touched or any of it")
    func group() {
        let now = status(well.filter { $0.id != "b" } + [resource("b", nil)])
        for touched in ["a", "b", "g"] as [ResourceID] { #expect(judge(now, touched) == .notYet(["b does not run"])) }
        #expect(judge(now, "c") == .healthy)
    }

    @Test("a clone runs clone-min times at least")
    func clone() {
        #expect(judge(status([resource("c", "alice")]), "c-clone") == .notYet(["c-clone runs on 1 nodes, and clone-min is 2"]))
        #expect(judge(status([]), "c") == .notYet(["c-clone runs nowhere"]))
    }

    @Test("a promotable clone is promoted somewhere, and not too often; target-role may say otherwise")
    func promotable() {
        let unpromoted = [resource("d", "alice", role: "Unpromoted"), resource("d", "bob", role: "Unpromoted")]
        #expect(judge(status(unpromoted), "d") == .notYet(["d-clone is promoted nowhere"]))
        let twice = ["alice", "bob"].map { resource("d", $0, role: "Promoted") }
        #expect(judge(status(twice), "d") == .notYet(["d-clone is promoted on 2 nodes, and promoted-max is 1"]))
        let started = Self.crm.replacing("promoted-max=1", with: "promoted-max=1 target-role=Started")
        #expect(judge(status(unpromoted), "d", crm: started) == .healthy)
    }

    @Test("in maintenance, or with no node to run on, nothing is expected to run")
    func maintenance() {
        #expect(judge(status([], inMaintenance: true), "a", "c") == .healthy)
        var nobody = status([])
        nobody.nodes = [.init(name: "alice", isOnline: true, isUnclean: false, isPending: false, isAvailable: false)]
        #expect(judge(nobody, "a") == .healthy)
    }

    @Test("a new failed action breaks it, in crm_mon's words; an old one does not; without a baseline only what is touched counts")
    func failures() {
        let failure = FailedAction(resource: "b", node: "bob", task: "start", exitStatus: "not installed", exitReason: "no such \u{1B}[2J file")
        var now = status(well)
        now.failures = [failure]
        let words = "b: start on bob returned 'not installed' (no such \\u{1b}[2J file)"
        #expect(judge(now, "a", since: status(well)) == .broken([words]))
        #expect(judge(now, "b", since: now) == .healthy)
        #expect(judge(now, "b") == .broken([words]))
        #expect(judge(now, "c") == .healthy)
        var again = now
        again.failures = [FailedAction(resource: "b", node: "bob", task: "start", exitStatus: "not installed", call: "77")]
        #expect(judge(again, "b", since: now) != .healthy)
    }

    @Test("a fail count that has risen breaks it, even while the resource runs")
    func flapping() {
        var (before, now) = (status(well), status(well))
        before.failCounts = [FailCountKey("b", "alice"): 1]
        now.failCounts = [FailCountKey("b", "alice"): 1]
        #expect(judge(now, "b", since: before) == .healthy)
        now.failCounts = [FailCountKey("b", "alice"): 2]
        #expect(judge(now, "b", since: before) == .broken(["b has failed on alice"]))
        #expect(judge(now, "c", since: status(well)) == .broken(["b has failed on alice"]))
        #expect(judge(now, "c", since: before) == .healthy)
        #expect(judge(now, "c") == .healthy)
    }

    @Test("a bystander that ran before the commit runs after it; one that went with its node is not held against it")
    func bystanders() {
        let before = status(well)
        let now = status(well.filter { !($0.id == "c" && $0.nodes == ["bob"]) })
        #expect(judge(now, "a", since: before) == .notYet(["c, which the commit does not touch, used to run on alice, bob"]))
        #expect(judge(now, "a") == .healthy)
        let lost = status(well.filter { $0.nodes != ["bob"] }, without: "bob")
        #expect(judge(lost, "a", since: before) == .healthy)
        let demoted = status(well.filter { $0.id != "d" } + [resource("d", "alice", role: "Unpromoted"), resource("d", "bob", role: "Unpromoted")])
        #expect(judge(demoted, "a", since: before) == .notYet(["d, which the commit does not touch, used to be promoted on alice"]))
    }

    @Test("a bystander that failed before the commit may go on as it did; what runs nowhere any more, or fails in another way, may not")
    func failingBystander() {
        func failure(_ task: String, on node: NodeName, _ call: String) -> FailedAction {
            FailedAction(resource: "b", node: node, task: task, exitStatus: "not running", call: call)
        }
        var (before, now) = (status(well), status(well))
        before.failures = [failure("monitor", on: "alice", "7")]
        before.failCounts = [FailCountKey("b", "alice"): 3]
        now.failures = [failure("monitor", on: "alice", "9"), failure("monitor", on: "bob", "4")]
        now.failCounts = [FailCountKey("b", "alice"): 5, FailCountKey("b", "bob"): 1]
        #expect(judge(now, "c", since: before) == .healthy)
        #expect(judge(now, "b", since: before) != .healthy)
        now.resources = well.filter { $0.id != "b" } + [resource("b", nil)]
        #expect(judge(now, "c", since: before) == .asBefore(["b, which the commit does not touch, used to run on alice"]))
        now.resources = well
        now.failures.append(failure("stop", on: "alice", "10"))
        #expect(judge(now, "c", since: before) == .broken(["b: stop on alice returned 'not running'"]))
    }

    @Test("what could not be stopped breaks it")
    func blocked() {
        let now = status(well.filter { $0.id != "a" } + [resource("a", "alice", isBlocked: true)])
        #expect(judge(now, "a") == .broken(["a is blocked on alice: it could not be stopped"]))
    }
}
