import CLibgit2
import ClusterModel

/// Notes by the commit that they stand on: the names of their blobs.
typealias NotesByCommit = [CommitID: GitObjectID]

extension ObjectDatabase {
    /// Every note in a notes commit, whatever its fan-out. A subtree that can't be read is passed over if `salvaging`.
    func notes(at tip: GitObjectID, salvaging: Bool = false) throws(LibraryError) -> (notes: NotesByCommit, lost: Int) {
        var (notes, lost): (NotesByCommit, Int) = ([:], 0)
        let commit = try self.commit(tip)
        guard let root = git_commit_tree_id(commit.pointer) else { throw LibraryError.last(-1) }
        var trees = [(id: GitObjectID(root.pointee), path: "")]
        while let tree = trees.popLast() {
            do throws(LibraryError) {
                for entry in try entries(of: tree.id) {
                    let path = tree.path + entry.name.text
                    if entry.kind == .tree, path.utf8.count < 40 {
                        trees.append((entry.id, path))
                    } else if let annotated = CommitID(path) {
                        notes[annotated] = entry.id
                    }
                }
            } catch {
                guard salvaging else { throw error }
                lost += 1
            }
        }
        return (notes, lost)
    }

    /// The text of the note that a notes commit has for a commit; nil when it has none.
    func note(on commit: CommitID, at tip: GitObjectID) throws(LibraryError) -> String? {
        var oid = try Self.oid(GitObjectID(commit))
        let notes = try self.commit(tip)
        do {
            let note = try Handle(git_note_free) { git_note_commit_read(&$0, pointer, notes.pointer, &oid) }
            return git_note_message(note.pointer).map { String(cString: $0) }
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
    }

    /// A new notes commit on top of `tip` that has this note; no reference moves.
    func writing(
        _ text: String, on commit: CommitID, at tip: GitObjectID, by ref: NotesRef
    ) throws(LibraryError) -> GitObjectID {
        var (annotated, new, blob) = (try Self.oid(GitObjectID(commit)), git_oid(), git_oid())
        let parent = try self.commit(tip)
        let writer = try Signature(of: ref)
        try LibraryError.check(
            git_note_commit_create(
                &new, &blob, pointer, parent.pointer, writer.pointer, writer.pointer, &annotated, text, 1))
        return GitObjectID(new)
    }

    /// What the first note of our own goes on top of: the server's, or nothing.
    func notesBase(of ref: NotesRef) throws(LibraryError) -> GitObjectID {
        guard let fetched = try tip(of: ref.fetchedReference) else { return try seededNotes(by: ref) }
        return fetched
    }

    /// The first commit of a notes reference: 256 empty subtrees, `00` to `ff`.
    ///
    /// libgit2 never fans notes out, but it follows a fan-out that is there: without it, the ten-thousandth note writes
    /// a tree of ten thousand entries.
    private func seededNotes(by ref: NotesRef) throws(LibraryError) -> GitObjectID {
        var root = try writeTree([])
        let subtree = try Self.oid(root)
        root = try writeTree((0..<256).map { (String($0 + 256, radix: 16).suffix(2), subtree) })
        var (tree, new) = (try Self.oid(root), git_oid())
        let seeded = try Handle(git_tree_free) { git_tree_lookup(&$0, pointer, &tree) }
        let writer = try Signature(of: ref)
        try LibraryError.check(
            git_commit_create(
                &new, pointer, nil, writer.pointer, writer.pointer, nil, "Notes of \(ref.node) in \(ref.cluster)\n",
                seeded.pointer, 0, nil))
        return GitObjectID(new)
    }

    private func writeTree(_ subtrees: [(name: Substring, id: git_oid)]) throws(LibraryError) -> GitObjectID {
        let builder = try Handle(git_treebuilder_free) { git_treebuilder_new(&$0, pointer, nil) }
        for var subtree in subtrees {
            try LibraryError.check(
                git_treebuilder_insert(nil, builder.pointer, String(subtree.name), &subtree.id, GIT_FILEMODE_TREE))
        }
        var oid = git_oid()
        try LibraryError.check(git_treebuilder_write(&oid, builder.pointer))
        return GitObjectID(oid)
    }
}
