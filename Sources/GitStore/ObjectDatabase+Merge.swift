import CLibgit2
import ClusterModel

extension ObjectDatabase {
    /// The files of two commits, brought together over what they have in common.
    func merged(_ ours: CommitID, _ theirs: CommitID) throws(LibraryError) -> Handle {
        let our = try commit(GitObjectID(ours))
        let their = try commit(GitObjectID(theirs))
        var options = git_merge_options()
        try LibraryError.check(git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION)))
        return try Handle(git_index_free) { git_merge_commits(&$0, pointer, our.pointer, their.pointer, &options) }
    }

    /// The files that were changed on both sides, sorted.
    func conflicts(in index: borrowing Handle) throws(LibraryError) -> [String] {
        let iterator = try Handle(git_index_conflict_iterator_free) { git_index_conflict_iterator_new(&$0, index.pointer) }
        var paths: Set<String> = []
        while true {
            var (base, ours, theirs): (UnsafePointer<git_index_entry>?, UnsafePointer<git_index_entry>?, UnsafePointer<git_index_entry>?)
            let code = git_index_conflict_next(&base, &ours, &theirs, iterator.pointer)
            guard code != GIT_ITEROVER.rawValue else { return paths.sorted() }
            try LibraryError.check(code)
            for entry in [base, ours, theirs] { if let path = entry?.pointee.path { paths.insert(String(cString: path)) } }
        }
    }

    /// A commit with these files on top of both. The same two always give the same one.
    func join(_ ours: CommitID, _ theirs: CommitID, as index: borrowing Handle) throws(LibraryError) -> CommitID {
        var (tree, made) = (git_oid(), git_oid())
        try LibraryError.check(git_index_write_tree_to(&tree, index.pointer, pointer))
        let content = try self.tree(GitObjectID(tree))
        let our = try commit(GitObjectID(ours))
        let their = try commit(GitObjectID(theirs))
        let proposed = try stored(theirs)
        let writer = try Signature("Coxswain", "coxswain@localhost", at: proposed.time)
        var parents: [OpaquePointer?] = [our.pointer, their.pointer]
        try LibraryError.check(
            git_commit_create(
                &made, pointer, nil, writer.pointer, writer.pointer, "UTF-8", proposed.message, content.pointer, parents.count, &parents))
        guard let id = CommitID(GitObjectID(made).hex) else { throw LibraryError(code: GIT_ERROR.rawValue, message: "the merge has no name") }
        return id
    }
}
