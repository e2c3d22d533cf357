import CIB
import ClusterModel
import LiveState
import Planning
import Records
import Repository
import TestKit
import Testing
import XML

@Suite("What was held for too long is drift")
struct HoldLimitTests {
    private static let base = """
        property stonith-enabled=false
        primitive a Dummy meta target-role=Started
        primitive b Dummy

        """
    private static let live = """
        property stonith-enabled=false maintenance-mode=true
        node alice attributes standby=on kind=big
        node bob attributes standby=on
        primitive a Dummy meta target-role=Stopped
        primitive b Dummy meta is-managed=false
        location cli-ban-b-on-bob b role=Started -inf: bob
        location drbd-fence-by-handler-b b rule -inf: #uname ne alice

        """

    private func plan(ending names: (Held) -> Bool) throws -> Plan {
        var scene = Scene(base: Self.base, desired: Self.base, live: Self.live)
        let held = try scene.plan().held
        var edits = Edits()
        var record = ClusterRecord(in: scene.live)
        record.endedHolds = Set(held.filter(names).map(\.name))
        record.write(to: &edits, of: scene.live)
        scene.live = scene.live.applying(edits)
        return try scene.plan()
    }

    @Test("all of it: what git says comes back, what it does not say goes, a ban too; DRBD's fences stay")
    func all() throws {
        let plan = try plan { $0.holder == .operatorOverride }
        #expect(plan.held.map(\.object.name) == ["drbd-fence-by-handler-b"])
        #expect(Set(plan.changes.map(\.id.name)) == ["cib-bootstrap-options", "alice", "bob", "a", "b", "cli-ban-b-on-bob"])
        let wanted = plan.wanted
        #expect(wanted.property("maintenance-mode") == nil && wanted.property("stonith-enabled") == "false")
        #expect(wanted.resource("a")?.first("meta_attributes")?.children.first?["value"] == "Started")
        #expect(wanted[ObjectID(.constraint, "cli-ban-b-on-bob")] == nil)
        let alice = wanted[ObjectID(.node, "alice")]?.element.first("instance_attributes")?.children
        #expect(alice?.map { $0["name"] } == ["kind"])
        #expect(ClusterRecord(in: wanted).endedHolds.isEmpty)
    }

    @Test("what the policy gives to git is put right at once, by its class: what git does not say goes, and a ban; the plan tells")
    func reverted() throws {
        let policy = "drift: {node-state: revert, move: revert, drbd-fence: ignore}\n"
        var scene = Scene(base: Self.base, desired: Self.base, live: Self.live)
        scene.base = DesiredState(crm: Self.base, files: ["coxswain.yaml": policy])
        scene.desired = scene.base ?? scene.desired
        var planner = Planner(
            commit: .base, base: (.base, scene.base), desired: scene.desired, live: scene.live, files: scene.files, hostBases: [])
        let plan = try planner.plan()
        #expect(Set(plan.changes.map(\.id.name)) == ["alice", "bob", "cli-ban-b-on-bob"])
        #expect(Set(plan.held.map(\.driftClass)) == [.maintenanceMode, .resourceState])
        #expect(plan.drift == [.nodeState: 2, .move: 1])
        #expect(plan.driftClass(of: ObjectID(.node, "alice"), FieldPath(["attributes", "standby"])) == .nodeState)
        #expect(plan.wanted[ObjectID(.constraint, "cli-ban-b-on-bob")] == nil)
    }

    @Test("what nobody owns is drift of a class of its own, and only for the commit in force")
    func declared() throws {
        let state = DesiredState(crm: "primitive a Dummy params fake=1")
        let live = CIB(crm: "primitive a Dummy params fake=2", applied: .base)
        func plan(_ commit: CommitID) throws -> Plan {
            var planner = Planner(commit: commit, base: (.base, state), desired: state, live: live, files: LiveFiles(), hostBases: [])
            return try planner.plan()
        }
        #expect(try plan(.base).drift == [.declared: 1])
        #expect(try plan(.desired).drift == [:])
    }

    @Test("one of several")
    func one() throws {
        let plan = try plan { $0.name == "node alice attributes standby" }
        #expect(plan.changes.map(\.id.name) == ["alice"])
        #expect(plan.held.contains { $0.object.name == "bob" } && !plan.held.contains { $0.object.name == "alice" })
    }

    @Test("what is no longer held is taken out of the record, and nothing else is done")
    func gone() throws {
        var scene = Scene(base: Self.base, desired: Self.base)
        var edits = Edits()
        var record = ClusterRecord(in: scene.live)
        record.endedHolds = ["resource a meta target-role", "node al|ice at%7Ctributes x"]
        record.write(to: &edits, of: scene.live)
        scene.live = scene.live.applying(edits)
        #expect(ClusterRecord(in: scene.live).endedHolds == record.endedHolds)
        var planner = Planner(
            commit: .base, base: (.base, scene.base), desired: scene.desired, live: scene.live, files: scene.files, hostBases: [])
        let plan = try planner.plan()
        #expect(plan.isEmpty && plan.needsTransaction && ClusterRecord(in: plan.wanted).endedHolds.isEmpty)
    }
}
