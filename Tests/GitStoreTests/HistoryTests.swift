import ClusterModel
import Host
import Testing

@testable import GitStore

@Suite struct HistoryTests {
    /// A history with merges, drawn, all its commits under one branch.
    private func drawn(_ origin: Origin, _ seed: UInt64) async throws -> [CommitID] {
        var random = Seeded(state: seed)
        let tree = try await origin.git(["mktree"], input: "")
        var commits: [CommitID] = []
        for number in 0..<40 {
            let count = commits.isEmpty ? 0 : Int.random(in: 1...min(2, commits.count), using: &random)
            let parents = Set((0..<count).map { _ in commits[Int.random(in: max(0, commits.count - 6)..<commits.count, using: &random)] })
            let all = commits.isEmpty ? [] : [commits[commits.count - 1]] + parents.filter { $0 != commits.last && number % 3 == 0 }
            let time = 1_700_000_000 + number * 60
            let lines = ["tree \(tree)"] + all.map { "parent \($0)" }
            let text = lines + ["author A <a@x> \(time) +0000", "committer A <a@x> \(time) +0000", "", "c\(number)"]
            commits.append(try await raw(origin, text))
        }
        try await origin.git(["update-ref", "refs/heads/main", commits[39].hex])
        return commits
    }

    private func raw(_ origin: Origin, _ lines: [String]) async throws -> CommitID {
        let hex = try await origin.git(
            ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], input: lines.joined(separator: "\n") + "\n")
        return try #require(CommitID(hex))
    }

    @Test("order, ranges and ancestors are those of git", arguments: [1, 2, 3])
    func oracle(seed: UInt64) async throws {
        let origin = try await Origin()
        let commits = try await drawn(origin, seed)
        let mirror = try await origin.fetched()
        let head = commits[39]
        let all = try await mirror.history(from: head, limit: 100).map(\.id.hex)
        #expect(all == (try await origin.git(["rev-list", "--date-order", head.hex])).split(separator: "\n").map(String.init))
        for number in [3, 11, 25, 38] {
            let old = commits[number]
            let range = Set(try await mirror.range(from: old, to: head).map(\.id.hex))
            #expect(range == Set(try await origin.git(["rev-list", "\(old.hex)..\(head.hex)"]).split(separator: "\n").map(String.init)))
            for other in [5, 20, 37] {
                let isAncestor = (try? await origin.git(["merge-base", "--is-ancestor", old.hex, commits[other].hex])) != nil
                #expect(try await mirror.isAncestor(old, of: commits[other]) == isAncestor, "\(number) \(other)")
            }
        }
    }

    @Test("a rewritten history repeats what it took away, or does not")
    func repeated() async throws {
        let origin = try await Origin()
        let begin = try await origin.commit(["crm/a.crm": "1"])
        let middle = try await origin.commit(["crm/a.crm": "2"])
        let back = try await origin.commit(["crm/a.crm": "1"])
        // Of `back` nothing is left: on `middle` the 2 is in force again, which it had taken back.
        try await origin.git(["update-ref", "refs/heads/old", back.hex])
        try await origin.git(["update-ref", "refs/heads/main", middle.hex])
        let undoing = try await origin.commit(["crm/b.crm": "3"])
        // On `begin` it is as if both had never been.
        try await origin.git(["update-ref", "refs/heads/other", undoing.hex])
        try await origin.git(["update-ref", "refs/heads/main", begin.hex])
        let harmless = try await origin.commit(["crm/b.crm": "3"])
        let mirror = try await origin.fetched()
        #expect(try await mirror.isRepeated(back, before: harmless))
        #expect(try await !mirror.isRepeated(back, before: undoing))
        #expect(try await !mirror.isRepeated(middle, before: harmless))
        #expect(try await mirror.isRepeated(begin, before: begin))
        #expect(try await !mirror.isRepeated(.init(String(repeating: "a", count: 40))!, before: harmless))
    }

    @Test("an author without an address, a date in words, and the like are no damage")
    func malformed() async throws {
        let origin = try await Origin()
        let first = try await origin.commit(["crm/a.crm": "1"])
        let tree = try await origin.git(["rev-parse", "main^{tree}"])
        let odd = [
            ["author Ada 1700000000 +0000", "committer Ada 1700000000 +0000"],
            ["author Ada <ada@x> Mon Jan 5 2009", "committer Ada <ada@x> Mon Jan 5 2009"],
            ["author", "committer"], ["author Ada <ada@x 12 +0000", "committer <> 99999999999999999999 +0000"],
        ]
        var parent = first
        for lines in odd { parent = try await raw(origin, ["tree \(tree)", "parent \(parent)"] + lines + ["", "odd"]) }
        try await origin.git(["update-ref", "refs/heads/main", parent.hex])
        let odds = parent
        let mirror = try await origin.fetched()
        #expect(try await mirror.resolve(nil).id == odds)
        let last = try await origin.commit(["crm/a.crm": "2"])
        #expect(try await mirror.fetch(limit: .seconds(60)).findings.isEmpty)
        #expect(try await mirror.resolve("main").id == last)
        #expect(try await mirror.isAncestor(first, of: last))
        #expect(try await mirror.isReachable(odds))
        #expect(try await mirror.history(from: last, limit: 10).count == 6)
        #expect(try await mirror.range(from: first, to: last).count == 5)
        #expect(try await mirror.files(of: odds).files.map(\.path) == ["crm/a.crm"])
        #expect(try await !mirror.fetch(limit: .seconds(60)).moved)
    }

    @Test("whether a commit is reachable costs one walk, however many old branches there are")
    func manyBranches() async throws {
        let origin = try await Origin()
        let tree = try await origin.git(["mktree"], input: "")
        var stream = ""
        for number in 1...3000 {
            stream += "commit refs/heads/main\nmark :\(number)\ncommitter A <a@x> \(1_700_000_000 + number) +0000\ndata 1\nx\n"
            stream += number > 1 ? "from :\(number - 1)\n\n" : "\n"
            if number % 10 == 0 { stream += "reset refs/heads/old-\(number)\nfrom :\(number)\n\n" }
        }
        try await origin.git(["fast-import", "--quiet", "--force"], input: stream)
        let lost = try await origin.commit(tree: tree, message: "lost", branch: "lost", onto: "")
        let mirror = try await origin.fetched()
        try await origin.git(["update-ref", "-d", "refs/heads/lost"])
        _ = try await mirror.fetch(limit: .seconds(60))
        let start = ContinuousClock.now
        #expect(try await !mirror.isReachable(lost))
        #expect(ContinuousClock.now - start < .seconds(3))
    }

    @Test("another branch is not taken for the one that HEAD names and that is gone")
    func deletedBranch() async throws {
        let origin = try await Origin()
        try await origin.commit(["a": "1"])
        let mirror = try await origin.fetched()
        let dev = try await origin.commit(["b": "1"], branch: "dev")
        try await origin.git(["update-ref", "-d", "refs/heads/main"])
        _ = try await mirror.fetch(limit: .seconds(60))
        let failure = await #expect(throws: GitFailure.self) { try await mirror.resolve(nil) }
        #expect(failure?.reason == .missing && failure?.description.contains("it has: dev") == true)
        #expect(try await mirror.resolve("dev").id == dev)
    }
}
