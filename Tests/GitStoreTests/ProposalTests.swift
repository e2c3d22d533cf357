import ClusterModel
import Testing

@testable import GitStore

@Suite("Proposals") struct ProposalTests {
    private let patience = Duration.seconds(60)

    private func proposals(
        _ mirror: Mirror, _ patterns: [String] = ["refs/heads/change/*"], most: Int = 50
    ) async throws -> (branches: [ProposedBranch], isWhole: Bool) {
        try await mirror.proposals(
            matching: try patterns.map { try ReferencePattern($0) }, besides: "refs/heads/main", most: most, limit: patience)
    }

    @Test("are what the server has by the patterns, and go when it has them no more")
    func fetched() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let one = try await origin.commit(["a": "2"], branch: "change/1", onto: "main")
        let two = try await origin.commit(["a": "3"], branch: "change/deep/2", onto: "main")
        let pull = try await origin.commit(["a": "4"], branch: "elsewhere", onto: "main")
        try await origin.git(["update-ref", "refs/pull/7/head", pull.hex])
        let mirror = try await origin.fetched()
        let all = try await proposals(mirror, ["refs/heads/change/*", "refs/pull/*/head", "refs/heads/*in"])
        #expect(
            all.branches == [
                ProposedBranch(name: "refs/heads/change/1", tip: one), ProposedBranch(name: "refs/heads/change/deep/2", tip: two),
                ProposedBranch(name: "refs/pull/7/head", tip: pull),
            ])
        #expect(all.isWhole)
        for branch in all.branches { #expect(try await mirror.contains(branch.tip)) }
        // One that is gone makes room for another, whose directory has its name.
        try await origin.git(["update-ref", "-d", "refs/heads/change/1"])
        let below = try await origin.commit(["a": "5"], branch: "change/1/a", onto: "main")
        #expect(
            try await proposals(mirror).branches == [
                ProposedBranch(name: "refs/heads/change/1/a", tip: below), ProposedBranch(name: "refs/heads/change/deep/2", tip: two),
            ])
        let some = try await proposals(mirror, most: 1)
        #expect(some.branches.map(\.tip) == [below] && !some.isWhole)
        try await origin.git(["update-ref", "-d", "refs/heads/change/1/a"])
        try await origin.git(["update-ref", "-d", "refs/heads/change/deep/2"])
        #expect(try await proposals(mirror).branches.isEmpty)
        #expect(try await origin.git(["for-each-ref", "refs/coxswain/proposed"], in: mirror.path).isEmpty)
    }

    @Test("a proposal that is pushed anew by force is the new one")
    func forced() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        try await origin.commit(["a": "2"], branch: "change/1", onto: "main")
        let mirror = try await origin.fetched()
        _ = try await proposals(mirror)
        let new = try await origin.commit(["a": "9"], branch: "change/1", onto: "main")
        #expect(try await proposals(mirror).branches.map(\.tip) == [new])
    }

    @Test("they are let go when nobody asks for any")
    func forgotten() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        try await origin.commit(["a": "2"], branch: "change/1", onto: "main")
        let mirror = try await origin.fetched()
        _ = try await proposals(mirror)
        try await mirror.forgetProposals()
        #expect(try await origin.git(["for-each-ref", "refs/coxswain/proposed"], in: mirror.path).isEmpty)
    }

    @Test("what is only proposed counts as part of no branch, and the branch that is followed proposes nothing")
    func apart() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let one = try await origin.commit(["a": "2"], branch: "change/1", onto: "main")
        let mirror = try origin.mirror()
        _ = try await mirror.fetch(.revision("main"), limit: patience)
        #expect(try await proposals(mirror, ["refs/heads/*"]).branches.map(\.tip) == [one])
        #expect(try await mirror.contains(one))
        #expect(try await !mirror.isReachable(one))
        _ = try await mirror.fetch(.revision("main"), limit: patience)
        #expect(try await mirror.contains(one))
    }

    // MARK: Merging

    @Test("a branch that goes on from the followed one is what the branch would be; one that is part of it is contained")
    func straight() async throws {
        let origin = try await Origin()
        let base = try await origin.commit(["a": "1"])
        let one = try await origin.commit(["a": "2"], branch: "change/1", onto: "main")
        let mirror = try await origin.fetched()
        guard case .commit(let commit) = try await mirror.merge(one, into: base) else { return #expect(Bool(false)) }
        #expect(commit.id == one)
        #expect(try await mirror.merge(base, into: one) == .contained)
        #expect(try await mirror.merge(one, into: one) == .contained)
    }

    @Test("changes on both sides come together as git merges them; the message is the proposal's; the same merge has the same name")
    func joined() async throws {
        let origin = try await Origin()
        let lines = (1...30).map { "line \($0)" }
        func text(_ changes: [Int: String]) -> String { lines.enumerated().map { changes[$0 + 1] ?? $1 }.joined(separator: "\n") + "\n" }
        try await origin.commit(["a": text([:]), "gone": "x\n", "crm/x.crm": "1\n"])
        let theirs = try await origin.commit(
            ["a": text([3: "theirs"]), "new": "n\n", "crm/x.crm": "1\n"], message: "Mine\n\nAllow-Disruption: vm1", branch: "change/1", onto: "main")
        let ours = try await origin.commit(["a": text([20: "ours"]), "gone": "x\n", "crm/x.crm": "2\n"])
        let mirror = try await origin.fetched()
        guard case .commit(let commit) = try await mirror.merge(theirs, into: ours) else { return #expect(Bool(false)) }
        #expect(commit.trailer("Allow-Disruption") == ["vm1"])
        let merged = try await origin.git(["merge-tree", "--write-tree", "main", "change/1"])
        #expect(commit.tree == merged)
        for parent in [ours, theirs] { #expect(try await mirror.isAncestor(parent, of: commit.id)) }
        guard case .commit(let again) = try await mirror.merge(theirs, into: ours) else { return #expect(Bool(false)) }
        #expect(again == commit)
        #expect(await mirror.isSame("crm", in: commit.id, ours))
        for (directory, other) in [("crm", theirs), ("nowhere", ours), (nil, ours)] {
            #expect(await !mirror.isSame(directory, in: commit.id, other))
        }
    }

    @Test("what was changed on both sides in one place is told by its files")
    func conflicting() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1\n", "b": "1\n", "c": "1\n"])
        let theirs = try await origin.commit(["a": "theirs\n", "b": "1\n"], branch: "change/1", onto: "main")
        let ours = try await origin.commit(["a": "ours\n", "b": "2\n", "c": "changed\n"])
        let mirror = try await origin.fetched()
        #expect(try await mirror.merge(theirs, into: ours) == .conflicts(["a", "c"]))
    }

    @Test("histories with nothing in common are merged as git does where it is told to")
    func unrelated() async throws {
        let origin = try await Origin()
        let ours = try await origin.commit(["a": "1\n"])
        let theirs = try await origin.commit(["b": "1\n"], branch: "change/1", onto: "")
        let mirror = try await origin.fetched()
        guard case .commit(let commit) = try await mirror.merge(theirs, into: ours) else { return #expect(Bool(false)) }
        #expect(try await origin.git(["ls-tree", "--name-only", commit.tree], in: mirror.path) == "a\nb")
    }

    // MARK: Patterns

    @Test(
        "a pattern has one star at most, and means branches",
        arguments: [
            "", "main", "heads/change/*", "refs/*", "refs/heads/*/*", "refs/heads/a b", "refs/heads/../x", "refs/heads/.x", "refs/heads/x.lock",
            "refs/heads//x", "refs/heads/x/", "refs/heads/x~1", "refs/notes/*", "refs/tags/*", "refs/coxswain/*", "refs/heads/\u{7}*",
            "--upload-pack=x",
            "refs/n*",
        ])
    func refused(_ text: String) {
        #expect(throws: (any Error).self) { try ReferencePattern(text) }
    }

    @Test("a star stands for any part of a name, and not for nothing")
    func matching() throws {
        let change = try ReferencePattern("refs/heads/change/*")
        #expect(change.matches("refs/heads/change/7") && change.matches("refs/heads/change/a/b"))
        #expect(!change.matches("refs/heads/change/") && !change.matches("refs/heads/changes/7"))
        let pull = try ReferencePattern("refs/pull/*/head")
        #expect(pull.matches("refs/pull/7/head") && !pull.matches("refs/pull/7/merge") && !pull.matches("refs/pull//head"))
        let exact = try ReferencePattern("refs/heads/next")
        #expect(exact.matches("refs/heads/next") && !exact.matches("refs/heads/next2"))
    }
}
