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

/// Files on a host, written and removed with permits.
struct FileStepTests {
    private static let path = "/etc/drbd.d/r.res"
    private let scratch: Scratch
    private let executor: Executor
    private let host: FileTree

    init() async throws {
        scratch = try Scratch()
        host = FileTree(root: scratch.path + "/host")
        try FileTree(root: scratch.path).makeDirectory("/host/etc/drbd.d")
        executor = Executor(
            .file(scratch.path + "/cib.xml"), root: scratch.path + "/host", stateDirectory: scratch.path + "/state",
            scratchDirectory: scratch.path + "/tmp", actsOnHost: false, deposits: Deposits(stateDirectory: scratch.path + "/state"))
        try FileTree(root: scratch.path).makeDirectory("/state")
    }

    /// What the steps of a plan come to that finds the host with one text and wants another.
    private func outcomes(from old: String?, to new: String?, mounted: Set<String> = []) async throws -> [StepOutcome] {
        func state(_ text: String?) -> DesiredState {
            DesiredState(text.map { [("drbd/r.res", SourceText(path: "drbd/r.res", text: $0))] } ?? [])
        }
        var files = LiveFiles(contents: old.map { [Self.path: SourceText(path: Self.path, text: $0)] } ?? [:])
        files.mounted = mounted
        let plan = try Scene(base: state(old), desired: state(new), live: .init(crm: "", applied: .base), files: files).plan()
        let evidence = Evidence(plan: plan, live: LiveState(node: "n1", cib: plan.live), commit: nil, policy: Policy())
        guard case .approved(let approval) = evidence.judge() else { throw Refused() }
        var outcomes: [StepOutcome] = []
        for step in approval.steps where step.fileChange != nil {
            guard let permit = approval.permit(step.id) else { continue }
            outcomes.append(await executor.perform(permit))
        }
        return outcomes
    }

    private struct Refused: Error {}

    private func text(_ path: String, in tree: FileTree) throws -> String? {
        try tree.readIfPresent(path).map { String(decoding: $0, as: UTF8.self) }
    }

    private func kept() throws -> String? {
        try text("/state/backup/\(CommitID.desired.hex)\(Self.path)", in: FileTree(root: scratch.path))
    }

    @Test("Nothing is written below a mount point from which the file system has gone since: the next mount would bury it")
    func unmounted() async throws {
        let outcomes = try await outcomes(from: nil, to: "resource r { }\n", mounted: ["/etc/drbd.d"])
        #expect(outcomes == [.moved("nothing is mounted on /etc/drbd.d any more")])
        #expect(try text(Self.path, in: host) == nil)
    }

    @Test("A file is written, and written down; again there is nothing to do")
    func written() async throws {
        #expect(try await outcomes(from: nil, to: "resource r { }\n") == [.done])
        #expect(try text(Self.path, in: host) == "resource r { }\n")
        #expect(try kept() == nil)
        let deposit = try #require(try Deposits(stateDirectory: scratch.path + "/state").all().first)
        #expect(deposit.path == HostPath(Self.path) && deposit.commit == .desired && deposit.resources == ["r"])
        // Git's own name for these bytes: printf 'resource r { }\n' | git hash-object --stdin
        let name = try await Command("git", ["hash-object", scratch.path + "/host" + Self.path]).run().orThrow().text
        #expect("\(deposit.digest)\n" == name)
    }

    @Test("A line that a power cut has left half-written takes nothing along, and of two lines on one file the last counts")
    func torn() async throws {
        let ledger = FileTree(root: scratch.path + "/state")
        #expect(try await outcomes(from: nil, to: "resource r { }\n") == [.done])
        try ledger.append(Array("dddddd\tcut off".utf8), to: "/host-files")
        #expect(try await outcomes(from: "resource r { }\n", to: "resource r { protocol C; }\n") == [.done])
        let deposits = try Deposits(stateDirectory: scratch.path + "/state").all()
        let name = try await Command("git", ["hash-object", scratch.path + "/host" + Self.path]).run().orThrow().text
        #expect(deposits.map { "\($0.digest)\n" } == [name])
        // What is written again has its line already; where somebody has removed the file, it is made anew.
        let size = try ledger.read("/host-files").count
        #expect(try await outcomes(from: "resource r { }\n", to: "resource r { protocol C; }\n") == [.done])
        #expect(try ledger.read("/host-files").count == size)
        try ledger.remove("/host-files")
        #expect(try await outcomes(from: "resource r { }\n", to: "resource r { protocol C; }\n") == [.done])
        #expect(try Deposits(stateDirectory: scratch.path + "/state").all().count == 1)
    }

    @Test("What was there before is kept, the first of it for each commit; so is what is removed")
    func backups() async throws {
        try host.write(Array("resource r { net { timeout 60; } }\n".utf8), to: Self.path)
        #expect(try await outcomes(from: "resource r { net { timeout 60; } }\n", to: "resource r { net { timeout 70; } }\n") == [.done])
        #expect(try kept() == "resource r { net { timeout 60; } }\n")
        #expect(try await outcomes(from: "resource r { net { timeout 70; } }\n", to: nil) == [.done])
        #expect(try text(Self.path, in: host) == nil)
        #expect(try kept() == "resource r { net { timeout 60; } }\n")
    }

    @Test("What somebody has changed since it was looked at is not overwritten, and not removed")
    func moved() async throws {
        try host.write(Array("by hand\n".utf8), to: Self.path)
        for wanted in ["resource r { net { timeout 70; } }\n", nil] {
            let outcomes = try await outcomes(from: "resource r { }\n", to: wanted)
            #expect(outcomes.count == 1)
            guard case .moved = outcomes.first else {
                Issue.record("\(outcomes)")
                continue
            }
        }
        #expect(try text(Self.path, in: host) == "by hand\n")
    }

    @Test("A file that is given a secret can be read by root alone, whatever its mode was")
    func secret() async throws {
        try host.write(Array("resource r { }\n".utf8), to: Self.path, mode: 0o644)
        let secret = "resource r { net { shared-secret \"x\"; } }\n"
        #expect(try await outcomes(from: "resource r { }\n", to: secret) == [.done])
        let mode = try await Command("stat", ["--format=%a", scratch.path + "/host" + Self.path]).run().orThrow().text
        #expect(mode == "600\n")
    }

    @Test("Backups are those of the last commits; what was there first is kept whatever comes later under the same commit")
    func prunedBackups() async throws {
        let backups = FileTree(root: scratch.path + "/state/backup")
        for number in 0..<120 { try backups.makeDirectory("/\(number)/etc") }
        try host.write(Array("resource r { }\n".utf8), to: Self.path)
        _ = try await outcomes(from: "resource r { }\n", to: "resource r { net { timeout 70; } }\n")
        _ = try await outcomes(from: "resource r { net { timeout 70; } }\n", to: "resource r { net { timeout 80; } }\n")
        let kept = try backups.entries(of: "/")
        #expect(kept.count == 100)
        let own = kept.filter { Int($0.name) == nil }.map(\.name)
        #expect(own.count == 1)
        #expect(try text("/\(own.first ?? "")\(Self.path)", in: backups) == "resource r { }\n")
    }
}
