import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Records
import Repository
import Steps
import TestKit
import Testing
import XML

/// The cluster's own record of the commit that it was brought to.
struct RecordTests {
    private let crm = "primitive a Dummy\nprimitive b Dummy"

    @Test("the record is part of the transaction, and no change that people care about")
    func recorded() throws {
        let plan = try Scene(base: crm, desired: crm).plan()
        #expect(plan.isEmpty)
        #expect(plan.needsTransaction)
        #expect(ClusterRecord(in: plan.live).applied == .base)
        #expect(ClusterRecord(in: plan.wanted).applied == .desired)
        #expect(plan.unmanaged == [])
    }

    @Test("uncommitted edits leave no record")
    func uncommitted() throws {
        var planner = Planner(
            commit: nil, base: (.base, DesiredState(crm: crm)), desired: DesiredState(crm: crm),
            live: CIB(crm: crm, applied: .base), files: LiveFiles(), hostBases: [])
        #expect(try !planner.plan().needsTransaction)
    }

    @Test(
        "without a base, or one that is gone from the repository, nothing is deleted, and the plan says why",
        arguments: [
            (CommitID?.none, "the cluster has no record of a commit applied before: nothing is deleted"),
            (.base, "the commit last applied, bbbbbbbbbb, is not in the repository: nothing is deleted"),
        ])
    func noBase(_ applied: CommitID?, _ notice: String) throws {
        let scene = Scene(base: nil, desired: DesiredState(crm: "primitive a Dummy"), live: CIB(crm: crm, applied: applied))
        let plan = try scene.plan()
        #expect(plan.count(.delete) == 0)
        #expect(plan.notices.map(\.message) == [notice])
        #expect(plan.unmanaged.map(\.object.name) == ["b"])
    }

    @Test("a record that is no commit is none", arguments: ["", "main", "bbbb", "B", "' or 1=1"])
    func nonsense(_ value: String) throws {
        var edits = Edits()
        let pair = Element("nvpair", ["id": "coxswain-applied", "name": "applied", "value": value])
        edits.add(CIBObject(id: ClusterRecord.set, element: Element("cluster_property_set", ["id": "coxswain"], children: [pair])))
        #expect(ClusterRecord(in: CIB.empty.applying(edits)).applied == nil)
    }
}
