import ClusterModel
import Diagnostics
import Glibc
import Host
import Testing

@testable import GitStore

@Suite struct FetchTests {
    @Test("a commit that is kept stays, whatever is pushed by force")
    func kept() async throws {
        let origin = try await Origin()
        let lost = try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        try await mirror.keep([lost])
        try await origin.git(["update-ref", "-d", "refs/heads/main"])
        let new = try await origin.commit(["a": "2"])
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(try await mirror.resolve(nil).id == new)
        #expect(try await mirror.isReachable(lost))
        #expect(try await mirror.files(of: lost).files.map(\.path) == ["a"])
        try await mirror.keep([new])
        #expect(try await !mirror.isReachable(lost))
    }

    @Test("a full object name is that object, HEAD is the server's, and a name of two commits is refused")
    func pinned() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        let second = try await origin.commit(["a": "2"])
        for name in [first.hex, "HEAD", "v1"] { try await origin.git(["update-ref", "refs/heads/\(name)", second.hex]) }
        try await origin.git(["update-ref", "refs/tags/v1", first.hex])
        for digits in [7, 10, 39] { try await origin.git(["update-ref", "refs/heads/\(first.hex.prefix(digits))", second.hex]) }
        let mirror = try await origin.fetched()
        #expect(try await mirror.resolve(first.hex).id == first)
        // Whoever may push a branch must not move who is pinned to a commit by its first digits either.
        for digits in [7, 10, 39] { #expect(await reason { try await mirror.resolve(String(first.hex.prefix(digits))) } == .missing) }
        #expect(try await mirror.resolve(String(second.hex.prefix(10))).id == second)
        try await origin.git(["update-ref", "refs/heads/HEAD", first.hex])
        _ = try await mirror.fetch(limit: .seconds(60))
        #expect(try await mirror.resolve("HEAD").id == second)
        #expect(await reason { try await mirror.resolve("v1") } == .missing)
        #expect(try await mirror.resolve("refs/tags/v1").id == first)
    }

