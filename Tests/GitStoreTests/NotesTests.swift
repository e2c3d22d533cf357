import ClusterModel
import Diagnostics
import Host
import Testing

@testable import GitStore

@Suite struct NotesTests {
    let xenA: NotesRef
    let xenB: NotesRef

    init() throws {
        xenA = try NotesRef(cluster: "c", node: "xen-a")
        xenB = try NotesRef(cluster: "c", node: "xen-b")
    }

    private func number(_ index: Int) throws -> CommitID {
        let hex = GitObjectID(blob: Array("\(index)".utf8)).hex
        return try #require(CommitID(hex))
    }

    @Test("a note is what git log --notes shows; it is replaced or added to")
    func showsInLog() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("result: converged", on: commit, as: xenA)
        #expect(
            try await origin.git(["log", "--notes=coxswain/c/xen-a"], in: mirror.path).contains("result: converged"))
        try await mirror.writeNote("second\n", on: commit, as: xenA, joining: .appending)
        #expect(try await mirror.note(on: commit, by: xenA)?.text == "result: converged\n\nsecond\n")
        try await mirror.writeNote("third", on: commit, as: xenA)
        try await mirror.writeNote("other node", on: commit, as: xenB)
        #expect(try await mirror.notes(on: commit).map(\.text) == ["third\n", "other node\n"])
        let tip = try await origin.git(["rev-parse", "\(xenA)"], in: mirror.path)
        try await mirror.writeNote("third", on: commit, as: xenA)
        #expect(try await origin.git(["rev-parse", "\(xenA)"], in: mirror.path) == tip)
        try await origin.git(["fsck", "--strict", "--no-dangling"], in: mirror.path)
    }

    @Test("notes that are empty, too long or not text are refused")
    func bounds() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        for text in ["", " \n", "a\0b", String(repeating: "x", count: Note.largest)] {
            await #expect(throws: GitFailure.self) { try await mirror.writeNote(text, on: commit, as: xenA) }
        }
        try await mirror.writeNote(String(repeating: "x", count: Note.largest - 1), on: commit, as: xenA)
        await #expect(throws: GitFailure.self) {
            try await mirror.writeNote("y", on: commit, as: xenA, joining: .appending)
        }
        #expect(try await mirror.note(on: commit, by: xenB) == nil)
    }

    @Test("300 notes are fanned out into subtrees of two digits, and git reads them all")
    func fanOut() async throws {
        let origin = try await Origin()
        let mirror = try await origin.fetched()
        for index in 0..<300 { try await mirror.writeNote("note \(index)", on: number(index), as: xenA) }
        let names = try await origin.git(["ls-tree", "-r", "--name-only", "\(xenA)"], in: mirror.path).split(
            separator: "\n")
        #expect(names.count == 300)
        #expect(names.allSatisfy { $0.count == 41 && $0.dropFirst(2).hasPrefix("/") })
        let root = try await origin.git(["ls-tree", "\(xenA)"], in: mirror.path).split(separator: "\n")
        #expect(root.count == 256)
        #expect(root.allSatisfy { $0.hasPrefix("040000 tree ") })
        let listed = try await origin.git(["notes", "--ref=coxswain/c/xen-a", "list"], in: mirror.path)
        #expect(listed.split(separator: "\n").count == 300)
        #expect(try await mirror.note(on: number(123), by: xenA)?.text == "note 123\n")
        try await origin.git(["fsck", "--strict", "--no-dangling"], in: mirror.path)
    }

    @Test("two mirrors that write at once under one reference lose nothing")
    func concurrency() async throws {
        let origin = try await Origin()
        let mirrors = try [await origin.fetched(), origin.mirror(), origin.mirror()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (writer, mirror) in mirrors.enumerated() {
                group.addTask {
                    for index in 0..<60 {
                        try await mirror.writeNote(
                            "\(index)", on: number(writer * 1000 + index), as: xenA, retries: brisk)
                    }
                }
            }
            try await group.waitForAll()
        }
        let listed = try await origin.git(["notes", "--ref=coxswain/c/xen-a", "list"], in: mirrors[0].path)
        #expect(listed.split(separator: "\n").count == 180)
        try await origin.git(["fsck", "--strict"], in: mirrors[0].path)
    }

    @Test("another process that adds a note between reading and writing loses nothing, nor do we")
    func compareAndSwap() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("ours", on: commit, as: xenA)
        let repository = try ObjectDatabase(at: mirror.path)
        let seen = try #require(try repository.tip(of: "\(xenA)"))
        let mine = try repository.writing("mine", on: number(1), at: seen, by: xenA)
        try await origin.git(
            ["notes", "--ref=coxswain/c/xen-a", "add", "-f", "-m", "theirs", commit.hex], in: mirror.path)
        #expect(try !repository.move("\(xenA)", from: seen, to: mine))
        #expect(try !repository.move("\(xenA)", from: nil, to: mine))
        #expect(try await mirror.note(on: commit, by: xenA)?.text == "theirs\n")
    }

    @Test("gives up on a lock that nobody removes, and says which")
    func staleLock() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("1", on: commit, as: xenA)
        try origin.write("", to: "\(mirror.path)/\(xenA).lock")
        let failure = await #expect(throws: GitFailure.self) {
            try await mirror.writeNote("2", on: commit, as: xenA, retries: Retries(attempts: 3) { _ in .zero })
        }
        #expect(failure?.reason == .contended)
        #expect(failure?.finding.remedy?.contains(".lock") == true)
    }

    @Test("takes exactly the names that git check-ref-format takes")
    func names() async throws {
        let origin = try await Origin()
        var random = Seeded(state: 7)
        let alphabet = Array("abcxyz0123.-_@{~^:?*[\\/ \u{7F}\u{1}ä").map(String.init) + [".lock", "..", "@{"]
        var accepted = 0
        for _ in 0..<150 {
            let name = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? ""
            }.joined()
            let git = (try? await origin.git(["check-ref-format", "refs/notes/coxswain/c/\(name)"])) != nil
            let ours = (try? NotesRef(cluster: "c", node: name)) != nil
            #expect(ours == (git && !name.contains("/")), "\(name.debugDescription)")
            if ours { accepted += 1 }
        }
        #expect(accepted > 20)
        #expect(throws: Finding.self) { try NotesRef(cluster: "a..b", node: "n") }
    }
}
