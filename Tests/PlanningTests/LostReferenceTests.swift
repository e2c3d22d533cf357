import CIB
import Diagnostics
import Host
import Planning
import Repository
import TestKit
import Testing
import Validation
import XML

/// What the result would refer to and not have. crm_verify refuses it too, in words about lines of a file that nobody sees.
struct LostReferenceTests {
    private static let a = "primitive a ocf:pacemaker:Dummy op monitor interval=10s\n"
    private static let b = "primitive b ocf:pacemaker:Dummy\n"

    private func misfits(git: String, then: String, others: String) throws -> [String] {
        try Scene(base: git, desired: then, live: git + others).plan().misfits.map(\.message)
    }

    @Test(
        "what somebody else's object needs does not go",
        arguments: [
            ("role r read xpath:\"//nodes\"\n", "acl_target u r\n", "\"r\" would go, and u, which is not in the repository, needs it"),
            ("rsc_template t ocf:pacemaker:Dummy\n", "primitive p @t\n", "\"t\" would go, and p, which is not in the repository, needs it"),
            (
                "primitive m ocf:pacemaker:Dummy meta $id=m-meta priority=1\n", "primitive p ocf:pacemaker:Dummy meta $id-ref=m-meta\n",
                "\"m-meta\" would go, and p, which is not in the repository, needs it"
            ),
            (
                "primitive f1 stonith:external/ssh params hostlist=alpha\n", "fencing_topology alpha: f1\n",
                "\"f1\" would go, and fencing_topology, which is not in the repository, needs it"
            ),
            ("primitive m ocf:pacemaker:Dummy\n", "role r read ref:m\n", "\"m\" would go, and r, which is not in the repository, needs it"),
        ])
    func needed(_ object: String, _ others: String, _ message: String) async throws {
        #expect(try misfits(git: Self.a + object, then: Self.a, others: others) == [message])
        // Of something else nothing is said, and what both lose is no loss.
        #expect(try misfits(git: Self.a + Self.b + object, then: Self.a + object, others: others) == [])
        #expect(try misfits(git: Self.a + object + others, then: Self.a, others: "") == [])
    }

    @Test("what crm_verify calls an unknown ID is refused, and what it takes is not", arguments: 0..<12 as Range<UInt64>)
    func likeVerify(_ seed: UInt64) async throws {
        var random = Seeded(seed &+ 3)
        let git = [
            "primitive a ocf:pacemaker:Dummy meta $id=a-list priority=1 operations $id=a-operations op monitor interval=10s",
            "primitive b ocf:pacemaker:Dummy",
            "rsc_template t ocf:pacemaker:Dummy", "role r read xpath:\"//nodes\"", "role s read ref:b", "primitive f stonith:external/ssh",
        ]
        let others = [
            "acl_target u r", "acl_group g s", "primitive p @t", "primitive q ocf:pacemaker:Dummy meta $id-ref=a-list", "role x write ref:a",
            "tag y a b",
            "primitive z ocf:pacemaker:Dummy operations $id-ref=a-operations",
        ].filter { _ in random.chance(2) }
        let kept = git.filter { _ in !random.chance(3) }
        let scene = Scene(
            base: git.joined(separator: "\n"), desired: kept.joined(separator: "\n") + "\n", live: (git + others).joined(separator: "\n") + "\n")
        guard let plan = try? scene.plan() else { return }  // a reference within git is said before
        let output = try await Oracle("crm_verify", package: "pacemaker-cli-utils").judge(plan.wanted.xml, ["-VV", "-x", "FILE"])
        let isLost = (output.error + output.text).contains("unknown ID")
        #expect(plan.misfits.isEmpty != isLost, "\(plan.misfits)\n\(output.error)\n\(kept)\n\(others)")
    }

    @Test("a role that nobody declares is found before, in git and with the cluster's help")
    func roles() throws {
        #expect(throws: Findings.self) { try Scene(base: Self.a, desired: Self.a + "acl_target u ops\n").plan() }
        let live = Self.a + "role ops read xpath:\"//nodes\"\n"
        #expect(try Scene(base: Self.a, desired: Self.a + "acl_target u ops\n", live: live).plan().misfits == [])
        let state = DesiredState(crm: Self.a + "role ops read xpath:\"//nodes\"\nacl_target u osp\nacl_group g ops\n")
        #expect(state.unresolved.map(\.finding.message) == ["u refers to \"osp\", and no such role is declared"])
        #expect(state.unresolved.first?.finding.remedy == "did you mean \"ops\"?")
    }

    @Test(
        "an error of validate keeps a commit from being planned",
        arguments: [
            [
                "crm/b.crm": "primitive c ocf:pacemaker:Dummy params $id=xx fake=1\n",
                "crm/c.crm": "primitive d ocf:pacemaker:Dummy params $id=xx fake=1\n",
            ],
            ["crm/b.crm": "location a a 100: alpha\n"], ["crm/b.crm": "primitive c ocf:pacemaker:Dummy op monitor $id=a interval=10s\n"],
            ["crm/b.crm": "primitive c ocf:pacemaker:Dummy meta container=nope\n"],
        ])
    func alike(_ files: [String: String]) throws {
        let state = DesiredState(crm: Self.a, files: files)
        #expect(Validation.findings(in: state).contains { $0.severity == .error })
        #expect(!state.errors.isEmpty || (try? Scene(base: nil, desired: state, live: .empty).plan()) == nil)
    }

    @Test("a device of a level that neither git nor the cluster has is told, and one that the cluster alone has is not")
    func devices() throws {
        let topology = Self.a + "fencing_topology alpha: f1 f2\n"
        let live = Self.a + "primitive f1 stonith:external/ssh params hostlist=alpha\n"
        let notices = try Scene(base: Self.a, desired: topology, live: live).plan().notices.filter { $0.severity == .warning }
        #expect(notices.map(\.message) == ["a level of fencing names \"f2\", and the cluster will have no such device"])
        #expect(notices.first?.place?.line == 2)
    }

    @Test("a CIB without a feature set is no reason against a plan that does nothing")
    func featureSet() throws {
        var root = CIB(crm: Self.a).root
        root["crm_feature_set"] = nil
        let plan = try Scene(base: nil, desired: DesiredState(crm: Self.a), live: CIB(root)).plan()
        #expect(plan.isEmpty && !plan.needsTransaction)
    }
}