    @Test("a HEAD that is on no branch is that commit, as in the checkouts that CI makes", arguments: [true, false])
    func detached(hasBranch: Bool) async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        let second = try await origin.commit(["a": "2"])
        let checkout = origin.directory + "/checkout"
        try await origin.git(["clone", "-q", origin.path, checkout])
        let mirror = try Mirror(of: Remote(checkout), state: origin.state)
        for wanted in [Wanted.everything, .revision(nil), .revision("HEAD")] {
            try await origin.git(["checkout", "-q", "--detach", first.hex], in: checkout)
            if !hasBranch { _ = try? await origin.git(["branch", "-q", "-D", "main"], in: checkout) }
            _ = try await mirror.fetch(wanted, limit: .seconds(60))
            #expect(try await mirror.resolve(nil).id == first)
            #expect(try await mirror.isReachable(first))
            #expect(try await !mirror.fetch(wanted, limit: .seconds(60)).moved)
            try await origin.git(["checkout", "-q", "--detach", second.hex], in: checkout)
            _ = try await mirror.fetch(wanted, limit: .seconds(60))
            #expect(try await mirror.resolve("HEAD").id == second)
        }
        try await origin.git(["checkout", "-q", "-B", "main", first.hex], in: checkout)
        _ = try await mirror.fetch(.revision(nil), limit: .seconds(60))
        #expect(try await mirror.resolve(nil).id == first)
    }

    @Test("clones, sees a new commit, and says when nothing is new")
    func fetches() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a.crm": "1"])
        let mirror = try origin.mirror()
        #expect(await reason { try await mirror.resolve(nil) } == .missing)
        #expect(try await mirror.fetch(limit: .seconds(60)).moved)
        #expect(try await mirror.resolve(nil).id == first)
        #expect(try await !mirror.fetch(limit: .seconds(60)).moved)
        let second = try await origin.commit(["a.crm": "2"], message: "second\n\nbody")
        let fetched = try await mirror.fetch(limit: .seconds(60))
        #expect(fetched == Fetched(moved: true, findings: []))
        let tip = try await mirror.resolve("main")
        #expect(tip.id == second)
        #expect(tip.subject == "second")
        #expect(tip.author == "Ada <ada@example.org>")
        #expect(try await mirror.history(from: second, limit: 10).map(\.id) == [second, first])
        #expect(try await mirror.history(from: second, limit: 1).map(\.id) == [second])
        try await origin.git(["fsck", "--strict"], in: mirror.path)
    }

    @Test("follows a forced push, and forgets what the server has deleted")
    func forcedPush() async throws {
        let origin = try await Origin()
        let root = try await origin.commit(["a": "1"])
        let lost = try await origin.commit(["a": "2"])
        try await origin.commit(["b": "1"], branch: "topic")
        let mirror = try await origin.fetched()
        let forced = try await origin.commit(["a": "3"], onto: root.hex)
        try await origin.git(["branch", "-D", "topic"])
        // A name that is in the way of the old one.
        try await origin.commit(["b": "2"], branch: "topic/sub")
        #expect(try await mirror.fetch(limit: .seconds(60)).moved)
        #expect(try await mirror.resolve("main").id == forced)
        #expect(await reason { try await mirror.resolve("topic") } == .missing)
        #expect(try await mirror.isAncestor(root, of: forced))
        #expect(try await mirror.isAncestor(forced, of: forced))
        #expect(try await !mirror.isAncestor(lost, of: forced))
        #expect(try await !mirror.isAncestor(forced, of: root))
        let unknown = try #require(CommitID(String(repeating: "12", count: 20)))
        #expect(try await !mirror.contains(unknown))
        #expect(try await !mirror.isAncestor(unknown, of: forced))
        #expect(await reason { try await mirror.history(from: unknown, limit: 1) } == .missing)
        #expect(try await !mirror.fetch(limit: .seconds(60)).moved)
    }

    @Test("resolves branches, tags and object names, and says what was probably meant")
    func revisions() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        try await origin.git(["tag", "v1"])
        try await origin.git(["tag", "-a", "-m", "two", "v2"])
        let second = try await origin.commit(["a": "2"], branch: "production")
        try await origin.git(["symbolic-ref", "HEAD", "refs/heads/production"])
        let mirror = try await origin.fetched()
        #expect(try await mirror.resolve(nil).id == second)
        for name in ["v1", "v2", "main", first.hex, first.short, "refs/tags/v2"] {
            #expect(try await mirror.resolve(name).id == first, "\(name)")
        }
        for name in ["v3", "produktion", "-x", "", "main..", String(repeating: "0", count: 40)] {
            #expect(await reason { try await mirror.resolve(name) } == .missing, "\(name)")
        }
        let failure = await #expect(throws: GitFailure.self) { try await mirror.resolve("produktion") }
        #expect(failure?.finding.remedy == "did you mean \"production\"?")
        #expect(try await mirror.fetch(limit: .seconds(60)).moved == false)
    }

    @Test("an empty repository is a failure that says so, and fills later")
    func emptyRepository() async throws {
        let origin = try await Origin()
        let mirror = try await origin.fetched()
        let failure = await #expect(throws: GitFailure.self) { try await mirror.resolve(nil) }
        #expect(failure?.finding.remedy == "it has no commit yet: push one")
        let first = try await origin.commit(["a": "1"])
        #expect(try await mirror.fetch(limit: .seconds(60)).moved)
        #expect(try await mirror.resolve(nil).id == first)
    }

    @Test("takes a checkout, a file URL and a path with odd characters")
    func addresses() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        let odd = origin.directory + "/it's a $HOME dir"
        try await origin.git(["clone", "-q", origin.path, odd])
        for address in [odd, "file://" + origin.path] {
            let mirror = try Mirror(of: Remote(address), state: origin.state)
            _ = try await mirror.fetch(limit: .seconds(60))
            #expect(try await mirror.resolve(nil).id == first)
        }
    }

    @Test("reads a directory of another user that the person has named")
    func foreignDirectory() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["a": "1"])
        guard geteuid() == 0 else { return }
        _ = try await Command("chown", ["-R", "65534:65534", origin.path]).run().orThrow()
        #expect(try await origin.fetched().resolve(nil).id == first)
    }

    @Test("refuses addresses that would run a program, and what is no repository")
    func badAddresses() async throws {
        let origin = try await Origin()
        for address in ["--upload-pack=touch /tmp/x", "", "a\nb"] {
            #expect(await reason { try Remote(address) } == .notARepository)
        }
        let marker = origin.directory + "/ran"
        let mirror = try Mirror(of: Remote("ext::sh -c touch% \(marker)"), state: origin.state)
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } != nil)
        #expect(try FileTree().kind(of: marker) == nil)
        #expect(await reason { try Remote("nothing/here") } == .other)
        // A file system that is not mounted yet is there later.
        let absent = try Mirror(of: Remote(origin.directory + "/nothing"), state: origin.state)
        #expect(await reason { try await absent.fetch(limit: .seconds(60)) } == .notARepository)
        let plain = try Mirror(of: Remote("/usr"), state: origin.state)
        #expect(await reason { try await plain.fetch(limit: .seconds(60)) } == .notARepository)
    }

    @Test("a server that refuses the connection is unreachable")
    func unreachable() async throws {
        let origin = try await Origin()
        let mirror = try Mirror(of: Remote("git://127.0.0.1:1/x.git"), state: origin.state)
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } == .unreachable)
    }

    @Test("a state directory that can't be made is said in words")
    func stateDirectory() async throws {
        let origin = try await Origin()
        let failure = await #expect(throws: GitFailure.self) { try await origin.fetched(state: "/dev/null/state") }
        #expect(failure?.finding.message.contains("Not a directory") == true)
    }
}

@Suite struct ServerTests {
    @Test("a server that never answers meets the time limit")
    func hang() async throws {
        let origin = try await Origin()
        let script = origin.directory + "/hang"
        try origin.write("#!/bin/sh\nexec sleep 600\n", to: script, mode: 0o755)
        let mirror = try Mirror(
            of: Remote("ssh://example.invalid/x.git"), state: origin.state, environment: ["GIT_SSH_COMMAND": script])
        let failure = await #expect(throws: GitFailure.self) { try await mirror.fetch(limit: .milliseconds(300)) }
        #expect(failure?.reason == .timedOut)
        #expect(failure?.finding.message.contains("did not answer within 0.3 seconds") == true)
        #expect(try FileTree().kind(of: mirror.path) == nil)
    }

    @Test("a server that refuses our key is said to have refused it")
    func denied() async throws {
        let origin = try await Origin()
        let script = origin.directory + "/deny"
        try origin.write(
            "#!/bin/sh\necho 'git@example.invalid: Permission denied (publickey).' >&2; exit 255\n", to: script,
            mode: 0o755)
        let mirror = try Mirror(
            of: Remote("git@example.invalid:x.git"), state: origin.state, environment: ["GIT_SSH_COMMAND": script])
        #expect(await reason { try await mirror.fetch(limit: .seconds(60)) } == .denied)
    }
}
