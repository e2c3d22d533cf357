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

/// What a commit that has files in lvm/ does with the volumes of a host, and what it never does.
struct VolumeTests {
    private static let mebi = 1 << 20

    private func state(_ volumes: String?, hosts: String = "", files: [String: String] = [:]) -> DesiredState {
        let text = volumes.map { "vg0:\n\(hosts)  volumes:\($0.isEmpty ? " {}" : "\n" + $0)\n" }
        let all = files.merging(text.map { ["lvm/vg0.yaml": $0] } ?? [:]) { given, _ in given }
        return DesiredState(all.map { ($0.key, SourceText(path: $0.key, text: $0.value)) })
    }

    private func live(_ volumes: [String: LiveVolumes.Volume] = [:], free: Int = 1000 << 20) -> Known<LiveVolumes> {
        .known(LiveVolumes(groups: ["vg0": .init(extentSize: 4 << 20, free: free, volumes: volumes)]))
    }

    private func volume(_ mebibytes: Int, ours: Bool = true, isOpen: Bool? = false, _ layout: LiveVolumes.Layout = .linear) -> LiveVolumes.Volume {
        LiveVolumes.Volume(size: mebibytes << 20, tags: ours ? [LiveVolumes.tag] : [], isOpen: isOpen, layout: layout)
    }

