internal import CIB
public import ClusterModel
public import Diagnostics
public import FoundationEssentials
public import GitStore
internal import LiveState
internal import Planning
internal import Presenting
public import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps
internal import Synchronization

/// Writes the notes of one node, and gets them to the server.
public final class NoteWriter: Sendable {
    private let mirror: Mirror
    private let desired: DesiredReader
    private let node: NodeName
    private let givenCluster: String?
    private let log: EventLog
    private let intended: IntendedRecord
    private let pace = Mutex(PushPace())
    /// As the last commit said that names the cluster.
    private let lastCluster = Mutex<String?>(nil)

    /// - Parameter cluster: nil: as each commit says.
    public init(
        _ mirror: Mirror, _ desired: DesiredReader, cluster: String?, as node: NodeName, log: EventLog, stateDirectory: String
    ) throws(Finding) {
        intended = IntendedRecord(stateDirectory: stateDirectory)
        self.mirror = mirror
        self.desired = desired
        self.node = node
        givenCluster = cluster
        self.log = log
        _ = try NotesRef(cluster: cluster ?? Policy.defaultCluster, node: node.text)
    }

    /// The reference for the notes on a commit: it is named as the commit at hand names the cluster. One that can't be understood is noted where the
    /// others are.
    private func ref(for commit: CommitID) async throws -> NotesRef {
        try NotesRef(cluster: await cluster(of: commit), node: node.text)
    }

    private func cluster(of commit: CommitID) async -> String {
        if let givenCluster { return givenCluster }
        guard let known = try? await mirror.commit(commit) else { return lastCluster.withLock(\.self) ?? Policy.defaultCluster }
        if let policy = await desired.policy(of: known), policy.isSound {
            let cluster = policy.policy.cluster ?? Policy.defaultCluster
            lastCluster.withLock { $0 = cluster }
            return cluster
        }
        if let last = lastCluster.withLock(\.self) { return last }
        for former in (try? await mirror.history(from: commit, limit: Self.depth)) ?? [] {
            if let cluster = await desired.policy(of: former)?.policy.cluster { return cluster }
        }
        return Policy.defaultCluster
    }

    /// About two seconds.
    private static let retries = Retries(attempts: 10) { .milliseconds(50 * $0) }

    /// Commits that are looked through for one that names the cluster.
    private static let depth = 50

    /// Whether some node has brought this cluster (nil: any) to the commit before.
    public static func hasConverged(_ commit: CommitID, cluster: String?, in mirror: Mirror) async -> Bool {
        let notes = (try? await mirror.notes(on: commit)) ?? []
        return notes.contains { note in
            (cluster == nil || note.ref.cluster == cluster) && NoteRecord.records(in: note.text).contains { $0.result == CommitResult.converged.word }
        }
    }

    /// What a note is written for.
    public enum Matter: Sendable {
        case ended(Conclusion, begun: Date)
        /// It waits. `begun`: when it was planned; nil where it was not.
        case delayed(Delay, at: Date, begun: Date?)

        public var commit: CommitID {
            switch self {
            case .ended(let conclusion, _): conclusion.commit
            case .delayed(let delay, _, _): delay.commit
            }
        }
    }

    /// Writes down how a commit has ended here, and what was done for it; or what it waits for.
    /// - Returns: whether that is written now, or need not be.
    public func write(_ matter: Matter) async -> Bool {
        do {
            let ref = try await ref(for: matter.commit)
            let entry =
                switch matter {
                case .ended(let conclusion, let begun): record(conclusion, begun, ref)
                case .delayed(let delay, let now, let begun): NoteRecord(delay, at: now, begun: begun, ref)
                }
            try await write(entry, on: matter.commit, as: ref)
            log.forget("note")
            return true
        } catch {
            // Nobody else writes notes in this state directory: a lock that stays for so long was left by who is no more.
            if (error as? GitFailure)?.reason == .contended { try? await mirror.clearNotesLocks() }
            log.sayOnce(about: "note", "the note on \(matter.commit.short) could not be written, and is kept: \(error)", .error)
            return false
        }
    }

    /// How the newest commits have ended here, as their notes say.
    func ends(from tip: CommitID, limit: Int) async -> [NoteRecord] {
        var records: [NoteRecord] = []
        for commit in (try? await mirror.history(from: tip, limit: limit)) ?? [] {
            guard let ref = try? await ref(for: commit.id), let note = try? await mirror.note(on: commit.id, by: ref) else { continue }
            records += [NoteRecord.records(in: note.text).last { $0.waiting == nil }].compactMap(\.self)
        }
        return records
    }

