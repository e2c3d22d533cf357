import ClusterModel

extension ObjectDatabase {
    /// Puts notes that `theirs` lacks, or has otherwise, on top of it; for a commit that both have a note on, ours wins.
    ///
    /// The texts are read from `source`, which may be the remains of another repository.
    /// - Returns: the new notes commit, and how many notes could not be read.
    func laying(
        _ ours: NotesByCommit, from source: ObjectDatabase, on theirs: GitObjectID, by ref: NotesRef
    ) throws(LibraryError) -> (tip: GitObjectID, lost: Int) {
        let there = try notes(at: theirs).notes
        var (tip, lost) = (theirs, 0)
        for (commit, blob) in ours.sorted(by: { $0.key.hex < $1.key.hex }) where there[commit] != blob {
            guard let bytes = try? source.blob(blob) else {
                lost += 1
                continue
            }
            tip = try writing(String(decoding: bytes, as: UTF8.self), on: commit, at: tip, by: ref)
        }
        return (tip, lost)
    }

    /// Moves our notes onto the server's, and says whether our reference still stood where we saw it.
    func rebaseNotes(of ref: NotesRef) throws(LibraryError) -> Bool {
        guard let ours = try tip(of: ref.reference), let theirs = try tip(of: ref.fetchedReference) else { return true }
        let base = try commonAncestor(ours, theirs)
        let pushed = try base.map { id throws(LibraryError) in try notes(at: id).notes } ?? [:]
        let unpushed = try notes(at: ours).notes.filter { pushed[$0.key] != $0.value }
        let (tip, lost) = try laying(unpushed, from: self, on: theirs, by: ref)
        guard lost == 0 else { throw LibraryError(code: -1, message: "\(lost) notes can't be read") }
        return try move(ref.reference, from: ours, to: tip)
    }
}
