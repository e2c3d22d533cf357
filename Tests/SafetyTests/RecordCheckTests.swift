import CIB
import ClusterModel
import LiveState
import Planning
import Records
import Repository
import Safety
import TestKit
import Testing
import XML

@Suite("The record of the cluster")
struct RecordCheckTests {
    private func live(_ pairs: [(name: String, value: String)]) -> CIB {
        let set = Element(
            "cluster_property_set", ["id": "coxswain"],
            children: pairs.map { Element("nvpair", ["id": "coxswain-\($0.name)", "name": $0.name, "value": $0.value]) })
        var edits = Edits()
        edits.add(CIBObject(id: ClusterRecord.set, element: set))
        return CIB(crm: "primitive a Dummy").applying(edits)
    }

    private func objections(_ live: CIB, _ commit: CommitID = .desired) throws -> [Objection] {
        var planner = Planner(
            commit: commit, base: (nil, nil), desired: DesiredState(crm: "primitive a Dummy"), live: live, files: LiveFiles(contents: [:]),
            hostBases: [])
        let plan = try planner.plan()
        let state = LiveState(node: "alice", cib: live)
        return Evidence(
            plan: plan, live: state, commit: Commit(id: commit, tree: "t", author: "a", time: 0, message: "change"), policy: Policy()
        ).objections
    }

    @Test("that names no commit where it ought to is damaged, and is not taken for none", arguments: ["applied", "good", "held", "begun"])
    func damaged(name: String) throws {
        let found = try objections(live([(name, "oops")]))
        #expect(found.map(\.kind) == [.lack] && found[0].message.contains("\(name) is \"oops\""), "\(found)")
        #expect(try objections(live([(name, CommitID.base.hex)]), .base).isEmpty || name == "held")
    }

    @Test("keeps what another version of the program has in it, and what is damaged")
    func foreign() {
        let cib = live([("applied", CommitID.base.hex), ("frozen", "1"), ("good", "oops")])
        var record = ClusterRecord(in: cib)
        record.leader = "alice"
        var edits = Edits()
        record.write(to: &edits, of: cib)
        let written = cib.applying(edits)
        let values = written[ClusterRecord.set]?.element.children.reduce(into: [:]) { $0[$1["name"] ?? ""] = $1["value"] }
        #expect(values == ["applied": CommitID.base.hex, "frozen": "1", "good": "oops", "leader": "alice"])
        #expect(ClusterRecord(in: written) == record)
        record.applied = nil
        record.leader = nil
        var further = Edits()
        record.write(to: &further, of: written)
        #expect(written.applying(further)[ClusterRecord.set] != nil)
    }

    @Test("holds a commit that was gone back from, for who plans it by hand too")
    func held() throws {
        let record = [("applied", CommitID.base.hex), ("good", CommitID.base.hex), ("held", CommitID.desired.hex)]
        let found = try objections(live(record))
        #expect(found.map(\.kind) == [.refusal] && found[0].message.contains("is held"), "\(found)")
        #expect(try objections(live(record), .base).isEmpty)
        // Nowhere to go back to: it is what every node works towards.
        #expect(try objections(live([("applied", CommitID.desired.hex), ("held", CommitID.desired.hex)])).isEmpty)
    }
}
