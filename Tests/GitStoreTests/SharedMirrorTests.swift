import ClusterModel
import Diagnostics
import Host
import Testing

@testable import GitStore

/// Several processes on one state directory, and what those leave behind who die.
@Suite struct SharedMirrorTests {
    @Test("two that fetch at once while somebody pushes never take a sound mirror for a damaged one")
    func atOnce() async throws {
        let origin = try await Origin()
        var last = try await origin.commit(["a": "0"])
        let mirrors = try (0..<3).map { _ in try origin.mirror() }
        for round in 1...12 {
            last = try await origin.commit(["a": "\(round)"])
            try await origin.commit(["b": "\(round)"], branch: "topic-\(round)")
            try await withThrowingTaskGroup(of: [Finding].self) { group in
                for mirror in mirrors { group.addTask { try await mirror.fetch(limit: .seconds(60)).findings } }
                for try await findings in group { #expect(findings.isEmpty, "\(findings)") }
            }
            for mirror in mirrors { #expect(try await mirror.resolve(nil).id == last) }
        }
        #expect(try FileTree().kind(of: mirrors[0].path + ".damaged") == nil)
    }

    @Test("a process that has the mirror open goes on when another has put a new one in its place")
    func replaced() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let (one, two) = (try await origin.fetched(), try origin.mirror())
        #expect(try await two.resolve(nil).id == commit)
        try FileTree().remove(one.path + "/HEAD")
        #expect(try await one.fetch(limit: .seconds(60)).findings.count == 1)
        try FileTree().removeAll(one.path + ".damaged")
        #expect(try await two.files(of: commit).files.map(\.path) == ["a"])
        #expect(try await two.fetch(limit: .seconds(60)).findings.isEmpty)
    }

    @Test("locks that a power failure has left are no damage, and go")
    func staleLocks() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let path = try await origin.fetched().path
        for name in ["refs/heads/main.lock", "packed-refs.lock", "HEAD.lock", "objects/pack/tmp_pack_abc"] {
            try FileTree().makeDirectory(path + "/objects/pack")
            try origin.write("", to: "\(path)/\(name)")
        }
        let second = try await origin.commit(["a": "2"])
        let mirror = try origin.mirror()
        #expect(try await mirror.fetch(limit: .seconds(60)) == Fetched(moved: true, findings: []))
        #expect(try await mirror.resolve(nil).id == second)
        #expect(try FileTree().entries(of: path).allSatisfy { !$0.name.hasSuffix(".lock") })
    }

    @Test("a lock on our own notes is said as what it is, and cleared by who holds the state directory")
    func staleNotesLock() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        let ref = try NotesRef(cluster: "c", node: "n")
        try FileTree().makeDirectory(mirror.path + "/refs/notes/coxswain/c")
        try origin.write("", to: mirror.path + "/refs/notes/coxswain/c/n.lock")
        let two = Retries(attempts: 2) { _ in .milliseconds(1) }
        let failure = await #expect(throws: GitFailure.self) { try await mirror.writeNote("x", on: commit, as: ref, retries: two) }
        #expect(failure?.finding.message.contains("it was locked") == true)
        try await mirror.clearNotesLocks()
        try await mirror.writeNote("x", on: commit, as: ref, retries: two)
        #expect(try await mirror.note(on: commit, by: ref)?.text == "x\n")
    }

    @Test("only the branch that is wanted is brought; another one when it is asked for, by whatever name")
    func wanted() async throws {
        let origin = try await Origin()
        let main = try await origin.commit(["a": "1"])
        let topic = try await origin.commit(["b": "1"], branch: "topic", onto: "")
        try await origin.git(["tag", "v1", topic.hex])
        let mirror = try origin.mirror()
        _ = try await mirror.fetch(.revision(nil), limit: .seconds(60))
        #expect(try await mirror.resolve(nil).id == main)
        #expect(try await !mirror.contains(topic))
        #expect(try await !mirror.fetch(.revision("main"), limit: .seconds(60)).moved)
        for name in ["topic", "v1", "refs/tags/v1", topic.hex, String(topic.hex.prefix(12))] {
            let other = try origin.mirror(state: origin.directory + "/\(name.count)")
            _ = try await other.fetch(.revision(name), limit: .seconds(60))
            #expect(try await other.resolve(name).id == topic, "\(name)")
        }
        try await origin.git(["update-ref", "-d", "refs/heads/main"])
        _ = try await mirror.fetch(.revision("main"), limit: .seconds(60))
        #expect(await reason { try await mirror.resolve("main") } == .missing)
    }

    @Test("a branch takes the place of a directory of branches, and the other way round")
    func inTheWay() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"], branch: "x")
        let mirror = try origin.mirror()
        _ = try await mirror.fetch(.revision("x"), limit: .seconds(60))
        try await origin.git(["update-ref", "-d", "refs/heads/x"])
        let below = try await origin.commit(["a": "2"], branch: "x/y", onto: "")
        #expect(try await mirror.fetch(.revision("x/y"), limit: .seconds(60)).findings.isEmpty)
        #expect(try await mirror.resolve("x/y").id == below)
    }

    @Test("what another process keeps is let go by none that only looks")
    func keptByAnother() async throws {
        let origin = try await Origin()
        let lost = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.keep([lost])
        try await origin.mirror().keep([], only: false)
        #expect(try await mirror.isReachable(lost))
        try await origin.git(["update-ref", "-d", "refs/heads/main"])
        try await origin.commit(["a": "2"], onto: "")
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(try await mirror.isReachable(lost))
    }

    @Test("notes that were not pushed move with the repository to its new address, and not to another repository's")
    func moved() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let ref = try NotesRef(cluster: "c", node: "n")
        try await origin.fetched().writeNote("kept", on: commit, as: ref)
        let foreign = try await Origin()
        try await foreign.commit(["z": "1"])
        let other = try Mirror(of: Remote(foreign.path), state: origin.state)
        _ = try await other.fetch(limit: .seconds(60))
        #expect(try await !other.hasUnpushedNotes())
        try FileTree().move(origin.path, to: origin.path + ".moved")
        let moved = try Mirror(of: Remote(origin.path + ".moved"), state: origin.state)
        _ = try await moved.fetch(limit: .seconds(60))
        #expect(try await moved.note(on: commit, by: ref)?.text == "kept\n")
        #expect(try await moved.pushNotes(limit: .seconds(60)).map(\.outcome) == [.pushed])
    }
}

