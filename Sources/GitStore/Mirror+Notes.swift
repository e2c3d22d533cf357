public import ClusterModel

extension Mirror {
    /// Writes a node's note on a commit into the mirror; `pushNotes` sends it. No writer loses another's note.
    /// - Throws: `GitFailure`, `.contended` when others were faster every time.
    public func writeNote(
        _ text: String, on commit: CommitID, as ref: NotesRef, joining: Note.Joining = .replacing,
        retries: Retries = .patient
    ) async throws {
        for attempt in 1...retries.attempts {
            let written = try reading("write a note") { repository in
                try repository.writeNote(text, on: commit, as: ref, joining: joining)
            }
            guard !written else { return }
            try await Task.sleep(for: retries.pause(attempt))
        }
        throw GitFailure(
            .contended, "can't write \(ref): it was locked, or moved by another process, \(retries.attempts) times",
            remedy: "if no process is using it: rm \(path)/\(ref).lock")
    }

    /// The note of one node on a commit; nil when there is none.
    public func note(on commit: CommitID, by ref: NotesRef) throws(GitFailure) -> Note? {
        try notes(on: commit) { $0 == ref }.first
    }

    /// The notes of all clusters and nodes on a commit, sorted; a node's own reference goes before the fetched one.
    public func notes(on commit: CommitID) throws(GitFailure) -> [Note] { try notes(on: commit) { !$0.isOfProposals } }

    private func notes(on commit: CommitID, where isWanted: (NotesRef) -> Bool) throws(GitFailure) -> [Note] {
        try reading("read the notes on \(commit.short)") { repository in
            var notes: [NotesRef: Note] = [:]
            for prefix in [NotesRef.own, NotesRef.fetched] {
                for (name, tip) in try repository.references(below: prefix) {
                    guard let ref = NotesRef(reference: name), isWanted(ref), notes[ref] == nil,
                        let text = try repository.note(on: commit, at: tip)
                    else { continue }
                    notes[ref] = Note(ref: ref, commit: commit, text: text)
                }
            }
            return notes.values.sorted { ($0.ref.cluster, $0.ref.node) < ($1.ref.cluster, $1.ref.node) }
        }
    }
}

extension ObjectDatabase {
    /// False when another writer moved the reference meanwhile.
    fileprivate func writeNote(
        _ text: String, on commit: CommitID, as ref: NotesRef, joining: Note.Joining
    ) throws -> Bool {
        let old = try tip(of: ref.reference)
        let base = try old ?? notesBase(of: ref)
        let before = joining == .appending ? try note(on: commit, at: base) : nil
        let whole = try Note.normal(before.map { $0 + "\n" + text } ?? text)
        guard try note(on: commit, at: base) != whole || old == nil else { return true }
        return try move(ref.reference, from: old, to: writing(whole, on: commit, at: base, by: ref))
    }
}
