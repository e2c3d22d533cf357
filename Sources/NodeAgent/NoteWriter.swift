public import ClusterModel
internal import Diagnostics
internal import FoundationEssentials
public import GitStore
internal import Planning
internal import Presenting
internal import Reconciling
public import Records

/// Writes the notes of one node, and gets them to the server.
public struct NoteWriter: Sendable {
    private let mirror: Mirror
    private let ref: NotesRef
    private let journal: EventLog

    public init(_ mirror: Mirror, ref: NotesRef, journal: EventLog) {
        self.mirror = mirror
        self.ref = ref
        self.journal = journal
    }

    /// Whether some node has brought this cluster to the commit before.
    public static func hasConverged(_ commit: CommitID, cluster: String, in mirror: Mirror) async -> Bool {
        let notes = (try? await mirror.notes(on: commit)) ?? []
        return notes.contains { note in
            note.ref.cluster == cluster && NoteRecord.records(in: note.text).contains { $0.result == CommitResult.converged.word }
        }
    }

    /// Writes a record, unless it says nothing that the last one didn't: a re-run that finds all well adds no note.
    public func write(_ record: NoteRecord, on commit: CommitID) async {
        let note = try? await mirror.note(on: commit, by: ref)?.text
        if let last = note.flatMap({ NoteRecord.records(in: $0).last }), last.result == record.result, last.error == record.error,
            record.didNothing || record.result != CommitResult.converged.word
        {
            return
        }
        let text = record.text
        // A note that has grown too long begins anew; what it was is in the history of its ref.
        let fits = (note?.utf8.count ?? 0) + text.utf8.count < Note.largest
        do {
            try await mirror.writeNote(text, on: commit, as: ref, joining: fits ? .appending : .replacing)
        } catch {
            journal.say("the note on \(commit.short) could not be written: \(error)", .error)
        }
    }

    /// "A failed push of notes never fails a reconcile": they are kept, and sent with the next cycle.
    public func push() async {
        guard (try? await mirror.hasUnpushedNotes()) == true else { return }
        do {
            let pushes = try await mirror.pushNotes(limit: .seconds(30))
            for case .declined(let reason) in pushes.map(\.outcome) {
                journal.sayOnce(about: "notes", "the server declined the notes, they are kept: \(reason)", .warning)
            }
            if pushes.allSatisfy({ $0.outcome == .pushed }) { journal.forget("notes") }
        } catch {
            journal.sayOnce(about: "notes", "the notes could not be pushed, they are kept: \(error)", .warning)
        }
    }
}