    /// Writes down, on this host alone, what a transaction is going to do.
    func intend(_ work: Work, begun: Date) {
        var record = NoteRecord(
            result: .failed, cluster: givenCluster ?? work.evidence.policy.cluster ?? Policy.defaultCluster, node: node.text, commit: work.commit,
            started: begun, finished: Date())
        record.carriedOut(work.approval.plan)
        record.remarks = work.remarks.isEmpty ? nil : work.remarks
        record.wrote(work.done)
        record.cibBefore = work.approval.plan.live.version.description
        record.steps = work.done.map(\.id.text) + work.approval.steps.filter { $0.stage == .commit }.map(\.id.text)
        do {
            try intended.keep(record)
        } catch {
            log.sayOnce(about: "intended", "what is about to be done can't be written down: \(error)", .warning)
        }
    }

    private func record(_ conclusion: Conclusion, _ begun: Date, _ ref: NotesRef) -> NoteRecord {
        var record = NoteRecord(
            result: conclusion.result, cluster: ref.cluster, node: ref.node, commit: conclusion.commit, started: begun, finished: Date())
        record.error = conclusion.text.isEmpty ? nil : conclusion.text
        guard let work = conclusion.work else { return record }
        record.hold(work.evidence.plan)
        let restarts = work.evidence.pendingRestarts.map(\.description)
        record.pendingRestarts = restarts.isEmpty ? nil : restarts
        record.remarks = work.remarks.isEmpty ? nil : work.remarks
        if let plan = work.transaction {
            record.carriedOut(plan)
            record.cibBefore = plan.live.version.description
            record.cibAfter = work.evidence.live.cib.version.description
        }
        record.wrote(work.done)
        record.steps = work.done.map(\.id.text)
        // What another DC has made in the meantime is not told as one's own.
        if work.transaction == nil, work.evidence.live.record.leader?.text == ref.node,
            let known = intended.record(of: conclusion.commit)
        {
            record.complete(with: known)
            record.cibAfter = work.evidence.live.cib.version.description
        }
        return record
    }

    /// Writes a record, unless it says nothing that the last one didn't: a re-run that finds all well adds no note, and what fails twice may say it in
    /// other words.
    private func write(_ record: NoteRecord, on commit: CommitID, as ref: NotesRef) async throws {
        let note = try await mirror.note(on: commit, by: ref)?.text
        if let last = note.flatMap({ NoteRecord.records(in: $0).last }), record.repeats(last) { return }
        let text = record.text
        // A note that has grown too long begins anew; what it was is in the history of its ref.
        let fits = (note?.utf8.count ?? 0) + text.utf8.count < Note.largest
        try await mirror.writeNote(text, on: commit, as: ref, joining: fits ? .appending : .replacing, retries: Self.retries)
        if intended.record(of: commit) != nil { try intended.forget() }
    }

    /// A push that fails never fails a commit: the notes are kept, and sent with the next ones, but not at once: the server has said what it has to say.
    public func push() async {
        guard pace.withLock({ $0.mayPush(at: .now) }), (try? await mirror.hasUnpushedNotes()) == true else { return }
        do {
            for push in try await mirror.pushNotes(limit: .seconds(30)) { take(push.outcome) }
        } catch {
            pace.withLock { $0.failed(.unreachable, at: .now, spread: Jitter.spread) }
            log.sayOnce(about: "notes", "the notes could not be pushed, they are kept: \(error)", .warning)
        }
    }

    private func take(_ outcome: NotesPush.Outcome) {
        let reason: String
        switch outcome {
        case .pushed:
            pace.withLock { $0.succeeded() }
            return log.forget("notes")
        case .declined(let words): reason = "the server declined the notes: \(words)"
        case .locked(let words): reason = "the server can't lock the reference of the notes: \(words)"
        case .behind: reason = "somebody else keeps writing notes as this node"
        }
        pace.withLock { $0.failed(.declined, at: .now, spread: Jitter.spread) }
        log.sayOnce(about: "notes", "\(reason); they are kept, and offered again now and then", .warning)
    }
}

extension NoteRecord {
    fileprivate init(_ delay: Delay, at now: Date, begun: Date?, _ ref: NotesRef) {
        let since = now - Double(delay.lasted.components.seconds)
        let limit = delay.left.map { now + Double($0.components.seconds) }
        self.init(
            waiting: Waiting(for: delay.wait.rawValue, since: since, until: limit), cluster: ref.cluster, node: ref.node, commit: delay.commit,
            started: begun ?? since, written: now)
        error = delay.reason
    }

    fileprivate func repeats(_ last: NoteRecord) -> Bool {
        guard last.result == result else { return false }
        if result == CommitResult.failed.word { return didNothing }
        return last.error?.shape == error?.shape && (didNothing || result != CommitResult.converged.word)
    }
}
