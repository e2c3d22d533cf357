public import ClusterModel
import Host

/// Commits that are made here, without a checkout.
extension Mirror {
    /// Makes a commit on top of another one in which some files are new. It is in the mirror alone.
    ///
    /// - Parameters:
    ///   - files: by their paths within the directory; nil for one that goes.
    ///   - directory: nil is the root of the repository.
    /// - Returns: nil where that changes nothing.
    public func makeCommit(on tip: Commit, with files: [String: [UInt8]?], under directory: String?, message: String) async throws -> Commit? {
        let base = (directory ?? "").split(separator: "/").filter { $0 != "." }.map { $0 + "/" }.joined()
        let changes = Dictionary(uniqueKeysWithValues: files.map { (base + $0.key, $0.value) })
        let tree = try reading("make the tree", from: tip.id) { try $0.tree(of: tip.id, with: changes) }
        return tree.hex == tip.tree ? nil : try await makeCommit(of: tree, on: tip, message: message)
    }

    /// As git's own user: `user.name` and `user.email` of who runs this, or GIT_AUTHOR_NAME and the like. On a host where git knows nobody, as
    /// whoever is logged in.
    func makeCommit(of tree: GitObjectID, on tip: Commit, message: String) async throws -> Commit {
        let words = ["commit-tree", tree.hex, "-p", tip.id.hex, "-F", "-"]
        var output = try await commit(words, message)
        if !output.succeeded, try await !author(["var", "GIT_COMMITTER_IDENT"]).run().succeeded {
            let name = Machine.user
            output = try await commit(["-c", "user.name=\(name)", "-c", "user.email=\(name)@\(Machine.name)"] + words, message)
        }
        guard output.succeeded, let id = CommitID(output.text.trimmed) else {
            throw GitFailure(
                .other, "git makes no commit: \(output.error.trimmed.prefix(600))",
                remedy: "git config --global user.name NAME, and user.email ADDRESS")
        }
        guard let commit = try self.commit(id) else { throw GitFailure(.corrupt, "the commit that git has made is not there") }
        return commit
    }

    private func commit(_ words: [String], _ message: String) async throws -> Output {
        var command = author(words)
        command.input = Array(message.utf8)
        return try await command.run()
    }

    private func author(_ words: [String]) -> Command {
        var command = git(in: path).command(words, limit: .seconds(30))
        command.inherited += ["AUTHOR", "COMMITTER"].flatMap { ["GIT_\($0)_NAME", "GIT_\($0)_EMAIL", "GIT_\($0)_DATE"] }
        return command
    }

    /// What a branch of the server has; nil where there is no such branch.
    public func commit(onBranch branch: String, limit: Duration) async throws -> CommitID? {
        let output = try await git(in: nil).run(
            ["ls-remote", "--quiet"] + remote.uploadPack + ["--", remote.address, branch], talkingTo: remote, Patience(silence: limit))
        let lines = output.text.split(separator: "\n").map { $0.split(separator: "\t") }
        return lines.first { $0.count == 2 && $0[1] == branch }.flatMap { CommitID($0[0]) }
    }

    /// Makes a branch of the server.
    ///
    /// - Parameters:
    ///   - branch: `refs/heads/change/7`.
    ///   - limit: how long the server may say nothing.
    /// - Throws: `GitFailure`, `.contended` where there is such a branch by now.
    public func push(_ commit: CommitID, toNew branch: String, limit: Duration) async throws {
        let output = try await git(in: path).attempt(
            ["push", "--porcelain", "--no-verify", "--no-signed", "--force-with-lease=\(branch):", "--", remote.address, "\(commit):\(branch)"],
            talkingTo: remote, Patience(silence: limit))
        guard !output.succeeded else { return }
        if remote.redacting(output.text + output.error).contains("stale info") {
            throw GitFailure(.contended, "there is a branch \(branch) already", remedy: "choose another name: --branch NAME")
        }
        throw GitFailure(.failed(output), talkingTo: remote, within: limit)
    }

    /// Whether git takes it for the name of a branch: `change/7`.
    public func isBranchName(_ name: String) async throws -> Bool {
        let output = try await git(in: nil).command(["check-ref-format", "--branch", name], limit: .seconds(30)).run()
        return output.succeeded && !name.isEmpty && output.text.trimmed == name
    }
}

extension String {
    fileprivate var trimmed: String { String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
}
