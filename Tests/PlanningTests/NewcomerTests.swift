import CIB
import ClusterModel
import Diagnostics
import LiveState
import Planning
import Repository
import Safety
import Steps
import TestKit
import Testing

/// Which DRBD resources of a commit nobody else would bring up, and what is done about them on which host.
struct NewcomerTests {
    private static let crm = "primitive drbd-web ocf:linbit:drbd params drbd_resource=web\n"

    private func resource(_ more: String = "", volumes: String = "device /dev/drbd1; disk /dev/vg0/web; meta-disk internal;") -> String {
        """
        resource web {
          \(volumes) \(more)
          on alpha { address 10.1.0.1:7001; }
          on bravo { address 10.1.0.2:7001; }
        }

        """
    }

    private func status(online: [String] = ["alpha", "bravo", "charlie"]) -> ClusterStatus {
        let nodes = ["alpha", "bravo", "charlie"].map {
            ClusterStatus.Node(name: $0, isOnline: online.contains($0), isUnclean: false, isPending: false)
        }
        return ClusterStatus(hasQuorum: true, dc: "alpha", nodes: nodes, resources: [], isIdle: true, inMaintenance: false)
    }

    private func weigh(
        _ desired: DesiredState, _ disks: [Int: DRBDMetadata.Content]?, base: DesiredState = DesiredState([]), live: String = "",
        files: [String: String] = [:], drbd: Known<[String: DRBDCondition]> = .known([:]), volumes: Known<LiveVolumes>? = nil,
        unknown: String? = nil, on node: NodeName = "alpha", online: [String] = ["alpha", "bravo", "charlie"], hasFailed: Bool = false
    ) throws -> Evidence {
        let contents = Dictionary(uniqueKeysWithValues: files.map { ($0.key, SourceText(path: $0.key, text: $0.value)) })
        let metadata: [String: Known<DRBDMetadata>]? = unknown.map { ["web": .unknown($0)] } ?? disks.map { ["web": .known(DRBDMetadata($0))] }
        var status = status(online: online)
        if hasFailed {
            status.resources = [.init(id: "drbd-web", role: "Slave", isActive: true, isManaged: true, hasFailed: false, nodes: ["bravo"])]
            status.failures = [FailedAction(resource: "drbd-web:1", node: node, task: "start", exitStatus: "error")]
        }
        var planner = Planner(
            commit: .desired, base: (.base, base), desired: desired, live: CIB(crm: live, applied: .base), files: LiveFiles(contents: contents),
            hostBases: [base], cluster: status, drbd: drbd, metadata: metadata, volumes: volumes, node: node)
        let plan = try planner.plan()
        return Evidence(
            plan: plan, live: LiveState(node: node, cib: plan.live, cluster: status, drbd: drbd, metadata: metadata, volumes: volumes), commit: nil,
            policy: Policy(), concernsHosts: true)
    }

    private var web: DesiredState { DesiredState(crm: Self.crm, files: ["drbd/web.res": resource()]) }

    private func steps(_ evidence: Evidence) -> [String] {
        evidence.plan.steps.filter { $0.scope != .leader && $0.scope != .everyNode }.map { "\($0.stage) \($0.id)" }
    }

    private let all = ["prepare create-md web", "prepare up web", "replace first sync of web"]

