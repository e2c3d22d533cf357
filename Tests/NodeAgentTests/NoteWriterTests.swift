import ClusterModel
import FoundationEssentials
import GitStore
import Host
import Presenting
import Reconciling
import Records
import Synchronization
import TestKit
import Testing

@testable import NodeAgent

/// Notes go where the commit at hand says, and to a server that takes them.
@Suite struct NoteWriterTests {
    private let scratch: Scratch
    private let said = Said()

    init() throws { scratch = try Scratch() }

    private func git(_ arguments: String...) async throws -> String {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
        let command = Command(
            "git", identity + arguments, environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"],
            directory: scratch.path + "/repo", limit: .seconds(120))
        return String(try await command.run().orThrow().text.prefix { !$0.isNewline })
    }

    private func commit(_ policy: String) async throws -> CommitID {
        try FileTree(root: scratch.path).makeDirectory("/repo")
        if try FileTree(root: scratch.path).kind(of: "/repo/.git") == nil { _ = try await git("init", "-q", "-b", "main") }
        _ = try scratch.write(policy, to: "repo/coxswain.yaml")
        _ = try await git("add", "-A")
        _ = try await git("commit", "-q", "--allow-empty", "-m", "change")
        return try #require(CommitID(try await git("rev-parse", "HEAD")))
    }

    private func writer(_ mirror: Mirror, cluster: String? = nil) throws -> NoteWriter {
        let log = EventLog(format: .text, style: .plain) { [said] line, _ in said.add(line) }
        return try NoteWriter(
            mirror, DesiredReader(mirror, path: nil), cluster: cluster, as: "n1", log: log, stateDirectory: scratch.path + "/state")
    }

    private func conclusion(_ commit: CommitID, _ result: CommitResult, _ text: String = "") -> Conclusion {
        Conclusion(commit: commit, result: result, text: text, work: nil)
    }

    @Test("under the name that the commit has for the cluster; one that can't be understood goes where the others are")
    func clusterName() async throws {
        let first = try await commit("cluster: one\n")
        let second = try await commit("cluster: two\n")
        let broken = try await commit("cluster: [\n")
        let mirror = try Mirror(of: Remote(scratch.path + "/repo"), state: scratch.path + "/state")
        _ = try await mirror.fetch(limit: .seconds(60))
        for (commit, cluster) in [(broken, "two"), (first, "one"), (second, "two"), (broken, "two")] {
            #expect(try await writer(mirror).write(.ended(conclusion(commit, .refused, "for \(cluster)"), begun: Date())))
            #expect(try await mirror.notes(on: commit).map(\.ref.cluster) == [cluster])
        }
        #expect(try await writer(mirror, cluster: "given").write(.ended(conclusion(first, .converged), begun: Date())))
        #expect(await NoteWriter.hasConverged(first, cluster: "given", in: mirror))
        #expect(await !NoteWriter.hasConverged(first, cluster: "one", in: mirror))
        #expect(await NoteWriter.hasConverged(first, cluster: nil, in: mirror))
    }

    @Test("what fails again in other words adds nothing; another reason of a refusal does")
    func repetition() async throws {
        let commit = try await commit("cluster: one\n")
        let mirror = try Mirror(of: Remote(scratch.path + "/repo"), state: scratch.path + "/state")
        _ = try await mirror.fetch(limit: .seconds(60))
        let writer = try writer(mirror)
        for text in ["can't write /etc/x", "process 4711 died", "no space"] {
            _ = await writer.write(.ended(conclusion(commit, .failed, text), begun: Date()))
        }
        for text in ["port 7000 is taken", "port 7001 is taken", "no such disk"] {
            _ = await writer.write(.ended(conclusion(commit, .refused, text), begun: Date()))
        }
        let note = try #require(try await mirror.notes(on: commit).first).text
        #expect(NoteRecord.records(in: note).map(\.error) == ["can't write /etc/x", "port 7000 is taken", "no such disk"])
    }

