import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Records
import Repository
import TestKit
import Testing

/// What costs data depends on what is in use here, or about to be.
struct DRBDConditionTests {
    private let crm = "primitive drbd-web ocf:linbit:drbd params drbd_resource=web"

    private func file(disk: String) -> String {
        """
        resource web {
          device /dev/drbd1;
          disk /dev/vg0/\(disk);
          meta-disk internal;
          on alpha { address 10.1.0.1:7001; }
          on bravo { address 10.1.0.2:7001; }
        }

        """
    }

    private let status = ClusterStatus(
        hasQuorum: true, dc: "alpha", nodes: [.init(name: "alpha", isOnline: true, isUnclean: false, isPending: false)], resources: [],
        isIdle: true, inMaintenance: false)

    /// - Parameter applied: `.desired` is in force already, and this host was away.
    private func hazards(
        from old: String, to new: String, applied: CommitID = .base, drbd: Known<[String: DRBDCondition]>, cluster: Bool = true
    ) throws -> [String] {
        let (base, desired) = (
            DesiredState(crm: crm, files: ["drbd/web.res": file(disk: old)]), DesiredState(crm: crm, files: ["drbd/web.res": file(disk: new)])
        )
        let path = "/etc/drbd.d/web.res"
        var planner = Planner(
            commit: .desired, base: (applied, applied == .desired ? desired : base), desired: desired, live: CIB(crm: crm, applied: applied),
            files: LiveFiles(contents: [path: SourceText(path: path, text: file(disk: old))]), hostBases: [base],
            cluster: cluster ? status : nil, drbd: drbd)
        return try planner.plan().hazards
    }

    @Test("another disk under a resource that is up, or may come up")
    func inUse() throws {
        #expect(try !hazards(from: "a", to: "b", drbd: .known(["web": DRBDCondition()])).isEmpty)
        #expect(try !hazards(from: "a", to: "b", drbd: .known([:])).isEmpty, "the CIB has it: it may be started at any moment")
        #expect(try !hazards(from: "a", to: "b", applied: .desired, drbd: .known(["web": DRBDCondition()])).isEmpty)
        #expect(try !hazards(from: "a", to: "b", applied: .desired, drbd: .unknown("drbdsetup hangs")).isEmpty)
        #expect(try !hazards(from: "a", to: "b", drbd: .known([:]), cluster: false).isEmpty)
        #expect(try hazards(from: "a", to: "a", drbd: .known(["web": DRBDCondition()])).isEmpty)
    }

    @Test("a host that was away catches up with what is in force, where the resource is down")
    func catchingUp() throws { #expect(try hazards(from: "a", to: "b", applied: .desired, drbd: .known([:])).isEmpty) }

    @Test("what came up with a former file is not adjusted to another disk")
    func cameUpBefore() throws {
        let detaching = DRBDCondition(adjustment: ["drbdsetup detach 1", "drbdsetup attach 1 /dev/vg0/b /dev/vg0/b internal"])
        #expect(try hazards(from: "b", to: "b", applied: .desired, drbd: .known(["web": detaching])).count == 1)
        let tuning = DRBDCondition(adjustment: ["drbdsetup net-options web 0 --max-buffers=9000"])
        #expect(try hazards(from: "b", to: "b", applied: .desired, drbd: .known(["web": tuning])).isEmpty)
    }

    @Test("a file stays as long as something needs it that nobody may delete")
    func orphaned() throws {
        let base = DesiredState(crm: crm, files: ["drbd/web.res": file(disk: "a")])
        let path = "/etc/drbd.d/web.res"
        var planner = Planner(
            commit: .desired, base: (.base, nil), desired: DesiredState(crm: "primitive ip IPaddr2"), live: CIB(crm: crm, applied: .base),
            files: LiveFiles(contents: [path: SourceText(path: path, text: file(disk: "a"))]), hostBases: [base], cluster: status)
        let plan = try planner.plan()
        #expect(plan.misfits.map(\.message) == ["/etc/drbd.d/web.res would go, and what needs it stays in the cluster"])
    }
}
