import CLibgit2
import ClusterModel

extension ObjectDatabase {
    /// The tree of a commit with one directory (nil: everything) as another commit has it. What a commit has of the rest stays: it may be other
    /// clusters'.
    func tree(of commit: CommitID, with directory: String?, as former: CommitID) throws -> GitObjectID {
        guard let directory else { return try Self.name(try stored(former).tree) }
        let baseline = try tree(try Self.name(try stored(commit).tree))
        let root = try tree(try Self.name(try stored(former).tree))
        let path = directory.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        guard !path.isEmpty else { return try Self.name(try stored(former).tree) }
        var entry: OpaquePointer?
        let code = git_tree_entry_bypath(&entry, root.pointer, path)
        defer { git_tree_entry_free(entry) }
        guard code != GIT_ENOTFOUND.rawValue else {
            throw GitFailure(.missing, "there is no directory \(path) in \(former.short)", remedy: "choose a commit that has it")
        }
        try LibraryError.check(code)
        let id = git_tree_entry_id(entry).pointee
        let mode = git_tree_entry_filemode(entry)
        var result = git_oid()
        try path.withCString { path in
            var update = git_tree_update(action: GIT_TREE_UPDATE_UPSERT, id: id, filemode: mode, path: path)
            try LibraryError.check(git_tree_create_updated(&result, pointer, baseline.pointer, 1, &update))
        }
        return GitObjectID(result)
    }

    private static func name(_ hex: String) throws -> GitObjectID {
        guard let id = GitObjectID(hex) else { throw LibraryError(code: GIT_ENOTFOUND.rawValue, message: "\(hex) is not the name of an object") }
        return id
    }
}
