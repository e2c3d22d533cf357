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

    private static let storage = """

        primitive fs Filesystem params device=/dev/drbd0 directory=/cluster fstype=ocfs2
        clone fs-clone fs
        primitive web ocf:heartbeat:Xen params xmfile=/cluster/xen/web.cfg
        """

    /// What a commit has left that brings a file system and a domU on it, after its first part.
    private func halfway() throws -> (desired: DesiredState, live: CIB) {
        let desired = DesiredState(
            crm: crm + Self.storage, files: ["xen/web.cfg": "name = \"web\"\nkernel = \"/k\"\nmemory = 64\n", "coxswain.yaml": "cluster: lab\n"])
        let files = LiveFiles(contents: [:], unmounted: ["/cluster"])
        let plan = try Scene(base: DesiredState(crm: crm), desired: desired, live: CIB(crm: crm, applied: .base), files: files).plan()
        #expect(plan.deferred.map(\.name) == ["web"])
        let record = ClusterRecord(in: plan.wanted)
        #expect(record.begun == .desired && record.applied == .base && plan.wanted.resource("fs") != nil && plan.wanted.resource("web") == nil)
        return (desired, plan.wanted)
    }

    @Test("the first part of a commit leaves word of it; with the second the commit is in force, and nothing is begun")
    func completed() throws {
        let (desired, live) = try halfway()
        let record = ClusterRecord(in: live)
        #expect(record.basis(of: .desired) == .base)
        var planner = Planner(
            commit: .desired, base: (.base, DesiredState(crm: crm)), desired: desired, live: live, files: LiveFiles(), hostBases: [])
        let plan = try planner.plan()
        #expect(plan.deferred.isEmpty && plan.wanted.resource("web") != nil)
        #expect(ClusterRecord(in: plan.wanted).begun == nil && ClusterRecord(in: plan.wanted).applied == .desired)
    }

    @Test("another commit that comes before the second part takes away what the first has brought", arguments: [CommitID.made(of: "e"), .base])
    func replaced(_ commit: CommitID) throws {
        let (begun, live) = try halfway()
        #expect(ClusterRecord(in: live).basis(of: commit) == .desired)
        var planner = Planner(
            commit: commit, base: (.base, begun), desired: DesiredState(crm: crm), live: live, files: LiveFiles(unmounted: ["/cluster"]),
            hostBases: [])
        let plan = try planner.plan()
        #expect(plan.wanted.resource("fs-clone") == nil && plan.unmanaged.isEmpty && plan.misfits.isEmpty, "\(plan.misfits)")
        #expect(ClusterRecord(in: plan.wanted).begun == nil && ClusterRecord(in: plan.wanted).applied == commit)
    }

    @Test("a record that is no commit is none", arguments: ["", "main", "bbbb", "B", "' or 1=1"])
    func nonsense(_ value: String) throws {
        var edits = Edits()
        let pair = Element("nvpair", ["id": "coxswain-applied", "name": "applied", "value": value])
        edits.add(CIBObject(id: ClusterRecord.set, element: Element("cluster_property_set", ["id": "coxswain"], children: [pair])))
        #expect(ClusterRecord(in: CIB.empty.applying(edits)).applied == nil)
    }
}
