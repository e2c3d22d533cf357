internal import CIB
public import ClusterModel
internal import Diagnostics
public import FoundationEssentials
public import GitStore
internal import LiveState
internal import Planning
internal import Presenting
public import Reconciling
internal import Records
internal import Safety
internal import Steps

/// Writes the notes of one node, and gets them to the server.
public struct NoteWriter: Sendable {
    private let mirror: Mirror
    private let ref: NotesRef
    private let log: EventLog
    private let intended: IntendedRecord

    public init(_ mirror: Mirror, ref: NotesRef, log: EventLog, stateDirectory: String) {
        intended = IntendedRecord(stateDirectory: stateDirectory)
        self.mirror = mirror
        self.ref = ref
        self.log = log
    }

    /// Whether some node has brought this cluster to the commit before.
    public static func hasConverged(_ commit: CommitID, cluster: String, in mirror: Mirror) async -> Bool {
        let notes = (try? await mirror.notes(on: commit)) ?? []
        return notes.contains { note in
            note.ref.cluster == cluster && NoteRecord.records(in: note.text).contains { $0.result == CommitResult.converged.word }
        }
    }

    /// Writes down how a commit has ended here, and what was done for it.
    public func write(_ conclusion: Conclusion, begun: Date) async { await write(record(conclusion, begun), on: conclusion.commit) }

    /// Writes down, on this host alone, what a transaction is going to do.
    func intend(_ work: Work, begun: Date) {
        var record = NoteRecord(
            result: .failed, cluster: ref.cluster, node: ref.node, commit: work.commit, started: begun, finished: Date())
        record.carriedOut(work.approval.plan)
        record.wrote(work.done.compactMap(\.fileChange))
        record.cibBefore = work.approval.plan.live.version.description
        record.steps = work.done.map(\.id.text) + work.approval.steps.filter { $0.stage == .commit }.map(\.id.text)
        do {
            try intended.keep(record)
        } catch {
            log.sayOnce(about: "intended", "what is about to be done can't be written down: \(error)", .warning)
        }
    }

    private func record(_ conclusion: Conclusion, _ begun: Date) -> NoteRecord {
        var record = NoteRecord(
            result: conclusion.result, cluster: ref.cluster, node: ref.node, commit: conclusion.commit, started: begun, finished: Date())
        record.error = conclusion.text.isEmpty ? nil : conclusion.text
        guard let work = conclusion.work else { return record }
        record.hold(work.evidence.plan)
        if let plan = work.transaction {
            record.carriedOut(plan)
            record.cibBefore = plan.live.version.description
            record.cibAfter = work.evidence.live.cib.version.description
        }
        record.wrote(work.done.compactMap(\.fileChange))
        record.steps = work.done.map(\.id.text)
        // What another DC has made in the meantime is not told as one's own.
        if work.transaction == nil, ClusterRecord(in: work.evidence.live.cib).leader?.text == ref.node,
            let known = intended.record(of: conclusion.commit)
        {
            record.complete(with: known)
            record.cibAfter = work.evidence.live.cib.version.description
        }
        return record
    }

    /// Writes a record, unless it says nothing that the last one didn't: a re-run that finds all well adds no note.
    private func write(_ record: NoteRecord, on commit: CommitID) async {
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
            if intended.record(of: commit) != nil { try intended.forget() }
        } catch {
            log.say("the note on \(commit.short) could not be written: \(error)", .error)
        }
    }

    /// A push that fails never fails a commit: the notes are kept, and sent with the next ones.
    public func push() async {
        guard (try? await mirror.hasUnpushedNotes()) == true else { return }
        do {
            let pushes = try await mirror.pushNotes(limit: .seconds(30))
            for case .declined(let reason) in pushes.map(\.outcome) {
                log.sayOnce(about: "notes", "the server declined the notes, they are kept: \(reason)", .warning)
            }
            if pushes.allSatisfy({ $0.outcome == .pushed }) { log.forget("notes") }
        } catch {
            log.sayOnce(about: "notes", "the notes could not be pushed, they are kept: \(error)", .warning)
        }
    }
}
