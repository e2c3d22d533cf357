import ClusterModel
import Diagnostics
import Executing
import Host
import LiveState
import Observing
import Planning
import Repository
import Safety
import Steps
import TestKit
import Testing

/// Volumes made, enlarged and removed by LVM's own tools, in a volume group that is nobody else's.
@Suite(.serialized)
struct VolumeStepTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func withGroup(_ body: (ScratchVolumeGroup) async throws -> Void) async throws {
        try #require(await ScratchVolumeGroup.probe(), "these tests need root and loop devices: nothing of LVM is tested here")
        let group = try await ScratchVolumeGroup(in: scratch)
        do { try await body(group) } catch {
            await group.close()
            throw error
        }
        await group.close()
    }

    private func look(_ group: ScratchVolumeGroup) async throws -> LiveVolumes {
        try #require(await VolumeObserver(environment: group.environment).volumes().value)
    }

    private func state(_ volumes: String) -> DesiredState {
        let text = "vg0:\n  volumes:\n\(volumes.isEmpty ? "    {}\n" : volumes)"
        return DesiredState([("lvm/vg0.yaml", SourceText(path: "lvm/vg0.yaml", text: text))])
    }

    private func plan(_ group: ScratchVolumeGroup, from base: String, to desired: String, _ message: String = "m") async throws -> Evidence {
        let commit = Commit(id: .desired, tree: "", author: "", time: 0, message: message)
        let volumes = Known.known(try await look(group))
        var planner = Planner(
            commit: .desired, base: (.base, state(base)), desired: state(desired), live: .init(crm: "", applied: .base), files: LiveFiles(),
            hostBases: [state(base)], volumes: volumes, intent: CommitIntent(destroyed: Set(commit.names(inTrailer: Trailer.destroy))), node: "alpha")
        let plan = try planner.plan()
        return Evidence(plan: plan, live: LiveState(node: "alpha", cib: plan.live, volumes: volumes), commit: commit, policy: Policy())
    }

    private func executor(_ group: ScratchVolumeGroup) -> Executor {
        Executor(
            .file(scratch.path + "/cib.xml"), root: "/", stateDirectory: scratch.path + "/state", scratchDirectory: scratch.path + "/tmp",
            actsOnHost: true, deposits: Deposits(stateDirectory: scratch.path + "/state"), environment: group.environment)
    }

    /// What the steps about volumes come to, each performed so often.
    private func outcomes(_ group: ScratchVolumeGroup, _ evidence: Evidence, times: Int = 1) async throws -> [StepOutcome] {
        guard case .approved(let approval) = evidence.judge() else { throw Findings(evidence.objections.map { .error($0.description) }) }
        var outcomes: [StepOutcome] = []
        for step in approval.steps where step.volumeChange != nil {
            for _ in 0..<times {
                guard let permit = approval.permit(step.id) else { continue }
                outcomes.append(await executor(group).perform(permit))
            }
        }
        return outcomes
    }

    @Test("A volume is made with its tag, rounded up as lvcreate does; once more there is nothing to do")
    func created() async throws {
        try await withGroup { group in
            let evidence = try await plan(group, from: "", to: "    web: 9MiB\n")
            #expect(try await outcomes(group, evidence, times: 2) == [.done, .nothingToDo])
            let web = try #require(try await look(group)[VolumePath(group: "vg0", name: "web")])
            #expect(web.size == 12 << 20 && web.isOurs && web.layout == .linear)
            try await group.lvm("lvcreate", ["--quiet", "-Wn", "-Zn", "--size", "\(9 << 20)b", "--name", "oracle", "vg0"])
            #expect(try await look(group)[VolumePath(group: "vg0", name: "oracle")]?.size == web.size)
            #expect(try await plan(group, from: "    web: 9MiB\n", to: "    web: 9MiB\n").plan.volumes == [])
        }
    }

    @Test("One grows to the next extent, and not again; what was enlarged meanwhile is left alone")
    func grown() async throws {
        try await withGroup { group in
            _ = try await outcomes(group, try await plan(group, from: "", to: "    web: 8MiB\n"))
            let evidence = try await plan(group, from: "    web: 8MiB\n", to: "    web: 17MiB\n")
            #expect(evidence.plan.volumes.map(\.sizes) == ["8MiB -> 20MiB"])
            #expect(try await outcomes(group, evidence, times: 2) == [.done, .nothingToDo])
            #expect(try await look(group)[VolumePath(group: "vg0", name: "web")]?.size == 20 << 20)
            try await group.lvm("lvextend", ["--quiet", "--size", "\(24 << 20)b", "vg0/web"])
            #expect(try await outcomes(group, evidence) == [.moved("vg0/web is larger by now")])
        }
    }

    @Test("More than is free is refused, with what is missing; and LVM would refuse it too")
    func full() async throws {
        try await withGroup { group in
            let evidence = try await plan(group, from: "", to: "    web: 40MiB\n    db: 40MiB\n")
            guard case .refused(let objections) = evidence.judge() else { return #expect(Bool(false), "not refused") }
            #expect(objections.first?.message.contains("vg0 has 60MiB free on this host, and the commit needs 80MiB: 20MiB are missing") == true)
            await #expect(throws: CommandError.self) { try await group.lvm("lvcreate", ["-Wn", "-Zn", "--size", "80M", "--name", "x", "vg0"]) }
        }
    }

    @Test("A volume goes with the word of a commit only, and never one that is in use, or of which that can't be told")
    func removed() async throws {
        try await withGroup { group in
            _ = try await outcomes(group, try await plan(group, from: "", to: "    web: 8MiB\n"))
            let web = VolumePath(group: "vg0", name: "web")
            #expect(try await plan(group, from: "    web: 8MiB\n", to: "").plan.volumes == [])
            let word = "m\n\nAllow-Destroy: lv/vg0/web\n"
            let evidence = try await plan(group, from: "    web: 8MiB\n", to: "", word)
            guard group.hasDevices else {
                #expect(try await look(group)[web]?.isOpen == nil)
                guard case .refused(let objections) = evidence.judge() else { return #expect(Bool(false), "not refused") }
                return #expect(objections.first?.message.contains("LVM does not tell whether it is in use") == true)
            }
            let user = Command("sleep", ["60"])
            let holding = Task { try await Command("flock", ["/dev/vg0/web", user.executable] + user.arguments).run() }
            try await Task.sleep(for: .seconds(1))
            #expect(try await look(group)[web]?.isOpen == true)
            #expect(try await outcomes(group, evidence) == [.failed("vg0/web is in use, or LVM does not tell: it stays")])
            holding.cancel()
            _ = try? await holding.value
            #expect(try await outcomes(group, evidence, times: 2) == [.done, .nothingToDo])
            #expect(try await look(group)[web] == nil)
        }
    }

    @Test(
        "What a former volume held is neither wiped nor asked about",
        .enabled("needs a kernel with device mapper: without it nothing can be written onto a volume") { await ScratchVolumeGroup.hasDeviceMapper() })
    func signature() async throws {
        try await withGroup { group in
            _ = try await outcomes(group, try await plan(group, from: "", to: "    web: 8MiB\n"))
            _ = try await Command("mkswap", ["/dev/vg0/web"]).run().orThrow()
            try await group.lvm("lvremove", ["--yes", "vg0/web"])
            #expect(try await outcomes(group, try await plan(group, from: "", to: "    web: 8MiB\n")) == [.done])
            let type = try await Command("blkid", ["--probe", "--match-tag", "TYPE", "--output", "value", "/dev/vg0/web"]).run().text
            #expect(type == "swap\n")
        }
    }

    @Test("LVM that can't be asked is unknown, never empty")
    func unknown() async throws {
        let nowhere = VolumeObserver(environment: ["LVM_SYSTEM_DIR": scratch.path])
        try FileTree(root: scratch.path).write(Array("this is no configuration {".utf8), to: "/lvm.conf")
        #expect(await nowhere.volumes().value == nil)
    }
}
