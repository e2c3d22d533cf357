public import ClusterModel
import Host

/// Going back: a new commit with what a former one said, on the branch that everybody follows.
extension Mirror {
    /// The branch that a person or a configuration means, `refs/heads/main`; nil: the one that the server's HEAD names.
    /// - Throws: a failure `.missing` for a tag or a commit, which can't be moved.
    public func branch(_ revision: String?) throws(GitFailure) -> String {
        try reading("look up the branch") { repository in
            let name = try revision.flatMap { $0 == "HEAD" ? nil : $0 } ?? repository.headBranch()
            let full = name.hasPrefix("refs/") ? name : "refs/heads/\(name)"
            guard full.hasPrefix("refs/heads/"), try repository.tip(of: full) != nil else {
                throw GitFailure(.missing, "\"\(name)\" is no branch", remedy: "a commit can be pushed to a branch only: name one by --revision")
            }
            return full
        }
    }

    /// Makes a commit on top of another one in which a directory (nil: everything) is as a former commit has it. It is in the mirror alone.
    ///
    /// As git's own user: `user.name` and `user.email` of who runs this, or GIT_AUTHOR_NAME and the like.
    /// - Returns: nil where that changes nothing.
    public func makeReversal(of tip: Commit, to former: CommitID, under directory: String?, message: String) async throws -> Commit? {
        let tree = try reading("make the tree", from: former) { try $0.tree(of: tip.id, with: directory, as: former) }
        return tree.hex == tip.tree ? nil : try await makeCommit(of: tree, on: tip, message: message)
    }

    /// Moves a branch of the server on to a commit that follows it.
    ///
    /// - Parameters:
    ///   - branch: `refs/heads/main`.
    ///   - limit: how long the server may say nothing.
    /// - Throws: `GitFailure`, `.contended` where somebody else has pushed meanwhile.
    public func push(_ commit: CommitID, to branch: String, limit: Duration) async throws {
        let patience = Patience(silence: limit)
        let output = try await git(in: path).attempt(
            ["push", "--porcelain", "--no-verify", "--no-signed", "--", remote.address, "\(commit):\(branch)"], talkingTo: remote, patience)
        guard !output.succeeded else { return }
        let words = remote.redacting(output.text + output.error)
        if ["non-fast-forward", "fetch first"].contains(where: { words.contains($0) }) {
            throw GitFailure(.contended, "somebody has pushed to \(branch) meanwhile", remedy: "look at what it is, and ask again")
        }
        throw GitFailure(.failed(output), talkingTo: remote, within: limit)
    }
}
