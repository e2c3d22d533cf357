import CIB
import ClusterModel
import Diagnostics
import Host
import LiveState
import Observing
import Planning
import Repository
import Safety
import Steps
import TestKit
import Testing

@testable import Executing

/// Metadata written by DRBD's own tools onto a disk that is nobody else's. What needs DRBD in the kernel the lab and the real hosts show.
@Suite(.serialized)
struct MetadataStepTests {
    private static let crm = "primitive drbd-web ocf:linbit:drbd params drbd_resource=web\n"
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func withDisk(_ generation: String = "9.0.0", metaDisk: String = "internal", _ body: (ScratchDisk) async throws -> Void) async throws {
        try #require(await ScratchVolumeGroup.probe(), "these tests need root and loop devices: nothing of DRBD's metadata is tested here")
        let disk = try await ScratchDisk(in: scratch, minor: 902, generation: generation, metaDisk: metaDisk)
        do { try await body(disk) } catch {
            await disk.close()
            throw error
        }
        await disk.close()
    }

    private func executor(_ disk: ScratchDisk) -> Executor {
        Executor(
            .file(scratch.path + "/cib.xml"), root: "/", stateDirectory: scratch.path + "/state", scratchDirectory: scratch.path + "/tmp",
            actsOnHost: true, deposits: Deposits(stateDirectory: scratch.path + "/state"), environment: disk.environment,
            drbdConfiguration: disk.configuration)
    }

    private func desired(_ disk: ScratchDisk, metaDisk: String = "internal") -> DesiredState {
        let text = """
            resource web {
              device /dev/drbd902; disk \(disk.device); meta-disk \(metaDisk);
              on alpha { address 10.1.0.1:7001; }
              on bravo { address 10.1.0.2:7001; }
            }

            """
        return DesiredState(crm: Self.crm, files: ["drbd/web.res": text])
    }

    /// The evidence as it is read from the disk, and what of it would be done.
    private func evidence(_ disk: ScratchDisk, metaDisk: String = "internal") async throws -> Evidence {
        func plan(_ metadata: [String: Known<DRBDMetadata>]?) throws -> Plan {
            var planner = Planner(
                commit: .desired, base: (.base, DesiredState([])), desired: desired(disk, metaDisk: metaDisk), live: CIB(crm: "", applied: .base),
                files: LiveFiles(), hostBases: [], metadata: metadata, node: "alpha")
            return try planner.plan()
        }
        let newcomer = try #require(try plan(nil).newcomers.first)
        let look = DRBDDisks(configuration: disk.configuration, environment: disk.environment)
        let result = try plan(["web": await look.metadata(of: newcomer)])
        return Evidence(plan: result, live: LiveState(node: "alpha", cib: result.live), commit: nil, policy: Policy())
    }

    private func create(_ disk: ScratchDisk, _ evidence: Evidence) async throws -> StepOutcome {
        guard case .approved(let approval) = evidence.judge() else { throw Findings(evidence.objections.map { .error($0.description) }) }
        return await perform("create-md web", disk, approval)
    }

    private func perform(_ step: StepID, _ disk: ScratchDisk, _ approval: Approval) async -> StepOutcome {
        guard let permit = approval.permit(step) else { return .failed("no plan has it") }
        return await executor(disk).perform(permit)
    }

    @Test("Metadata are written once; who begins again finds them and writes none", arguments: ["9.0.0", "8.4.0"])
    func created(_ generation: String) async throws {
        try await withDisk(generation) { disk in
            let first = try await evidence(disk)
            #expect(first.plan.steps.filter { $0.scope == .node("alpha") }.map(\.id) == ["create-md web", "up web", "first sync of web"])
            #expect(try await create(disk, first) == .done)
            let dump = try await disk.drbdadm("dump-md", "web/0").text
            #expect(try await create(disk, first) == .nothingToDo)
            let again = try await evidence(disk)
            #expect(again.plan.steps.filter { $0.scope == .node("alpha") }.map(\.id) == ["up web", "first sync of web"])
            let uuid = { (text: String) in text.split(separator: "\n").filter { $0.contains("device-uuid") } }
            #expect(uuid(try await disk.drbdadm("dump-md", "web/0").text) == uuid(dump))
        }
    }

    @Test("What somebody has put there since it was looked at stays")
    func taken() async throws {
        try await withDisk { disk in
            let first = try await evidence(disk)
            try await disk.sh("mkfs.ext4 -q -F $1")
            #expect(try await create(disk, first) == .failed("\(disk.device) holds ext4: nothing is overwritten"))
            let second = try await evidence(disk)
            guard case .refused(let objections) = second.judge() else { return #expect(Bool(false), "not refused") }
            #expect(objections.first?.message.contains("\(disk.device) holds ext4 on this host, and DRBD resource web is to stand on it") == true)
            try await disk.sh("fsck.ext4 -n $1")
        }
    }

    @Test("Metadata on a disk of their own are made by hand, and used then")
    func external() async throws {
        try await withDisk { disk in
            let other = scratch.path + "/meta"
            _ = try await Command("truncate", ["--size", "8M", other]).run().orThrow()
            guard case .refused(let objections) = try await evidence(disk, metaDisk: other).judge() else {
                return #expect(Bool(false), "not refused")
            }
            #expect(
                objections.map(\.message) == [
                    "DRBD resource web has no metadata on \(other) on this host: those on a disk of their own are made by hand"
                ])
        }
    }

    @Test("A volume that was made for DRBD is empty, whatever its extents held before")
    func wiped() async throws {
        try await withDisk { disk in
            try await disk.sh("mkfs.ext4 -q -F $1 && printf x | dd of=$1 bs=1 seek=65536 conv=notrunc,fsync status=none")
            try await executor(disk).wipe(disk.device, .seconds(20))
            #expect(try await create(disk, evidence(disk)) == .done)
            try await executor(disk).wipe(disk.device, .seconds(20))
            #expect(try await evidence(disk).plan.steps.contains { $0.id == "create-md web" }, "metadata of a former volume go too")
        }
    }

    @Test("Without DRBD in the kernel nothing comes up, and the words say why")
    func up() async throws {
        try await withDisk { disk in
            _ = try await create(disk, evidence(disk))
            guard case .approved(let approval) = try await evidence(disk).judge() else { return #expect(Bool(false), "refused") }
            guard case .failed(let words) = await perform("up web", disk, approval) else { return }
            #expect(words.contains("drbdadm") && words.contains(" up web"), "\(words)")
            #expect(await perform("first sync of web", disk, approval) == .moved("web is not up"))
        }
    }
}
