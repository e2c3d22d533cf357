import ClusterModel
import Host
import Testing

@testable import GitStore

@Suite struct ReversalTests {
    private let identity = [
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]

    private func mirror(of origin: Origin) async throws -> Mirror {
        let mirror = try Mirror(of: Remote(origin.path), state: origin.state, environment: identity)
        _ = try await mirror.fetch(limit: .seconds(60))
        return mirror
    }

    @Test("goes back by a commit on top, of the whole tree; history stays")
    func whole() async throws {
        let origin = try await Origin()
        let former = try await origin.commit(["a": "1", "b/c": "1"])
        let tip = try await origin.commit(["a": "2", "d": "2"])
        let mirror = try await mirror(of: origin)
        let commit = try #require(try await mirror.makeReversal(of: mirror.resolve(nil), to: former, under: nil, message: "Back\n\nWhy: so\n"))
        #expect(commit.trailer("Why") == ["so"])
        #expect(try await mirror.branch(nil) == "refs/heads/main")
        try await mirror.push(commit.id, to: "refs/heads/main", limit: .seconds(60))
        #expect(try await origin.git(["rev-parse", "main^"]) == tip.hex)
        #expect(try await origin.git(["diff", "--stat", former.hex, "main"]).isEmpty)
        #expect(try await origin.git(["log", "-1", "--format=%an %s", "main"]) == "Ada Back")
        try await origin.git(["fsck", "--strict"])
    }

    @Test("of one directory only, where a repository is several clusters'", arguments: ["clusters/a", "clusters/a/", "./clusters/a"])
    func part(_ path: String) async throws {
        let origin = try await Origin()
        let former = try await origin.commit(["clusters/a/x": "1", "clusters/b/x": "1"])
        try await origin.commit(["clusters/a/x": "2", "clusters/a/y": "2", "clusters/b/x": "2"])
        let mirror = try await mirror(of: origin)
        let commit = try #require(try await mirror.makeReversal(of: mirror.resolve(nil), to: former, under: path, message: "Back\n"))
        try await mirror.push(commit.id, to: "refs/heads/main", limit: .seconds(60))
        #expect(try await origin.git(["ls-tree", "-r", "--name-only", "main"]) == "clusters/a/x\nclusters/b/x")
        #expect(try await origin.git(["show", "main:clusters/a/x"]) == "1")
        #expect(try await origin.git(["show", "main:clusters/b/x"]) == "2")
    }

    @Test("makes no commit where nothing would change")
    func nothing() async throws {
        let origin = try await Origin()
        let former = try await origin.commit(["a/x": "1", "b": "1"])
        try await origin.commit(["a/x": "1", "b": "2"])
        let mirror = try await mirror(of: origin)
        #expect(try await mirror.makeReversal(of: mirror.resolve(nil), to: former, under: "a", message: "Back\n") == nil)
    }

    @Test("a directory that the former commit lacks, a tag, and a branch that nobody has are refused")
    func refused() async throws {
        let origin = try await Origin()
        let former = try await origin.commit(["b": "1"])
        try await origin.commit(["a/x": "1"])
        try await origin.git(["tag", "v1"])
        let mirror = try await mirror(of: origin)
        await #expect(throws: GitFailure.self) { try await mirror.makeReversal(of: mirror.resolve(nil), to: former, under: "a", message: "Back\n") }
        for name in ["v1", "refs/tags/v1", "nobody"] { await #expect(throws: GitFailure.self) { try await mirror.branch(name) } }
    }

    @Test("what was pushed meanwhile is not lost")
    func contended() async throws {
        let origin = try await Origin()
        let former = try await origin.commit(["a": "1"])
        try await origin.commit(["a": "2"])
        let mirror = try await mirror(of: origin)
        let commit = try #require(try await mirror.makeReversal(of: mirror.resolve(nil), to: former, under: nil, message: "Back\n"))
        let newest = try await origin.commit(["a": "3"])
        let failure = await #expect(throws: GitFailure.self) { try await mirror.push(commit.id, to: "refs/heads/main", limit: .seconds(60)) }
        #expect(failure?.reason == .contended)
        #expect(try await origin.git(["rev-parse", "main"]) == newest.hex)
    }

    @Test("git that knows nobody's name says what to do")
    func nobody() async throws {
        let origin = try await Origin()
        let former = try await origin.commit(["a": "1"])
        try await origin.commit(["a": "2"])
        let nobody = ["GIT_AUTHOR_NAME": "", "GIT_COMMITTER_NAME": "", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]
        let mirror = try Mirror(of: Remote(origin.path), state: origin.state, environment: nobody)
        _ = try await mirror.fetch(limit: .seconds(60))
        let failure = await #expect(throws: GitFailure.self) {
            try await mirror.makeReversal(of: mirror.resolve(nil), to: former, under: nil, message: "Back\n")
        }
        #expect(failure?.description.contains("user.name") == true)
    }
}

