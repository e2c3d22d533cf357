import CLibgit2
import ClusterModel
import Diagnostics

extension ObjectDatabase {
    /// The commit that an object name, a branch, a tag, or HEAD and nil (the server's HEAD) mean.
    ///
    /// A full object name is that object and nothing else: whoever may push a branch of that name must not move who is pinned to it.
    /// - Throws: `GitFailure` with what was probably meant, or the error of libgit2.
    func resolve(_ revision: String?) throws -> Commit {
        guard let revision, revision != "HEAD" else { return try head() }
        if CommitID(revision) != nil, let id = try peeled(revision, of: revision) { return try describe(id) }
        let named = try ["refs/heads/\(revision)", "refs/tags/\(revision)"].compactMap { try peeled($0, of: revision) }
        guard Set(named).count < 2 else {
            throw GitFailure(
                .missing, "\"\(revision)\" is a branch and a tag, of different commits",
                remedy: "write refs/heads/\(revision) or refs/tags/\(revision)")
        }
        let isAbbreviation = (7..<40).contains(revision.utf8.count) && revision.allSatisfy(\.isHexDigit)
        if isAbbreviation, let name = named.first, let object = try abbreviated(revision), object != name {
            throw GitFailure(
                .missing, "\"\(revision)\" is the name of a branch or a tag, and the beginning of another commit's",
                remedy: "write refs/heads/\(revision) or refs/tags/\(revision), or all digits of the commit")
        }
        if let id = try named.first ?? peeled(revision, of: revision) { return try describe(id) }
        throw GitFailure(
            .missing, "there is no revision \"\(revision)\"", expected: "a branch, a tag or a commit",
            remedy: try didYouMean(revision, among: names()) ?? "it has: \(someNames())")
    }

    /// Another branch is never taken for the one that HEAD names and that is gone: what it lacks would be deleted.
    private func head() throws -> Commit {
        if let id = try peeled("HEAD", of: "HEAD") { return try describe(id) }
        let branches = try references(below: "refs/heads/")
        throw GitFailure(
            .missing, "the repository's HEAD points to no branch that exists",
            remedy: branches.isEmpty
                ? "it has no commit yet: push one"
                : "it has: \(try someNames()): choose one by --revision; or on the server: git symbolic-ref HEAD refs/heads/BRANCH")
    }

    /// Whether the commit is part of a branch or of a tag, or is kept.
    func isReachable(_ commit: CommitID) throws -> Bool {
        guard try contains(GitObjectID(commit)) else { return false }
        if try tip(of: Self.kept + commit.hex) != nil { return true }
        let tips = try ["refs/heads/", "refs/tags/", Advertisement.detachedHead].flatMap { try references(below: $0).values }
        return try reaches(commit, from: try Set(tips).compactMap { try self.commit(behind: $0) })
    }

    /// References of our own: no fetch prunes them, and what they name is never packed away.
    static var kept: String { "refs/coxswain/kept/" }

    /// Keeps these commits, as far as they are here.
    /// - Parameter only: whether those that were kept before are let go.
    func keep(_ commits: Set<CommitID>, only: Bool) throws {
        let names = Set(try commits.filter { try contains(GitObjectID($0)) }.map { Self.kept + $0.hex })
        let present = try references(below: Self.kept)
        for name in names where present[name] == nil {
            guard let commit = CommitID(name.dropFirst(Self.kept.count)) else { continue }
            _ = try move(name, from: nil, to: GitObjectID(commit))
        }
        if only { try remove(present.keys.filter { !names.contains($0) }) }
    }

    private func peeled(_ name: String, of revision: String) throws -> CommitID? {
        if name == "HEAD" || name.hasPrefix("refs/"), let id = try tip(of: name) { return try commit(behind: id) }
        if let id = GitObjectID(name), try contains(id) { return try commit(behind: id) }
        var found: OpaquePointer?
        let code = git_revparse_single(&found, pointer, name)
        defer { git_object_free(found) }
        guard code != GIT_EAMBIGUOUS.rawValue else {
            throw GitFailure(
                .missing, "\"\(revision)\" is the beginning of several objects' names", remedy: "give more digits")
        }
        guard code >= 0 else { return nil }
        var commit: OpaquePointer?
        guard git_object_peel(&commit, found, GIT_OBJECT_COMMIT) == 0 else { return nil }
        defer { git_object_free(commit) }
        return git_object_id(commit).flatMap { CommitID(GitObjectID($0.pointee).hex) }
    }

    /// The commit whose name begins so, whatever branches are called.
    private func abbreviated(_ digits: String) throws -> CommitID? {
        var prefix = git_oid()
        guard git_oid_fromstrn(&prefix, digits, digits.utf8.count) == 0 else { return nil }
        var found: OpaquePointer?
        let code = git_object_lookup_prefix(&found, pointer, &prefix, digits.utf8.count, GIT_OBJECT_COMMIT)
        defer { git_object_free(found) }
        guard code >= 0 else { return nil }
        return git_object_id(found).flatMap { CommitID(GitObjectID($0.pointee).hex) }
    }

    private func names() throws -> [String] {
        try ["refs/heads/", "refs/tags/"].flatMap { prefix in
            try references(below: prefix).keys.sorted().map { String($0.dropFirst(prefix.count)) }
        }
    }

    private func someNames() throws -> String {
        let names = try names()
        return names.isEmpty ? "nothing" : names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
}