    private func weigh(
        _ base: DesiredState, _ desired: DesiredState, _ live: Known<LiveVolumes>?, drbd: [String: DRBDCondition] = [:],
        files: [String: String] = [:],
        letting: [String] = [], isWayBack: Bool = false, crm: String = "", on node: NodeName = "alpha"
    ) throws -> Evidence {
        let contents = Dictionary(uniqueKeysWithValues: files.map { ($0.key, SourceText(path: $0.key, text: $0.value)) })
        let message = "m" + (letting.isEmpty ? "" : "\n\nAllow-Destroy: \(letting.joined(separator: ", "))")
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: message)
        var planner = Planner(
            commit: .desired, base: (.base, base), desired: desired, live: .init(crm: crm, applied: .base), files: LiveFiles(contents: contents),
            hostBases: [base], drbd: .known(drbd), volumes: live,
            intent: CommitIntent(destroyed: Set(commit.names(inTrailer: Trailer.destroy)), isWayBack: isWayBack), node: node)
        let plan = try planner.plan()
        return Evidence(plan: plan, live: LiveState(node: node, cib: plan.live, volumes: live), commit: commit, policy: Policy())
    }

    private func steps(_ evidence: Evidence) -> [String] { evidence.plan.steps.filter { $0.scope != .leader }.map { "\($0.stage) \($0.id)" } }

    private func refusals(_ evidence: Evidence) -> [String] {
        guard case .refused(let objections) = evidence.judge() else { return [] }
        return objections.map(\.message)
    }

    // MARK: Made and enlarged

    @Test("One that is not there is made before all else; sizes are rounded up to extents")
    func created() throws {
        let desired = state("    web: 9MiB", files: ["drbd/web.res": resource])
        let plan = try weigh(state(nil), desired, live()).plan
        #expect(plan.volumes == [VolumeChange(.create, VolumePath(group: "vg0", name: "web"), new: 12 << 20, isForDRBD: true)])
        #expect(plan.steps.filter { $0.stage == .prepare }.map(\.id.text) == ["create lv vg0/web", "write /etc/drbd.d/web.res"])
        let step = try #require(plan.steps.first)
        #expect(step.undo == .kept("the volume and its data stay") && step.risk == .none && step.scope == .everyNode && !plan.isEmpty)
    }

    @Test("Equal after rounding is equal; smaller grows")
    func sizes() throws {
        #expect(try weigh(state("    web: 9MiB"), state("    web: 9MiB"), live(["web": volume(12)])).plan.isEmpty)
        let plan = try weigh(state("    web: 9MiB"), state("    web: 17MiB"), live(["web": volume(12, ours: false)])).plan
        #expect(plan.volumes == [VolumeChange(.change, VolumePath(group: "vg0", name: "web"), old: 12 << 20, new: 20 << 20)])
        #expect(plan.steps.first.map { "\($0.stage) \($0.id): \($0.reason)" } == "prepare grow lv vg0/web: 12MiB -> 20MiB")
    }

    @Test("Only on the hosts that are named; there it is that node's step")
    func hosts() throws {
        let desired = state("    web: {size: 8MiB, hosts: [bravo]}")
        #expect(try weigh(state(nil), desired, live()).plan.volumes == [])
        let plan = try weigh(state(nil), desired, live(), on: "bravo").plan
        #expect(plan.steps.first?.scope == .node("bravo"))
    }

    @Test("No more than is free, all volumes of a group together, and no less")
    func room() throws {
        let desired = state("    db: 8MiB\n    web: 20MiB")
        let present = ["web": volume(12)]
        #expect(refusals(try weigh(state(nil), desired, live(present, free: 16 << 20))) == [])
        let refused = refusals(try weigh(state(nil), desired, live(present, free: 12 << 20)))
        #expect(refused.count == 1)
        #expect(refused.first?.contains("vg0 has 12MiB free on this host, and the commit needs 16MiB: 4MiB are missing") == true)
        #expect(refused.first?.contains("lvm/vg0.yaml:3") == true)
    }

    @Test("Without its group it can't be made, and the remedy is said")
    func group() throws {
        let refused = refusals(try weigh(state(nil), state("    web: 8MiB"), .known(LiveVolumes())))
        #expect(refused.first?.contains("there is no volume group vg0 on this host") == true && refused.first?.contains("vgcreate vg0") == true)
    }

    @Test(
        "What is no plain volume is not touched",
        arguments: [(LiveVolumes.Layout.none("thin pool"), 8, true), (.special("striped"), 8, false), (.special("striped"), 4, true)])
    func layouts(_ layout: LiveVolumes.Layout, _ size: Int, _ isRefused: Bool) throws {
        let evidence = try weigh(state(nil), state("    web: 8MiB"), live(["web": volume(size, layout)]))
        #expect(evidence.plan.volumes == [] && refusals(evidence).isEmpty != isRefused)
    }

    // MARK: Never smaller

    @Test("A smaller size is refused; one enlarged by hand is left so, and said; the way back keeps what was enlarged")
    func smaller() throws {
        let present = live(["web": volume(20)])
        let refused = refusals(try weigh(state("    web: 20MiB"), state("    web: 8MiB"), present))
        #expect(refused.first?.contains("vg0/web has 20MiB on this host, and the repository says 8MiB: a volume is never made smaller") == true)
        #expect(refused.first?.contains("write web: 20MiB") == true)
        let enlarged = try weigh(state("    web: 8MiB"), state("    web: 8MiB"), present)
        #expect(refusals(enlarged) == [] && enlarged.plan.volumes == [])
        #expect(enlarged.plan.notices.contains { $0.severity == .warning && $0.message.contains("never made smaller") })
        let back = try weigh(state("    web: 20MiB"), state("    web: 8MiB"), present, isWayBack: true)
        #expect(refusals(back) == [] && back.plan.volumes == [])
    }

    // MARK: Unknown

    @Test("LVM that can't be asked: nothing is planned as done; what is new has to wait, what was there before has not")
    func unknown() throws {
        let new = try weigh(state(nil), state("    web: 8MiB"), .unknown("lvs hangs"))
        guard case .undecided(let objections) = new.judge() else { return #expect(Bool(false), "it is decided") }
        #expect(objections.map(\.message) == ["LVM can't be asked for the volumes of the commit: lvs hangs"])
        #expect(new.plan.volumes == [] && new.plan.notices.contains { $0.message.contains("LVM can't be asked: lvs hangs") })
        let same = try weigh(state("    web: 8MiB"), state("    web: 8MiB"), .unknown("lvs hangs"))
        guard case .approved = same.judge() else { return #expect(Bool(false), "\(same.objections)") }
        #expect(same.plan.notices.contains { $0.message.contains("LVM can't be asked: lvs hangs") })
    }

    @Test("Where nobody has looked the volumes are left out, and that is said; without lvm/ there is nothing to say")
    func notAsked() throws {
        let plan = try weigh(state(nil), state("    web: 8MiB"), nil).plan
        #expect(plan.volumes == [] && plan.notices.contains { $0.message.hasPrefix("the volumes of lvm/ are left out") })
        #expect(try !weigh(state(nil), state(nil), nil).plan.notices.contains { $0.message.contains("volume") })
    }

    // MARK: What no commit wants any more

    @Test("It stays, and is told of each time, as long as it bears our tag")
    func leftBehind() throws {
        for base in [state("    web: 8MiB"), state("")] {
            let plan = try weigh(base, state(""), live(["web": volume(8), "other": volume(8, ours: false)])).plan
            #expect(plan.isEmpty)
            let words = plan.notices.filter { $0.message.contains("stays with its data") }
            #expect(words.map(\.severity) == [.notice] && words.first?.message.contains("vg0/web") == true)
            #expect(words.first?.remedy?.contains("Allow-Destroy: lv/vg0/web") == true)
        }
    }

    @Test("With the word it goes at the end, and the step says what it destroys")
    func destroyed() throws {
        let evidence = try weigh(state("    web: 8MiB\n    db: 8MiB"), state(""), live(["web": volume(8), "db": volume(8)]), letting: ["lv/vg0/web"])
        #expect(steps(evidence) == ["retire remove lv vg0/web"])
        #expect(evidence.plan.steps.last?.risk == .destroys(["lv/vg0/web"]) && evidence.plan.steps.last?.undo == Undo.none)
        #expect(refusals(evidence) == [])
        var silent = evidence
        silent.commit = nil
        #expect(refusals(silent) == ["the commit would destroy lv/vg0/web and all that is on it"])
        guard case .refused(let objections) = silent.judge() else { return }
        #expect(objections.first?.trailer == "Allow-Destroy: lv/vg0/web")
    }

    @Test("Several volumes, and none that another line names; one that is declared stays")
    func named() throws {
        let present = live(["web": volume(8), "db": volume(8), "www": volume(8)])
        let letting = ["lv/vg0/web", "lv/vg0/db", "lv/vg0/ww", "vg0/www"]
        let all = try weigh(state("    web: 8MiB\n    db: 8MiB\n    www: 8MiB"), state("    db: 8MiB"), present, letting: letting)
        #expect(steps(all) == ["retire remove lv vg0/web"])
        #expect(all.plan.notices.contains { $0.message == "vg0/db stays, although it may be destroyed: the commit declares it" })
    }

    @Test("Not one that was not made here, that is in use, or that a file of the host names")
    func inUse() throws {
        func refused(_ volume: LiveVolumes.Volume, files: [String: String] = [:], base: [String: String] = [:]) throws -> String? {
            let (base, desired) = (state("    web: 8MiB", files: base), state(""))
            let evidence = try weigh(base, desired, live(["web": volume]), files: files, letting: ["lv/vg0/web"])
            return refusals(evidence).first
        }
        #expect(try refused(volume(8, ours: false))?.contains("was not made by Coxswain") == true)
        #expect(try refused(volume(8, isOpen: true))?.contains("something on this host uses it") == true)
        #expect(try refused(volume(8, isOpen: nil))?.contains("does not tell whether it is in use") == true)
        #expect(try refused(volume(8, .special("striped")))?.contains("no plain volume any more") == true)
        #expect(try refused(volume(8), files: ["/etc/drbd.d/web.res": resource])?.contains("/etc/drbd.d/web.res names it") == true)
        #expect(try refused(volume(8), files: ["/etc/xen/w.cfg": "disk = ['phy:/dev/mapper/vg0-web,xvda,w']"])?.contains("names it") == true)
        #expect(try refused(volume(8)) == nil)
        // What goes in the same commit has it open still.
        let going = ["/etc/drbd.d/web.res": resource]
        #expect(try refused(volume(8, isOpen: true), files: going, base: ["drbd/web.res": resource]) == nil)
    }

    @Test(
        "However a file that stays writes the path, and whichever resource has it in a parameter",
        arguments: [
            "/dev/vg0/my-web", "/dev//vg0/./my-web", "/dev/mapper/vg0-my--web", "/dev/mapper//vg0-my--web", "/dev/disk/by-id/dm-name-vg0-my--web",
            "/dev/x/../vg0/my-web",
        ])
    func spellings(_ path: String) throws {
        func refused(_ file: String = "", named: String = "/etc/xen/w.cfg", crm: String = "", wanted: String = "") throws -> String? {
            let files = wanted.isEmpty ? [:] : ["crm/c.crm": wanted]
            let evidence = try weigh(
                state("    my-web: 8MiB"), state("", files: files), live(["my-web": volume(8)]), files: file.isEmpty ? [:] : [named: file],
                letting: ["lv/vg0/my-web"], crm: crm)
            return refusals(evidence).first
        }
        for file in [
            "disk = ['phy:\(path),xvda,w']", "disk = [ \"vdev=xvda,target=\(path)\" ]",
            "disk = ['phy:\(path.dropFirst(5).drop { $0 == "/" }),xvda,w']",
        ] {
            #expect(try refused(file)?.contains("vg0/my-web may be destroyed, and is not: /etc/xen/w.cfg names it") == true, "\(file)")
        }
        #expect(try refused("resource r { disk \(path); }", named: "/etc/drbd.d/r.res")?.contains("/etc/drbd.d/r.res names it") == true)
        #expect(try refused("disk = ['phy:\(path)-2,xvda,w']") == nil, "another one")
        let mount = "primitive f ocf:heartbeat:Filesystem params device=\"\(path)\" directory=/srv fstype=ext4\n"
        #expect(try refused(crm: mount)?.contains("resource f names it") == true)
        #expect(try refused(wanted: mount)?.contains("resource f names it") == true)
        let active = "primitive a ocf:heartbeat:LVM-activate params vgname=vg0 lvname=my-web vg_access_mode=tagging\n"
        #expect(try refused(crm: active)?.contains("resource a names it") == true)
        #expect(try refused(crm: active.replacing("my-web", with: "web")) == nil)
    }

    @Test("The resource that stood on it is taken down, and its file removed, before")
    func order() throws {
        let base = state("    web: 8MiB", files: ["drbd/web.res": resource])
        let evidence = try weigh(
            base, state(""), live(["web": volume(8, isOpen: true)]), drbd: ["web": DRBDCondition()], files: ["/etc/drbd.d/web.res": resource],
            letting: ["lv/vg0/web"])
        #expect(
            steps(evidence).suffix(3).map { $0.split(separator: " ").dropFirst().joined(separator: " ") } == [
                "down web", "remove /etc/drbd.d/web.res", "remove lv vg0/web",
            ])
    }

    // MARK: DRBD on it

    private let resource = """
        resource web {
          device /dev/drbd1;
          disk /dev/vg0/web;
          meta-disk internal;
          on alpha { address 10.1.0.1:7001; }
          on bravo { address 10.1.0.2:7001; }
        }

        """

    private func resizes(_ size: Int, present: Int, _ condition: DRBDCondition?, on node: NodeName = "alpha") throws -> [String] {
        let files = ["drbd/web.res": resource]
        let (base, desired) = (state("    web: \(present)MiB", files: files), state("    web: \(size)MiB", files: files))
        let evidence = try weigh(
            base, desired, live(["web": volume(present)]), drbd: condition.map { ["web": $0] } ?? [:], files: ["/etc/drbd.d/web.res": resource],
            on: node)
        return steps(evidence)
    }

    @Test("One node tells DRBD of a disk that has grown on all, in the stage that all have prepared for")
    func resized() throws {
        let steady = DRBDCondition(sizes: [0: 99 << 20], isSteady: true)
        #expect(try resizes(200, present: 100, steady) == ["prepare grow lv vg0/web", "replace resize web"])
        #expect(try resizes(200, present: 100, steady, on: "bravo") == ["prepare grow lv vg0/web"])
        #expect(try resizes(200, present: 100, nil) == ["prepare grow lv vg0/web"], "it is down, and looks at its disk when it comes up")
    }

    @Test("A growth that was cut off is read from the sizes; metadata are no growth")
    func resumed() throws {
        #expect(try resizes(200, present: 200, DRBDCondition(sizes: [0: 99 << 20], isSteady: true)) == ["replace resize web"])
        #expect(try resizes(200, present: 200, DRBDCondition(sizes: [0: 199 << 20], isSteady: true)) == [])
        #expect(try resizes(200, present: 200, DRBDCondition(sizes: [:], isSteady: true)) == [])
    }

    @Test("While it is not connected and UpToDate on all sides, it keeps its size", arguments: [false, nil])
    func unsteady(_ isSteady: Bool?) throws {
        #expect(try resizes(200, present: 100, DRBDCondition(sizes: [0: 99 << 20], isSteady: isSteady)) == ["prepare grow lv vg0/web"])
    }
}
