import CLibgit2
import ClusterModel

extension ObjectDatabase {
    func describe(_ id: CommitID) throws(LibraryError) -> Commit {
        let commit = try commit(GitObjectID(id))
        let author = git_commit_author(commit.pointer)?.pointee
        return Commit(
            id: id, tree: git_commit_tree_id(commit.pointer).map { GitObjectID($0.pointee).hex } ?? "",
            author: "\(Self.text(author?.name)) <\(Self.text(author?.email))>",
            time: git_commit_time(commit.pointer), message: Self.text(git_commit_message(commit.pointer)))
    }

    private static func text(_ words: UnsafePointer<CChar>?) -> String { words.map { String(cString: $0) } ?? "" }

    private static func text(_ words: UnsafeMutablePointer<CChar>?) -> String { text(words.map { UnsafePointer($0) }) }

    /// Newest first, and no commit before its children.
    func history(from start: CommitID, limit: Int) throws(LibraryError) -> [Commit] {
        let walk = try Handle(git_revwalk_free) { git_revwalk_new(&$0, pointer) }
        var oid = try Self.oid(GitObjectID(start))
        try LibraryError.check(git_revwalk_push(walk.pointer, &oid))
        try LibraryError.check(
            git_revwalk_sorting(walk.pointer, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue))
        var commits: [Commit] = []
        while commits.count < limit {
            let code = git_revwalk_next(&oid, walk.pointer)
            guard code != GIT_ITEROVER.rawValue else { break }
            try LibraryError.check(code)
            guard let id = CommitID(GitObjectID(oid).hex) else { break }
            commits.append(try describe(id))
        }
        return commits
    }

    /// A commit counts as its own ancestor. False when either is not here.
    func isAncestor(_ old: CommitID, of new: CommitID) throws(LibraryError) -> Bool {
        guard try contains(GitObjectID(old)), try contains(GitObjectID(new)) else { return false }
        var (oldOID, newOID) = (try Self.oid(GitObjectID(old)), try Self.oid(GitObjectID(new)))
        guard old != new else { return true }
        let answer = git_graph_descendant_of(pointer, &newOID, &oldOID)
        try LibraryError.check(answer)
        return answer == 1
    }

    /// Where two histories parted; nil when they have nothing in common.
    func commonAncestor(_ one: GitObjectID, _ other: GitObjectID) throws(LibraryError) -> GitObjectID? {
        var (first, second, base) = (try Self.oid(one), try Self.oid(other), git_oid())
        let code = git_merge_base(&base, pointer, &first, &second)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try LibraryError.check(code)
        return GitObjectID(base)
    }
}
