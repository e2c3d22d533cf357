public import ClusterModel
import Host

/// A branch that somebody would like to have merged.
public struct ProposedBranch: Hashable, Sendable {
    /// As the server calls it: `refs/heads/change/7`, `refs/pull/7/head`.
    public let name: String
    public let tip: CommitID
}

/// Branches that are looked at and never followed. They lie beside the others: what is on them counts as part of no branch of the repository.
extension Mirror {
    private static let proposed = "refs/coxswain/proposed/"

    /// What the server has by these names; their commits are here afterwards, and those that it has no more are let go.
    ///
    /// - Parameters:
    ///   - followed: the branch that is followed, which proposes nothing.
    ///   - most: of more the first by name are brought.
    ///   - limit: how long the server may say nothing.
    /// - Throws: `GitFailure`.
    public func proposals(
        matching patterns: [ReferencePattern], besides followed: String?, most: Int, limit: Duration
    ) async throws -> (branches: [ProposedBranch], isWhole: Bool) {
        let patience = Patience(silence: limit)
        let output = try await git(in: nil).run(
            ["ls-remote", "--quiet"] + remote.uploadPack + ["--", remote.address] + patterns.map(\.description), talkingTo: remote, patience)
        let offered = Self.branches(in: output.text).filter { branch in
            branch.name != followed && patterns.contains { $0.matches(branch.name) }
        }
        let some = Array(offered.sorted { $0.name < $1.name }.prefix(most))
        return (try await bring(some, patience), some.count == offered.count)
    }

    /// Lets all of them go: nobody asks for any more.
    public func forgetProposals() throws(GitFailure) {
        try reading("let proposals go") { try $0.remove(Array(try $0.references(below: Self.proposed).keys)) }
    }

    private static func branches(in text: String) -> [ProposedBranch] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t")
            guard fields.count == 2, let tip = CommitID(fields[0]) else { return nil }
            return ProposedBranch(name: String(fields[1]), tip: tip)
        }
    }

    /// - Returns: the branches as they were when they came.
    private func bring(_ branches: [ProposedBranch], _ patience: Patience) async throws -> [ProposedBranch] {
        let names = Dictionary(branches.map { ($0.name, Self.proposed + $0.name.dropFirst("refs/".count)) }, uniquingKeysWith: { first, _ in first })
        let held = try reading("compare with the server") { try $0.references(below: Self.proposed) }
        let missing = branches.filter { branch in names[branch.name].map { held[$0] != GitObjectID(branch.tip) } ?? false }
        guard !missing.isEmpty || held.count != branches.count else { return branches }
        return try await locked(patience) { mirror in
            // First what is gone: one may stand where a new one has its directory.
            try mirror.reading("let proposals go") { try $0.remove(held.keys.filter { !names.values.contains($0) }) }
            if !missing.isEmpty {
                let refspecs = missing.compactMap { branch in names[branch.name].map { "+\(branch.name):\($0)" } }
                _ = try await mirror.git(in: mirror.path).run(
                    ["fetch", "--progress", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"] + mirror.remote.uploadPack
                        + ["--", mirror.remote.address] + refspecs,
                    talkingTo: mirror.remote, patience)
                mirror.repository = nil
            }
            return try mirror.reading("read the proposals") { repository in
                try branches.compactMap { branch in
                    let tip = try names[branch.name].flatMap { try repository.tip(of: $0) }.flatMap { try repository.commit(behind: $0) }
                    return tip.map { ProposedBranch(name: branch.name, tip: $0) }
                }
            }
        }
    }
}
