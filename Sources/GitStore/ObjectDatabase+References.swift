import CLibgit2

extension ObjectDatabase {
    /// Where a reference points; nil when there is none.
    func tip(of name: String) throws(LibraryError) -> GitObjectID? {
        var oid = git_oid()
        let code = git_reference_name_to_id(&oid, pointer, name)
        guard code != GIT_ENOTFOUND.rawValue, code != GIT_EINVALIDSPEC.rawValue else { return nil }
        try LibraryError.check(code)
        return GitObjectID(oid)
    }

    /// All direct references whose names begin so, by name.
    func references(below prefix: String) throws(LibraryError) -> [String: GitObjectID] {
        let iterator = try Handle(git_reference_iterator_free) {
            git_reference_iterator_glob_new(&$0, pointer, prefix + "*")
        }
        var found: [String: GitObjectID] = [:]
        while true {
            var reference: OpaquePointer?
            let code = git_reference_next(&reference, iterator.pointer)
            guard code != GIT_ITEROVER.rawValue else { return found }
            try LibraryError.check(code)
            defer { git_reference_free(reference) }
            guard let oid = git_reference_target(reference), let name = git_reference_name(reference) else { continue }
            found[String(cString: name)] = GitObjectID(oid.pointee)
        }
    }

    /// Moves a reference if it still stands where we saw it (nil: nowhere), and says whether it did.
    ///
    /// libgit2's own `git_note_create` writes the reference by force, so that of two writers one loses notes.
    func move(_ name: String, from old: GitObjectID?, to new: GitObjectID) throws(LibraryError) -> Bool {
        var target = try Self.oid(new)
        var expected = try old.map { id throws(LibraryError) in try Self.oid(id) } ?? git_oid()
        var reference: OpaquePointer?
        let code = git_reference_create_matching(&reference, pointer, name, &target, 1, &expected, nil)
        git_reference_free(reference)
        let lost = [GIT_EMODIFIED, GIT_ELOCKED, GIT_EEXISTS, GIT_ENOTFOUND].map(\.rawValue)
        guard !lost.contains(code) else { return false }
        try LibraryError.check(code)
        return true
    }

    /// Lets references go. What another process has in hand stays for the next time.
    func remove(_ names: [String]) throws(LibraryError) {
        for name in names {
            let code = git_reference_remove(pointer, name)
            if code != GIT_ELOCKED.rawValue, code != GIT_ENOTFOUND.rawValue { try LibraryError.check(code) }
        }
    }

    /// The branch that HEAD names, `refs/heads/main`.
    func headBranch() throws(LibraryError) -> String {
        let head = try Handle(git_reference_free) { git_reference_lookup(&$0, pointer, "HEAD") }
        return git_reference_symbolic_target(head.pointer).map { String(cString: $0) } ?? "HEAD"
    }

    /// Where HEAD points, though the branch may not exist yet.
    func setHead(_ branch: String) throws(LibraryError) {
        let head = try Handle(git_reference_free) { git_reference_lookup(&$0, pointer, "HEAD") }
        if let target = git_reference_symbolic_target(head.pointer), String(cString: target) == branch { return }
        var reference: OpaquePointer?
        let code = git_reference_symbolic_create(&reference, pointer, "HEAD", branch, 1, nil)
        git_reference_free(reference)
        try LibraryError.check(code)
    }
}