@Suite struct ForgottenMirrorTests {
    @Test("mirrors that nobody has asked for in a month go, but for those with notes that no server has")
    func forgotten() async throws {
        let (origin, others) = (try await Origin(), [try await Origin(), try await Origin()])
        try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        var old: [Mirror] = []
        for other in others {
            let commit = try await other.commit(["a": "1"])
            let forgotten = try Mirror(of: Remote(other.path), state: origin.state)
            _ = try await forgotten.fetch(limit: .seconds(60))
            if !old.isEmpty { try await forgotten.writeNote("kept", on: commit, as: NotesRef(cluster: "c", node: "n")) }
            old.append(forgotten)
        }
        let damaged = mirror.path + ".damaged"
        try FileTree().makeDirectory(damaged)
        for path in old.map(\.lockPath) + [damaged] { _ = try await Command("touch", ["-d", "40 days ago", path]).run().orThrow() }
        try await origin.commit(["a": "2"])
        _ = try await mirror.fetch(limit: .seconds(60))
        let kinds = try (old.map(\.path) + [damaged, mirror.path]).map { try FileTree().kind(of: $0) }
        #expect(kinds == [nil, .directory, nil, .directory])
    }
}

/// Servers that are slow, and copies that lack something.
@Suite struct SlowServerTests {
    /// An ssh that lets so many bytes through in a tenth of a second.
    private func trickle(_ origin: Origin, _ bytes: Int) throws -> [String: String] {
        let script = origin.directory + "/trickle"
        let loop = "while dd bs=\(bytes) count=1 2> /dev/null > \"$0.part\" && [ -s \"$0.part\" ]; do cat \"$0.part\"; sleep 0.1; done"
        try origin.write("#!/bin/sh\nfor last; do :; done\nsh -c \"$last\" | \(loop)\n", to: script, mode: 0o755)
        return ["GIT_SSH_COMMAND": script]
    }

    @Test("what comes slowly comes: the limit is for a server that says nothing")
    func slowly() async throws {
        let origin = try await Origin()
        var random = Seeded(state: 7)
        let noise = (0..<120_000).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement(using: &random) ?? "a" }
        let commit = try await origin.commit(["a": String(noise)])
        let remote = try Remote("ssh://example.invalid\(origin.path)")
        let mirror = try Mirror(of: remote, state: origin.state, environment: trickle(origin, 1200))
        let start = ContinuousClock.now
        _ = try await mirror.fetch(limit: .seconds(7))
        #expect(ContinuousClock.now - start > .seconds(7))
        #expect(try await mirror.resolve(nil).id == commit)
    }

    @Test("a shallow clone is read as far as it goes, and says that it is one; a whole one takes its place")
    func shallow() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        let last = try await origin.commit(["a": "2"])
        let clone = origin.directory + "/clone"
        try await origin.git(["clone", "-q", "--depth", "1", "file://" + origin.path, clone])
        let mirror = try Mirror(of: Remote(clone), state: origin.state)
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(try await mirror.resolve(nil).id == last)
        #expect(try await mirror.isShallow())
        #expect(try await mirror.history(from: last, limit: 10).map(\.id) == [last])
        #expect(try await !mirror.isAncestor(first, of: last))
        try await origin.git(["fetch", "-q", "--unshallow"], in: clone)
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(try await !mirror.isShallow())
        #expect(try await mirror.isAncestor(first, of: last))
    }

    @Test("a partial clone that can't have its files is said to be one")
    func partial() async throws {
        let origin = try await Origin()
        try await origin.git(["config", "uploadpack.allowFilter", "true"])
        try await origin.commit(["a": "1"])
        let clone = origin.directory + "/clone"
        try await origin.git(["clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + origin.path, clone])
        try FileTree().move(origin.path, to: origin.path + ".away")
        let mirror = try Mirror(of: Remote(clone), state: origin.state)
        let failure = await #expect(throws: GitFailure.self) { try await mirror.fetch(limit: .seconds(60)) }
        #expect(failure?.finding.message.contains("is a partial clone") == true, "\(String(describing: failure))")
    }
}
