import CLibgit2
import ClusterModel

extension ObjectDatabase {
    /// The tree of a commit with some files new, or gone: an executable file stays one.
    func tree(of commit: CommitID, with files: [String: [UInt8]?]) throws -> GitObjectID {
        let baseline = try tree(try treeID(of: commit))
        let blobs = try files.mapValues { bytes in try bytes.map(write) }
        // What goes must be there: git_tree_create_updated takes it for damage otherwise.
        let present = try blobs.keys.reduce(into: [String: git_filemode_t]()) { modes, path in modes[path] = try mode(of: path, in: baseline) }
        let updates = blobs.filter { $0.value != nil || present[$0.key] != nil }.sorted { $0.key < $1.key }
        guard !updates.isEmpty else { return try treeID(of: commit) }
        let paths = updates.map { path, _ in Array(path.utf8CString) }
        var result = git_oid()
        try Self.withPointers(paths) { pointers in
            var changes = zip(updates, pointers).map { update, pointer in
                git_tree_update(
                    action: update.value == nil ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT, id: update.value ?? git_oid(),
                    filemode: present[update.key] ?? GIT_FILEMODE_BLOB, path: pointer)
            }
            try LibraryError.check(git_tree_create_updated(&result, self.pointer, baseline.pointer, changes.count, &changes))
        }
        return GitObjectID(result)
    }

    private func write(_ bytes: [UInt8]) throws(LibraryError) -> git_oid {
        var oid = git_oid()
        try LibraryError.check(git_blob_create_from_buffer(&oid, pointer, bytes, bytes.count))
        return oid
    }

    /// Nil where there is no such file.
    private func mode(of path: String, in tree: borrowing Handle) throws(LibraryError) -> git_filemode_t? {
        var entry: OpaquePointer?
        let code = git_tree_entry_bypath(&entry, tree.pointer, path)
        defer { git_tree_entry_free(entry) }
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try LibraryError.check(code)
        return git_tree_entry_filemode(entry)
    }

    private static func withPointers(_ texts: [[CChar]], _ done: [UnsafePointer<CChar>] = [], _ body: ([UnsafePointer<CChar>]) throws -> Void)
        rethrows
    {
        guard let text = texts.first else { return try body(done) }
        try text.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            try withPointers(Array(texts.dropFirst()), done + [start], body)
        }
    }
}
