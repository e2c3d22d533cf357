import ClusterModel
import Diagnostics
import Glibc
import Host
import Testing

@testable import GitStore

@Suite struct DamageTests {
    let ref: NotesRef

    init() throws { ref = try NotesRef(cluster: "c", node: "n") }

    /// Damages the mirror that holds a pushed and an unpushed note, fetches, and expects all to be well again.
    private func recovers(from damage: (Origin, Mirror) async throws -> Void) async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        let second = try await origin.commit(["a": "2"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("pushed", on: first, as: ref)
        _ = try await mirror.pushNotes(limit: .seconds(60))
        try await mirror.writeNote("unpushed", on: second, as: ref)
        try await damage(origin, mirror)
        let fetched = try await mirror.fetch(limit: .seconds(60))
        #expect(fetched.findings.first?.message.contains("was cloned anew") == true)
        #expect(try await mirror.resolve(nil).id == second)
        #expect(try await mirror.files(of: second).files.map(\.path) == ["a"])
        #expect(try await mirror.note(on: first, by: ref)?.text == "pushed\n")
        #expect(try await mirror.note(on: second, by: ref)?.text == "unpushed\n")
        #expect(try await mirror.pushNotes(limit: .seconds(60)).map(\.outcome) == [.pushed])
        try await origin.git(["fsck", "--strict"], in: mirror.path)
        try await origin.git(["fsck", "--strict"])
    }

    @Test("a mirror without HEAD is cloned anew, and keeps the notes")
    func missingHead() async throws {
        try await recovers { _, mirror in try FileTree().remove(mirror.path + "/HEAD") }
    }

    @Test("so is one whose HEAD is empty and whose references are packed")
    func emptyHead() async throws {
        try await recovers { origin, mirror in
            try await origin.git(["pack-refs", "--all"], in: mirror.path)
            try origin.write("", to: mirror.path + "/HEAD")
        }
    }

    @Test("so is one whose newest commit is gone, though its references are right")
    func missingTip() async throws {
        try await recovers { origin, mirror in
            let tip = try await origin.git(["rev-parse", "main"], in: mirror.path)
            try await loosen(origin, mirror)
            try FileTree().remove("\(mirror.path)/objects/\(tip.prefix(2))/\(tip.dropFirst(2))")
        }
    }

    @Test("so is one with a damaged blob, once it has been stumbled upon")
    func damagedBlob() async throws {
        try await recovers { origin, mirror in
            let blob = try await origin.git(["rev-parse", "main:a"], in: mirror.path)
            try await loosen(origin, mirror)
            try origin.write("", to: "\(mirror.path)/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
            let commit = try await mirror.resolve(nil).id
            #expect(await reason { try await mirror.files(of: commit) } == .corrupt)
        }
    }

    /// Every object in a file of its own, so that one of them can be damaged.
    private func loosen(_ origin: Origin, _ mirror: Mirror) async throws {
        let packs = mirror.path + "/objects/pack"
        for name in try FileTree().regularFiles(in: packs) where name.hasSuffix(".pack") {
            let pack = try FileTree().read("\(packs)/\(name)")
            try FileTree().removeAll(packs)
            try FileTree().makeDirectory(packs)
            _ = try await Command("git", ["unpack-objects", "-q"], input: pack, directory: mirror.path).run().orThrow()
        }
    }

    @Test("what can't be rescued is said, and its remains are kept")
    func lostNotes() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("lost", on: commit, as: ref)
        let blob = try await origin.git(["notes", "--ref=coxswain/c/n", "list", commit.hex], in: mirror.path)
        try FileTree().remove("\(mirror.path)/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
        try FileTree().remove(mirror.path + "/HEAD")
        let findings = try await mirror.fetch(limit: .seconds(60)).findings
        #expect(findings.map(\.message).last?.hasPrefix("1 notes, or groups of notes, could not be read") == true)
        #expect(try FileTree().kind(of: mirror.path + ".damaged") == .directory)
    }

    @Test("while the server is away, a damaged mirror stays where it is")
    func serverAway() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("kept", on: commit, as: ref)
        try FileTree().remove(mirror.path + "/HEAD")
        try FileTree().move(origin.path, to: origin.path + ".away")
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } == .notARepository)
        try FileTree().move(origin.path + ".away", to: origin.path)
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(try await mirror.note(on: commit, by: ref)?.text == "kept\n")
    }

    @Test("a server that offers no branch any more takes nothing away")
    func emptied() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await origin.git(["update-ref", "-d", "refs/heads/main"])
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } == .empty)
        #expect(try await mirror.resolve(nil).id == commit)
        try await origin.git(["update-ref", "refs/heads/main", commit.hex])
        #expect(try await !mirror.fetch(limit: .seconds(60)).moved)
    }

    @Test("a mirror of another user is left alone")
    func foreignMirror() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        guard geteuid() == 0 else { return }
        _ = try await Command("chown", ["-R", "65534", mirror.path]).run().orThrow()
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } == .denied)
        #expect(await reason { try await origin.mirror().resolve(nil) } == .denied)
        #expect(try FileTree().kind(of: mirror.path + ".damaged") == nil)
    }

    @Test("packs what has gathered, and reads on")
    func maintenance() async throws {
        let origin = try await Origin()
        let commit = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.writeNote("kept", on: commit, as: ref)
        try await mirror.maintain(limit: .seconds(60))
        #expect(try await mirror.note(on: commit, by: ref)?.text == "kept\n")
    }

    @Test("some hundreds of notes are packed")
    func manyNotes() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        for number in 0..<250 {
            let commit = try #require(CommitID(GitObjectID(blob: [UInt8(number)]).hex))
            try await mirror.writeNote("note \(number)", on: commit, as: ref)
        }
        func loose() async throws -> Int { Int(try await origin.git(["count-objects"], in: mirror.path).prefix { $0.isNumber }) ?? 0 }
        #expect(try await loose() > 700)
        try await mirror.maintain(limit: .seconds(120))
        #expect(try await loose() < 20)
    }
}
