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

    private func plan(_ old: String, _ new: String, drbd: Known<[String: DRBDCondition]>) throws -> Plan {
        func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["drbd/web.res": text]) }
        let path = "/etc/drbd.d/web.res"
        var planner = Planner(
            commit: .desired, base: (.base, state(old)), desired: state(new), live: CIB(crm: crm, applied: .base),
            files: LiveFiles(contents: [path: SourceText(path: path, text: old)]), hostBases: [state(old)], cluster: status, drbd: drbd)
        return try planner.plan()
    }

    @Test("another port or address cuts the replication of a resource that is up; of one that is down nobody minds")
    func cut() throws {
        let old = file(disk: "a")
        for (before, after) in [("7001", "7002"), ("10.1.0.1", "10.2.0.1")] {
            let new = old.replacing(before, with: after)
            #expect(try plan(old, new, drbd: .known(["web": DRBDCondition()])).interruptions.map(\.kind) == [.cut])
            #expect(try plan(old, new, drbd: .unknown("drbdsetup hangs")).interruptions.map(\.kind) == [.cut])
            #expect(try plan(old, new, drbd: .known([:])).interruptions.isEmpty)
        }
        let tuned = old.replacing("device", with: "net { max-buffers 4000; }\n device")
        #expect(try plan(old, tuned, drbd: .known(["web": DRBDCondition()])).interruptions.isEmpty)
    }

    @Test(
        "what connects two hosts is compared host by host, path by path, wherever it stands",
        arguments: [
            ("swapped", ["10.1.0.1": "10.1.0.9", "10.1.0.2": "10.1.0.1", "10.1.0.9": "10.1.0.2"]),
            ("another transport", ["device": "net { transport rdma; }\n device"]),
            ("a proxy", ["10.1.0.1:7001;": "10.1.0.1:7001; proxy on alpha { inside 127.0.0.1:7003; outside 192.0.2.1:7004; }"]),
        ])
    func links(name: String, edits: [String: String]) throws {
        let old = file(disk: "a")
        let new = edits.sorted { $0.key < $1.key }.reduce(old) { $0.replacing($1.key, with: $1.value) }
        #expect(new != old)
        #expect(try plan(old, new, drbd: .known(["web": DRBDCondition()])).interruptions.map(\.kind) == [.cut], "\(name)")
    }

    @Test("a resource that moves to another file is compared with what it was")
    func movedFile() throws {
        let old = file(disk: "a")
        func interruptions(_ new: String) throws -> [DRBDInterruption.Kind] {
            func state(_ name: String, _ text: String) -> DesiredState { DesiredState(crm: crm, files: ["drbd/\(name)": text]) }
            let path = "/etc/drbd.d/web.res"
            var planner = Planner(
                commit: .desired, base: (.base, state("web.res", old)), desired: state("other.res", new), live: CIB(crm: crm, applied: .base),
                files: LiveFiles(contents: [path: SourceText(path: path, text: old)]), hostBases: [state("web.res", old)], cluster: status,
                drbd: .known(["web": DRBDCondition()]))
            return try planner.plan().interruptions.map(\.kind)
        }
        #expect(try interruptions(old).isEmpty)
        #expect(try interruptions(old.replacing("7001", with: "7002")) == [.cut])
    }

    @Test("two that are Primary keep the permission until one is demoted")
    func demoted() throws {
        let plain = file(disk: "a")
        let dual = plain.replacing("device", with: "net { protocol C; allow-two-primaries yes; }\n device")
        let single = plain.replacing("device", with: "net { protocol C; }\n device")
        let both = DRBDCondition(isDualPrimary: true)
        #expect(try plan(dual, single, drbd: .known(["web": both])).interruptions.map(\.kind) == [.inUse])
        #expect(try plan(dual, single, drbd: .known(["web": DRBDCondition()])).interruptions.isEmpty)
        #expect(try plan(single, dual, drbd: .known(["web": both])).interruptions.isEmpty)
    }

    @Test("a connection's own permission counts before that of its resource")
    func demotedInConnection() throws {
        func text(_ own: String, _ connection: String) -> String {
            file(disk: "a").replacing(
                "device", with: "net { protocol C; \(own) }\n connection { host alpha; host bravo; net { protocol C; \(connection) } }\n device")
        }
        let both = Known.known(["web": DRBDCondition(isDualPrimary: true)])
        let dual = "allow-two-primaries yes;"
        func kinds(_ old: String, _ new: String) throws -> [DRBDInterruption.Kind] { try plan(old, new, drbd: both).interruptions.map(\.kind) }
        #expect(try kinds(text("", dual), text("", "")) == [.inUse])
        #expect(try kinds(text("", dual), text("", "allow-two-primaries no;")) == [.inUse])
        #expect(try kinds(text(dual, ""), text(dual, "allow-two-primaries no;")) == [.inUse])
        #expect(try kinds(text("", dual), text(dual, "")).isEmpty)
        #expect(try kinds(text("", ""), text("", dual)).isEmpty)
    }

    @Test("an option waits while its resource is apart from a peer that is there; another path, and the way back, don't")
    func parted() throws {
        let old = file(disk: "a")
        let tuned = old.replacing("device", with: "net { max-buffers 4000; }\n device")
        func plan(_ new: String, _ condition: DRBDCondition, isWayBack: Bool = false) throws -> Plan {
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["drbd/web.res": text]) }
            let path = "/etc/drbd.d/web.res"
            var planner = Planner(
                commit: .desired, base: (.base, state(old)), desired: state(new), live: CIB(crm: crm, applied: .base),
                files: LiveFiles(contents: [path: SourceText(path: path, text: old)]), hostBases: [state(old)], cluster: status,
                drbd: .known(["web": condition]),
                intent: CommitIntent(isWayBack: isWayBack))
            return try planner.plan()
        }
        let options = ["drbdsetup net-options"]
        let away = DRBDCondition(adjustment: options, disturbance: .away(peer: "bravo", connection: "Connecting"))
        let outdated = DRBDCondition(adjustment: options, disturbance: .outdated("Outdated"))
        #expect(try plan(tuned, away).disturbed.count == 1)
        #expect(try plan(tuned, away, isWayBack: true).disturbed.isEmpty)
        #expect(try plan(old.replacing("7001", with: "7002"), away).disturbed.isEmpty)
        #expect(try plan(tuned, outdated, isWayBack: true).disturbed.count == 1)
        #expect(try plan(old, away).steps.contains { $0.id.text == "adjust web" })
        #expect(try !plan(old, outdated).steps.contains { $0.id.text == "adjust web" })
    }

    @Test("what all resources have in common counts for those that say nothing else")
    func demotedInCommon() throws {
        let both = DRBDCondition(isDualPrimary: true)
        let (dual, single) = ("common { net { protocol C; allow-two-primaries yes; } }\n", "common { net { protocol C; } }\n")
        let web = file(disk: "a")
        func plan(_ old: String, _ new: String, _ web: String) throws -> Plan {
            let path = "/etc/drbd.d/global_common.conf"
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["drbd/web.res": web, "drbd/global_common.conf": text]) }
            let contents = [path: old, "/etc/drbd.d/web.res": web]
            var planner = Planner(
                commit: .desired, base: (.base, state(old)), desired: state(new), live: CIB(crm: crm, applied: .base),
                files: LiveFiles(contents: Dictionary(uniqueKeysWithValues: contents.map { ($0, SourceText(path: $0, text: $1)) })),
                hostBases: [state(old)], cluster: status, drbd: .known(["web": both]))
            return try planner.plan()
        }
        #expect(try plan(dual, single, web).interruptions.map(\.kind) == [.inUse])
        #expect(try plan(single, dual, web).interruptions.isEmpty)
        let own = web.replacing("device", with: "net { allow-two-primaries yes; }\n device")
        #expect(try plan(dual, single, own).interruptions.isEmpty)
    }

    @Test("a resource that is up and that no file defines is told")
    func undefined() throws {
        let text = file(disk: "a")
        func told(_ names: [String]) throws -> [String] {
            let drbd = Dictionary(uniqueKeysWithValues: names.map { ($0, DRBDCondition()) })
            return try plan(text, text, drbd: .known(drbd)).notices.map(\.message).filter { $0.contains("no file defines it") }
        }
        #expect(try told(["web"]).isEmpty)
        #expect(try told(["web", "orphan"]) == ["DRBD resource orphan is up on this host, and no file defines it"])
    }

    @Test("before Pacemaker starts, a file changes whatever a running resource would suffer from it, where it is down")
    func beforePacemaker() throws {
        let old = file(disk: "a")
        for new in [file(disk: "b"), old.replacing("7001", with: "7002")] {
            let path = "/etc/drbd.d/web.res"
            func state(_ text: String) -> DesiredState { DesiredState(crm: crm, files: ["drbd/web.res": text]) }
            func plan(_ drbd: Known<[String: DRBDCondition]>) throws -> Plan {
                var planner = Planner(
                    commit: .desired, base: (.base, state(old)), desired: state(new), live: CIB(crm: crm, applied: .base),
                    files: LiveFiles(contents: [path: SourceText(path: path, text: old)]), hostBases: [state(old)], drbd: drbd, node: "alpha")
                return try planner.plan().comingFiles
            }
            let down = try plan(.known([:]))
            #expect(down.hazards.isEmpty && down.interruptions.isEmpty && down.files.count == 1)
            for drbd in [Known.known(["web": DRBDCondition()]), .unknown("drbdsetup hangs")] {
                let up = try plan(drbd)
                #expect(!up.hazards.isEmpty || !up.interruptions.isEmpty)
            }
        }
    }

    @Test("before Pacemaker starts, a file goes whose minor or port a coming one needs, where its resource is down")
    func makesRoom() throws {
        let new = file(disk: "b").replacing("resource web", with: "resource shop")
        let (base, desired) = (DesiredState(crm: crm, files: ["drbd/web.res": file(disk: "a")]), DesiredState(crm: "", files: ["drbd/shop.res": new]))
        let path = "/etc/drbd.d/web.res"
        func actions(_ drbd: Known<[String: DRBDCondition]>) throws -> [String] {
            var planner = Planner(
                commit: .desired, base: (.base, base), desired: desired, live: CIB(crm: crm, applied: .base),
                files: LiveFiles(contents: [path: SourceText(path: path, text: file(disk: "a"))]), hostBases: [base], drbd: drbd, node: "alpha")
            return try planner.plan().comingFiles.steps.filter { $0.fileChange != nil }.map(\.action.title)
        }
        #expect(try actions(.known([:])) == ["remove /etc/drbd.d/web.res", "write /etc/drbd.d/shop.res"])
        #expect(try actions(.known(["web": DRBDCondition()])) == ["write /etc/drbd.d/shop.res"])
        #expect(try actions(.unknown("drbdsetup hangs")) == ["write /etc/drbd.d/shop.res"])
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