    @Test("The first host of the resource lets it begin, the other waits for that, a third has nothing to do with it")
    func hosts() throws {
        #expect(try steps(weigh(web, [0: .nothing])) == all)
        #expect(try steps(weigh(web, [0: .nothing], on: "bravo")) == all)
        #expect(try steps(weigh(web, [0: .nothing], on: "charlie")) == [])
        for (node, isFirst) in [("alpha", true), ("bravo", false)] as [(NodeName, Bool)] {
            let sync = try #require(try weigh(web, [0: .nothing], on: node).plan.steps.first { $0.id == "first sync of web" })
            guard case .firstSync(_, let begins, let copies) = sync.action else { return }
            #expect(
                begins == isFirst && copies && sync.reason == (isFirst ? "it has no data: this disk is copied to the others" : "alpha lets it begin"))
        }
        let step = try #require(try weigh(web, [0: .nothing]).plan.steps.first { $0.id == "up web" })
        #expect(step.undo == .by("down") && step.risk == .none && step.scope == .node("alpha"))
    }

    @Test("What is there already is not done again")
    func level() throws {
        #expect(try steps(weigh(web, [0: .justCreated])) == Array(all.dropFirst()))
        #expect(try steps(weigh(web, [0: .justCreated], drbd: .known(["web": DRBDCondition()]))) == Array(all.suffix(1)))
        #expect(try steps(weigh(web, [0: .data])) == ["prepare up web"])
        #expect(try steps(weigh(web, [0: .data], drbd: .known(["web": DRBDCondition()]))) == [])
    }

    @Test("It makes no difference whether the file is there already: after a power cut the resource is down")
    func inPlace() throws {
        let there = ["/etc/drbd.d/web.res": resource()]
        #expect(try steps(weigh(web, [0: .justCreated], files: there)) == Array(all.dropFirst()))
        #expect(try steps(weigh(web, [0: .data], files: there)) == ["prepare up web"])
    }

    @Test("What the CIB has Pacemaker brings up; what the commit's CIB has not nobody does")
    func others() throws {
        #expect(try weigh(web, [0: .nothing], live: Self.crm).plan.newcomers.isEmpty)
        #expect(try weigh(web, nil, base: web, live: Self.crm).plan.newcomers.isEmpty)
        let without = DesiredState(crm: "primitive ip ocf:heartbeat:IPaddr2 params ip=10.0.0.1", files: ["drbd/web.res": resource()])
        #expect(try weigh(without, [0: .nothing]).plan.newcomers.isEmpty)
    }

    @Test("Where nobody has looked nothing is done, and it is said of what it has to be known")
    func unasked() throws {
        let evidence = try weigh(web, nil)
        #expect(steps(evidence) == [] && evidence.plan.newcomers.map(\.name) == ["web"])
        #expect(evidence.plan.newcomers.flatMap(\.askedFor).map(\.disk) == ["/dev/vg0/web"])
        #expect(evidence.plan.drbdFaults.refusals.isEmpty && evidence.plan.drbdFaults.unobserved.isEmpty)
    }

    @Test("A disk that the plan makes is empty, and not asked about")
    func made() throws {
        let desired = DesiredState(crm: Self.crm, files: ["drbd/web.res": resource(), "lvm/vg0.yaml": "vg0:\n  volumes:\n    web: 8MiB\n"])
        let volumes = LiveVolumes(groups: ["vg0": .init(extentSize: 4 << 20, free: 1 << 30)])
        let evidence = try weigh(desired, nil, volumes: .known(volumes))
        #expect(evidence.plan.newcomers.flatMap(\.askedFor).isEmpty && steps(evidence) == all)
        #expect(evidence.plan.volumes.map(\.isForDRBD) == [true])
        #expect(
            evidence.plan.steps.prefix(2).map { "\($0.id): \($0.reason)" } == [
                "create lv vg0/web: 8MiB, empty for DRBD", "write /etc/drbd.d/web.res: ",
            ])
    }

    @Test("Nothing is copied only where the commit makes the disks on all hosts; what was there before is not taken for one of those")
    func newDisks() throws {
        func state(_ volumes: String?) -> DesiredState {
            let files = volumes.map { ["lvm/vg0.yaml": "vg0:\n  volumes:\n    \($0)\n"] } ?? [:]
            return DesiredState(crm: Self.crm, files: files.merging(["drbd/web.res": resource()]) { first, _ in first })
        }
        func weigh(_ wanted: String, base: String? = nil, present tags: Set<String>? = nil, _ content: DRBDMetadata.Content = .nothing) throws
            -> Evidence
        {
            var group = LiveVolumes.Group(extentSize: 4 << 20, free: 1 << 30)
            if let tags { group.volumes["web"] = LiveVolumes.Volume(size: 8 << 20, tags: tags, isOpen: false) }
            let before = DesiredState(base.map { [("lvm/vg0.yaml", SourceText(path: "lvm/vg0.yaml", text: "vg0:\n  volumes:\n    \($0)\n"))] } ?? [])
            return try self.weigh(state(wanted), [0: content], base: before, volumes: .known(LiveVolumes(groups: ["vg0": group])))
        }
        func copies(_ evidence: Evidence) throws -> Bool? {
            let sync = evidence.plan.steps.first { $0.id == "first sync of web" }
            guard case .firstSync(_, _, let copies)? = sync?.action else { return nil }
            return copies
        }
        #expect(try copies(weigh("web: 8MiB")) == false)
        #expect(try copies(weigh("web: 8MiB", present: [LiveVolumes.tag], .justCreated)) == false, "cut off in between")
        #expect(try copies(weigh("web: {size: 8MiB, hosts: [alpha]}")) == true, "the other host has its own")
        #expect(try copies(weigh("web: 8MiB", base: "web: 8MiB", present: [LiveVolumes.tag])) == true)
        #expect(try copies(weigh("db: 8MiB")) == true)
        let there = try weigh("web: 8MiB", present: [])
        #expect(there.plan.drbdFaults.refusals.first?.message.contains("vg0/web was there on this host before the commit") == true)
        #expect(try weigh("web: 8MiB", present: [], .data).plan.drbdFaults.refusals.isEmpty)
        #expect(try weigh("web: 8MiB", base: "web: 8MiB", present: []).plan.drbdFaults.refusals.isEmpty)
    }

    @Test("A volume that we were cut off from making is finished, unless something may have come to stand on it")
    func unfinished() throws {
        let desired = DesiredState(crm: Self.crm, files: ["drbd/web.res": resource(), "lvm/vg0.yaml": "vg0:\n  volumes:\n    web: 8MiB\n"])
        func made(_ change: (inout LiveVolumes.Volume) -> Void = { _ in }, live: String = "") throws -> [ChangeAction] {
            var volume = LiveVolumes.Volume(size: 8 << 20, tags: [LiveVolumes.tag, LiveVolumes.newTag])
            change(&volume)
            let volumes = LiveVolumes(groups: ["vg0": .init(extentSize: 4 << 20, free: 0, volumes: ["web": volume])])
            return try weigh(desired, [0: .nothing], live: live, volumes: .known(volumes)).plan.volumes.map(\.action)
        }
        #expect(try made() == [.create])
        #expect(try made { $0.tags = [LiveVolumes.tag] } == [])
        #expect(try made { $0.tags = [LiveVolumes.newTag] } == [], "not ours")
        #expect(try made { $0.isOpen = true } == [])
        #expect(try made { $0.isOpen = nil } == [])
        #expect(try made(live: Self.crm) == [])
    }

    @Test("Each volume counts")
    func volumes() throws {
        let two =
            "volume 0 { device /dev/drbd1; disk /dev/vg0/a; meta-disk internal; } volume 1 { device /dev/drbd2; disk /dev/vg0/b; meta-disk internal; }"
        let desired = DesiredState(crm: Self.crm, files: ["drbd/web.res": resource(volumes: two)])
        #expect(try steps(weigh(desired, [0: .nothing, 1: .justCreated])) == all)
        let evidence = try weigh(desired, [0: .nothing, 1: .data])
        #expect(steps(evidence) == Array(all.prefix(2)))
        guard case .createMetadata(_, let devices) = try #require(evidence.plan.steps.first { $0.id == "create-md web" }).action else { return }
        #expect(devices.map(\.disk) == ["/dev/vg0/a"])
        #expect(try weigh(desired, [0: .nothing]).plan.newcomers.first?.isNew == false, "of the other nothing is known")
    }

    @Test("Somebody else's data refuse; so do metadata on a disk of their own, where there are none")
    func refused() throws {
        guard case .refused(let objections) = try weigh(web, [0: .foreign("LVM2_member")]).judge() else { return #expect(Bool(false), "not refused") }
        #expect(objections.first?.message.contains("/dev/vg0/web holds LVM2_member on this host") == true)
        let external = DesiredState(
            crm: Self.crm, files: ["drbd/web.res": resource(volumes: "device /dev/drbd1; disk /dev/vg0/web; meta-disk /dev/sdb [0];")])
        guard case .refused = try weigh(external, [0: .nothing]).judge() else { return #expect(Bool(false), "not refused") }
        guard case .approved = try weigh(external, [0: .data]).judge() else { return #expect(Bool(false), "not approved") }
    }

    @Test("A tool that fails is trouble; so is a kernel that can't be asked")
    func undecided() throws {
        for evidence in [try weigh(web, nil, unknown: "it was killed"), try weigh(web, [0: .nothing], drbd: .unknown("no answer"))] {
            guard case .undecided(let objections) = evidence.judge() else { return #expect(Bool(false), "decided") }
            #expect(objections.first?.message.hasPrefix("what the disk of DRBD resource web holds on this host can't be told: ") == true)
            #expect(steps(evidence) == [])
        }
    }

    @Test("Without the other host a resource waits that has no data here")
    func away() throws {
        guard case .waiting(let objections) = try weigh(web, [0: .justCreated], online: ["alpha", "charlie"]).judge() else {
            return #expect(Bool(false), "does not wait")
        }
        #expect(objections.map(\.message) == ["DRBD resource web has no data on this host, and begins together with bravo"])
        guard case .approved = try weigh(web, [0: .data], online: ["alpha", "charlie"]).judge() else { return #expect(Bool(false), "waits") }
        guard case .approved = try weigh(web, [0: .nothing], online: ["alpha", "bravo"]).judge() else { return #expect(Bool(false), "waits") }
        // Who has no part in it commits only with one that has, and has promised that there are data.
        guard case .approved = try weigh(web, nil, on: "charlie", online: ["bravo", "charlie"]).judge() else { return #expect(Bool(false), "waits") }
        guard case .waiting = try weigh(web, nil, on: "charlie", online: ["charlie"]).judge() else { return #expect(Bool(false), "does not wait") }
    }

    @Test("Where something else goes that has its minor, all of it comes after that")
    func succession() throws {
        let old = resource().replacing("resource web", with: "resource old")
        let crm = "primitive drbd-old ocf:linbit:drbd params drbd_resource=old\n"
        let base = DesiredState(crm: crm, files: ["drbd/old.res": old])
        let evidence = try weigh(
            web, [0: .data], base: base, live: crm, files: ["/etc/drbd.d/old.res": old], drbd: .known(["old": DRBDCondition()]))
        #expect(evidence.plan.newcomers.map(\.isOccupied) == [true])
        let ids = evidence.plan.steps(.replace).map(\.id.text)
        #expect(ids == ["down old", "remove /etc/drbd.d/old.res", "write /etc/drbd.d/web.res", "up web"])
    }

    @Test("What only writes files does no more than that")
    func files() throws {
        #expect(try weigh(web, [0: .nothing]).plan.comingFiles.steps.map(\.id.text) == ["write /etc/drbd.d/web.res"])
    }

    @Test("A volume that a resource gets which is up is attached, and so needs metadata; one that is down gets what create-md makes by hand")
    func addition() throws {
        let old = resource(volumes: "volume 0 { device minor 1; disk /dev/vg0/web; meta-disk internal; }")
        let more = "volume 1 { device minor 2; disk /dev/vg0/more; meta-disk internal; }"
        let new = resource(more, volumes: "volume 0 { device minor 1; disk /dev/vg0/web; meta-disk internal; }")
        let base = DesiredState(crm: Self.crm, files: ["drbd/web.res": old])
        func weigh(_ disks: [Int: DRBDMetadata.Content]?, isUp: Bool = true, unknown: String? = nil, text: String? = nil) throws -> Evidence {
            try self.weigh(
                DesiredState(crm: Self.crm, files: ["drbd/web.res": text ?? new]), disks, base: base, live: Self.crm,
                files: ["/etc/drbd.d/web.res": old], drbd: .known(isUp ? ["web": DRBDCondition()] : [:]), unknown: unknown)
        }
        #expect(try weigh(nil).plan.additions.map(\.device.disk) == ["/dev/vg0/more"])
        #expect(try weigh(nil).plan.additionFaults.refusals.isEmpty)
        let empty = try weigh([1: .nothing]).plan.additionFaults.refusals
        #expect(empty.count == 1 && empty.first?.message.contains("volume 1 on /dev/vg0/more, which has no metadata on this host") == true)
        #expect(empty.first?.remedy?.contains("create-md web/1") == true)
        #expect(try weigh([1: .foreign("ext4")]).plan.additionFaults.refusals.first?.message.contains("which holds ext4") == true)
        guard case .refused = try weigh([1: .nothing]).judge() else { return #expect(Bool(false), "it is let in") }
        for content in [DRBDMetadata.Content.justCreated, .data] { #expect(try weigh([1: content]).plan.additionFaults.refusals.isEmpty) }
        #expect(try weigh(nil, unknown: "wipefs hangs").plan.additionFaults.unobserved.count == 1)
        #expect(try weigh([1: .nothing], isUp: false).plan.additions.isEmpty)
        #expect(try weigh([1: .nothing], text: old.replacing("volume 0", with: "net { max-buffers 4000; }\n volume 0")).plan.additions.isEmpty)
    }

    @Test(
        "What runs elsewhere, and Pacemaker could not start here, comes up by its metadata, and is tried again; somebody else's data are left alone")
    func leftBehind() throws {
        func forgotten(_ disks: [Int: DRBDMetadata.Content]?, isUp: Bool = false, hasFailed: Bool = true) throws -> [String] {
            let drbd = Known.known(isUp ? ["web": DRBDCondition()] : [:])
            return try steps(
                weigh(
                    web, disks, base: web, live: Self.crm, files: ["/etc/drbd.d/web.res": resource()], drbd: drbd, hasFailed: hasFailed))
        }
        #expect(try forgotten([0: .data]) == ["prepare up web", "replace clean up drbd-web on alpha"])
        #expect(try forgotten([0: .nothing]) == ["prepare create-md web", "prepare up web", "replace clean up drbd-web on alpha"])
        #expect(try forgotten([0: .foreign("ext4")]) == [])
        #expect(try forgotten([0: .data], isUp: true) == ["replace clean up drbd-web on alpha"], "killed in between")
        #expect(try forgotten([0: .data], hasFailed: false) == [])
    }
}