    @Test("what a commit waits for stands in a note once, and what became of it below")
    func waiting() async throws {
        let commit = try await commit("cluster: one\n")
        let mirror = try Mirror(of: Remote(scratch.path + "/repo"), state: scratch.path + "/state")
        _ = try await mirror.fetch(limit: .seconds(60))
        let writer = try writer(mirror)
        let now = Date(timeIntervalSince1970: 1_700_000_060)
        let delay = Delay(commit: commit, wait: .gate, reason: "the cluster is in maintenance", lasted: .seconds(60), left: .seconds(540))
        for _ in 1...2 { #expect(await writer.write(.delayed(delay, at: now, begun: nil))) }
        var note = try #require(try await mirror.notes(on: commit).first).text
        #expect(note.hasPrefix("coxswain: waiting on n1, cluster one, 2023-11-14T22:14:20Z\n"), "\(note)")
        #expect(note.contains("since 2023-11-14T22:13:20Z, told as failed at 2023-11-14T22:23:20Z\n\nthe cluster is in maintenance"), "\(note)")
        #expect(await writer.write(.ended(conclusion(commit, .converged), begun: Date())))
        note = try #require(try await mirror.notes(on: commit).first).text
        let records = NoteRecord.records(in: note)
        #expect(records.map(\.result) == ["waiting", "converged"])
        #expect(records.first?.waiting?.wait == "gate" && records.last?.waiting == nil)
    }

    @Test("one that can't be written is said once, and asked for again")
    func unwritten() async throws {
        let commit = try await commit("cluster: one\n")
        let mirror = try Mirror(of: Remote(scratch.path + "/repo"), state: scratch.path + "/state")
        let writer = try writer(mirror)
        for _ in 1...2 { #expect(await !writer.write(.ended(conclusion(commit, .refused, "x"), begun: Date()))) }
        #expect(said.lines.count == 1)
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(await writer.write(.ended(conclusion(commit, .refused, "x"), begun: Date())))
    }

    @Test("a lock that was left on the reference goes, and the note comes with the next attempt")
    func staleLock() async throws {
        let commit = try await commit("cluster: one\n")
        let mirror = try Mirror(of: Remote(scratch.path + "/repo"), state: scratch.path + "/state")
        _ = try await mirror.fetch(limit: .seconds(60))
        try FileTree().makeDirectory(mirror.path + "/refs/notes/coxswain/one")
        try FileTree().write([], to: mirror.path + "/refs/notes/coxswain/one/n1.lock")
        let writer = try writer(mirror)
        #expect(await !writer.write(.ended(conclusion(commit, .refused, "x"), begun: Date())))
        #expect(said.lines.first?.contains("it was locked") == true, "\(said.lines)")
        #expect(await writer.write(.ended(conclusion(commit, .refused, "x"), begun: Date())))
    }

    @Test("a server that declines is left in peace for longer each time, one that does not answer for a minute at most")
    func pace() {
        let now = ContinuousClock.now
        var pace = PushPace()
        #expect(pace.mayPush(at: now))
        pace.failed(.declined, at: now)
        #expect(!pace.mayPush(at: now + .seconds(59)) && pace.mayPush(at: now + .seconds(60)))
        for _ in 1...20 { pace.failed(.declined, at: now) }
        #expect(!pace.mayPush(at: now + .seconds(3599)) && pace.mayPush(at: now + .seconds(3600)))
        for _ in 1...20 { pace.failed(.unreachable, at: now) }
        #expect(!pace.mayPush(at: now + .seconds(59)) && pace.mayPush(at: now + .seconds(60)))
        pace.failed(.declined, at: now)
        #expect(pace.mayPush(at: now + .seconds(60)), "a server that answers again is no longer out of reach")
        pace.succeeded()
        #expect(pace.mayPush(at: now))
    }

    @Test("a log line is bounded, whatever is said; JSON names the commit; what differs in numbers only is said once")
    func log() throws {
        let log = EventLog(format: .json, style: .plain) { [said] line, _ in said.add(line) }
        let commit = CommitID.made(of: "a")
        log.say("found " + String(repeating: "x", count: 2_000_000), about: commit)
        #expect(said.lines[0].utf8.count < 1000 && said.lines[0].contains("\"commit\":\"\(commit.hex)\""))
        for number in 1...5 { log.sayOnce(about: "disk", "can't write: \(number) blocks left") }
        #expect(said.lines.count == 2)
    }
}

private final class Said: Sendable {
    private let all = Mutex<[String]>([])

    func add(_ line: String) { all.withLock { $0.append(line) } }
    var lines: [String] { all.withLock(\.self) }
}