@Suite("Commits that are made without a checkout, for a branch of their own")
struct NewCommitTests {
    private let identity = [
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]

    private func mirror(of origin: Origin) async throws -> Mirror {
        let mirror = try Mirror(of: Remote(origin.path), state: origin.state, environment: identity)
        _ = try await mirror.fetch(limit: .seconds(60))
        return mirror
    }

    @Test("files are changed, made and removed in one directory, the rest stays", arguments: [nil, "clusters/a", "./clusters/a/"])
    func edits(_ directory: String?) async throws {
        let origin = try await Origin()
        let base = directory == nil ? "" : "clusters/a/"
        try await origin.commit(["\(base)crm/x.crm": "1", "\(base)crm/gone/y.crm": "1", "other": "1"])
        let mirror = try await mirror(of: origin)
        let tip = try await mirror.resolve(nil)
        let files: [String: [UInt8]?] = ["crm/x.crm": Array("2".utf8), "crm/gone/y.crm": nil, "drbd/new.res": Array("3".utf8), "never": nil]
        let commit = try #require(try await mirror.makeCommit(on: tip, with: files, under: directory, message: "Adopt\n"))
        let branch = "refs/heads/coxswain/adopt-1"
        #expect(try await mirror.commit(onBranch: branch, limit: .seconds(60)) == nil)
        try await mirror.push(commit.id, toNew: branch, limit: .seconds(60))
        #expect(try await mirror.commit(onBranch: branch, limit: .seconds(60)) == commit.id)
        #expect(try await origin.git(["rev-parse", "main"]) == tip.id.hex)
        let names = try await origin.git(["ls-tree", "-r", "--name-only", branch]).split(separator: "\n").map(String.init)
        #expect(Set(names) == ["\(base)crm/x.crm", "\(base)drbd/new.res", "other"])
        #expect(try await origin.git(["show", "\(branch):\(base)crm/x.crm"]) == "2")
        try await origin.git(["fsck", "--strict"])
    }

    @Test("no commit where nothing changes; a branch that is there is not moved, not even forward")
    func refused() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let mirror = try await mirror(of: origin)
        let tip = try await mirror.resolve(nil)
        #expect(try await mirror.makeCommit(on: tip, with: ["a": Array("1".utf8)], under: nil, message: "x") == nil)
        let commit = try #require(try await mirror.makeCommit(on: tip, with: ["a": Array("2".utf8)], under: nil, message: "x"))
        let failure = await #expect(throws: GitFailure.self) { try await mirror.push(commit.id, toNew: "refs/heads/main", limit: .seconds(60)) }
        #expect(failure?.reason == .contended)
        #expect(try await origin.git(["rev-parse", "main"]) == tip.id.hex)
        #expect(try await mirror.isBranchName("change/7"))
        for name in ["a b", "-x", "a..b", "@{-1}", ""] { #expect(try await !mirror.isBranchName(name), "\(name)") }
    }
}
