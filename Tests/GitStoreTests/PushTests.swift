import ClusterModel
import Host
import Testing

@testable import GitStore

@Suite struct PushTests {
    let ref: NotesRef

    init() throws { ref = try NotesRef(cluster: "c", node: "n") }

    private func list(_ origin: Origin) async throws -> [Substring] {
        try await origin.git(["notes", "--ref=coxswain/c/n", "list"]).split(separator: "\n")
    }

    @Test("sends notes once, and a fetch elsewhere brings them")
    func pushes() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        #expect(try await mirror.pushNotes(limit: .seconds(60)).isEmpty)
        try await mirror.writeNote("hello", on: commit, as: ref)
        #expect(try await mirror.hasUnpushedNotes())
        #expect(try await mirror.pushNotes(limit: .seconds(60)) == [NotesPush(ref: ref, outcome: .pushed)])
        #expect(try await mirror.pushNotes(limit: .seconds(60)).isEmpty)
        #expect(try await !mirror.hasUnpushedNotes())
        #expect(try await origin.git(["log", "--notes=coxswain/c/n", "main"]).contains("hello"))
        let elsewhere = try await origin.fetched(state: origin.directory + "/elsewhere")
        #expect(try await elsewhere.notes(on: commit) == [Note(ref: ref, commit: commit, text: "hello\n")])
        try await origin.git(["fsck", "--strict"])
    }

    @Test("a fetch does not overwrite notes that have not been pushed")
    func fetchKeepsNotes() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("mine", on: commit, as: ref)
        try await origin.git(["notes", "--ref=coxswain/c/n", "add", "-m", "server", commit.hex])
        #expect(try await mirror.fetch(limit: .seconds(60)).moved)
        #expect(try await mirror.note(on: commit, by: ref)?.text == "mine\n")
    }

    @Test("a rejected push is laid on the server's notes and sent again; ours wins on the same commit")
    func merges() async throws {
        let origin = try await Origin()
        let commits = try await [
            origin.commit(["a": "1"]), origin.commit(["a": "2"]), origin.commit(["a": "3"]),
        ]
        let one = try await origin.fetched()
        let two = try await origin.fetched(state: origin.directory + "/two")
        try await one.writeNote("one", on: commits[0], as: ref)
        _ = try await one.pushNotes(limit: .seconds(60))
        _ = try await two.fetch(limit: .seconds(60))
        try await two.writeNote("two changes it", on: commits[0], as: ref)
        try await two.writeNote("two", on: commits[1], as: ref)
        _ = try await two.pushNotes(limit: .seconds(60))
        try await one.writeNote("one again", on: commits[1], as: ref)
        try await one.writeNote("one adds", on: commits[2], as: ref)
        #expect(try await one.pushNotes(limit: .seconds(60), retries: brisk).map(\.outcome) == [.pushed])
        let texts = try await commits.asyncMap { try await one.note(on: $0, by: ref)?.text }
        #expect(texts == ["two changes it\n", "one again\n", "one adds\n"])
        #expect(try await list(origin).count == 3)
        try await origin.git(["fsck", "--strict"])
    }

    @Test("mirrors on different machines that push under one reference at once lose nothing")
    func races() async throws {
        let origin = try await Origin()
        let mirrors = try await (0..<3).asyncMap { try await origin.fetched(state: "\(origin.directory)/m\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (writer, mirror) in mirrors.enumerated() {
                group.addTask {
                    for index in 0..<4 {
                        let commit = try #require(CommitID(GitObjectID(blob: [UInt8(writer), UInt8(index)]).hex))
                        try await mirror.writeNote("\(writer) \(index)", on: commit, as: ref, retries: brisk)
                        let results = try await mirror.pushNotes(limit: .seconds(60), retries: brisk)
                        #expect(results.map(\.outcome) == [.pushed])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await list(origin).count == 12)
    }

    @Test("a push that the server's hook declines is reported in its words, and sent another time")
    func declined() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        let hook = origin.path + "/hooks/pre-receive"
        try FileTree().makeDirectory(origin.path + "/hooks")
        try origin.write("#!/bin/sh\ncat >/dev/null; echo no notes here >&2; exit 1\n", to: hook, mode: 0o755)
        try await mirror.writeNote("kept", on: commit, as: ref)
        let results = try await mirror.pushNotes(limit: .seconds(60), retries: brisk)
        #expect(results.map(\.outcome) == [.declined("[remote rejected] (pre-receive hook declined): no notes here")])
        #expect(try await mirror.hasUnpushedNotes())
        try FileTree().remove(hook)
        #expect(try await mirror.pushNotes(limit: .seconds(60)).map(\.outcome) == [.pushed])
        #expect(try await list(origin).count == 1)
    }

    @Test("a hook that lets one reference in and another not is reported by reference")
    func partlyDeclined() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try FileTree().makeDirectory(origin.path + "/hooks")
        try origin.write("#!/bin/sh\ncase $1 in */bad) exit 1;; esac\n", to: origin.path + "/hooks/update", mode: 0o755)
        let bad = try NotesRef(cluster: "c", node: "bad")
        for ref in [ref, bad] { try await mirror.writeNote("x", on: commit, as: ref) }
        let results = try await mirror.pushNotes(limit: .seconds(60), retries: brisk)
        #expect(results.map(\.ref) == [bad, ref])
        let words = "[remote rejected] (hook declined): error: hook declined to update refs/notes/coxswain/c/bad"
        #expect(results.map(\.outcome) == [.declined(words), .pushed])
    }

    @Test("a reference that the server can't lock is tried three times, and said in the server's words")
    func serverLock() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try FileTree().makeDirectory(origin.path + "/refs/notes/coxswain/c")
        try origin.write("", to: origin.path + "/refs/notes/coxswain/c/n.lock")
        let tries = origin.directory + "/tries"
        try FileTree().makeDirectory(origin.path + "/hooks")
        try origin.write("#!/bin/sh\necho try >> '\(tries)'\n", to: origin.path + "/hooks/pre-receive", mode: 0o755)
        try await mirror.writeNote("kept", on: commit, as: ref)
        let results = try await mirror.pushNotes(limit: .seconds(60), retries: Retries(attempts: 3) { _ in .milliseconds(1) })
        guard case .locked(let words)? = results.first?.outcome else { return #expect(Bool(false), "\(results)") }
        #expect(words.contains("failed to update ref"), "\(words)")
        #expect(try FileTree().read(tries).count == 3 * "try\n".utf8.count)
        #expect(try await mirror.hasUnpushedNotes())
    }

    @Test("how root likes to push matters nothing")
    func personalSettings() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let settings = "[push]\n\tgpgSign = true\n\tpushOption = ci.skip\n\tfollowTags = true\n\trecurseSubmodules = only\n"
        try origin.write(settings, to: origin.directory + "/gitconfig")
        let mirror = try Mirror(
            of: Remote(origin.path), state: origin.state, environment: ["GIT_CONFIG_GLOBAL": origin.directory + "/gitconfig"])
        _ = try await mirror.fetch(limit: .seconds(60))
        try await mirror.writeNote("x", on: commit, as: ref)
        #expect(try await mirror.pushNotes(limit: .seconds(60)).map(\.outcome) == [.pushed])
    }

    @Test("a server that is away keeps the notes here")
    func away() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("kept", on: commit, as: ref)
        try FileTree().move(origin.path, to: origin.path + ".away")
        #expect(await reason { try await mirror.pushNotes(limit: .seconds(60)) } == .notARepository)
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } == .notARepository)
        #expect(try await mirror.resolve(nil).id == commit)
        try FileTree().move(origin.path + ".away", to: origin.path)
        #expect(try await mirror.pushNotes(limit: .seconds(60)).map(\.outcome) == [.pushed])
    }
}

extension Sequence {
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
