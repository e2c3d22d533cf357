internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Executing
internal import FoundationEssentials
internal import GitStore
internal import Host
internal import LiveState
internal import Observing
internal import Planning
internal import Presenting
internal import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps
internal import Synchronization
internal import Validation

/// Takes down what happens, in its order: a line of the log at once, a note on the commit when it has come to an end.
final class Chronicle: Sendable {
    private let log: EventLog
    private let notes: NoteWriter
    private let mirror: Mirror
    private let deposits: Deposits
    private let bulletin: Bulletin
    private let watch: ChangeWatch
    private let agents = AgentLibrary()
    private let advised = Mutex<CommitID?>(nil)
    private let results = Mutex<[CommitID: CommitResult]>([:])
    private let former = Mutex(FormerEnds())
    /// When work on a commit began that has not come to an end.
    private let begun = Mutex<[CommitID: Date]>([:])
    /// Nil: notes that could not be written or pushed are tried again.
    private let matters: AsyncStream<NoteWriter.Matter?>.Continuation
    private let writing: Task<Void, Never>

    init(_ log: EventLog, _ notes: NoteWriter, _ mirror: Mirror, _ deposits: Deposits, _ bulletin: Bulletin, _ watch: ChangeWatch) {
        self.bulletin = bulletin
        self.watch = watch
        self.log = log
        self.notes = notes
        self.mirror = mirror
        self.deposits = deposits
        let (stream, continuation) = AsyncStream<NoteWriter.Matter?>.makeStream(bufferingPolicy: .unbounded)
        matters = continuation
        // Fetching, pushing and packing take their time with a server that does not answer: nobody waits for them.
        writing = Task.detached {
            var kept: [NoteWriter.Matter] = []
            var loose = Self.packedAfter
            for await entry in stream {
                kept = (kept + [entry].compactMap(\.self)).suffix(Self.mostKept)
                while let first = kept.first, await notes.write(first) {
                    kept.removeFirst()
                    loose += 1
                }
                await notes.push()
                guard loose >= Self.packedAfter else { continue }
                await Self.pack(mirror, log)
                loose = 0
            }
        }
    }

    /// Notes, each of some files in the mirror.
    private static let packedAfter = 50
    /// What could not be written down.
    private static let mostKept = 64

    /// The result of a commit, when it has one.
    func result(of commit: CommitID?) -> CommitResult? { commit.flatMap { commit in results.withLock { $0[commit] } } }

    /// What the server did not take is offered again whenever it is asked for commits.
    func pushNotes() { matters.yield(nil) }

    /// Waits until all notes are written, and pushed if the server takes them.
    func close() async {
        matters.finish()
        await writing.value
    }

    /// What former lives of a daemon have told is not told again.
    func remember(_ former: FormerEnds) {
        self.former.withLock { $0 = former }
        bulletin.remember(success: former.lastSuccess)
    }

    func take(_ occurrence: Occurrence) {
        if case .concluded(let conclusion) = occurrence, let moment = former.withLock({ $0.moment(of: conclusion) }) {
            log.say("\(conclusion.commit.short) \(conclusion.result.word) as it was told at \(moment)")
            return close(conclusion)
        }
        let ended = if case .concluded(let conclusion) = occurrence { conclusion.commit } else { nil as CommitID? }
        bulletin.take(occurrence, begun: ended.flatMap { ended in begun.withLock { $0[ended] } })
        switch occurrence {
        case .found(let commit):
            log.say("found commit \(commit.id.short) \"\(commit.title)\"", .info, .found, about: commit.id)
        case .serverAway(let commit, let reason): log.say("going on with \(commit.id.short): \(reason)", .warning, .repositoryAway, about: commit.id)
        case .serverBack: log.say("the repository answers again", .info, .repositoryBack)
        case .planned(let commit, let create, let change, let delete, let drift):
            begun.withLock { if $0[commit] == nil { $0[commit] = Date() } }
            let counts = "\(commit.short): \(create) to create, \(change) to change, \(delete) to delete"
            guard result(of: commit) == .converged else { return log.say("planned \(counts)", .info, .planned, about: commit) }
            let classes = drift.isEmpty ? "" : " (\(drift.keys.map(\.rawValue).sorted().joined(separator: ", ")))"
            let noticed = watch.takeDelay().map { "; noticed \($0.milliseconds) ms after the change" } ?? ""
            log.say("drift from \(counts)\(classes)\(noticed)", .info, .drift, about: commit)
        case .committing(let work): notes.intend(work, begun: begun.withLock { $0[work.commit] } ?? Date())
        case .performed(let step): log.say(step.action.deed, .info, step.action.occasion, about: step.action.judged, step: step.id.text)
        case .waiting(let commit, let name, let reason):
            let level = name == .world ? EventLog.Level.warning : .info
            log.say("waiting: \(reason)", level, .waiting, about: commit, wait: name == .world ? nil : name.rawValue)
        case .stranded(let reason): log.say(reason, .error, .stranded)
        case .holdsEnd(let names):
            log.say("held for longer than coxswain.yaml allows, and put right now: \(names.joined(separator: ", "))", .warning, .drift)
        case .answered(let request, let answer): log.say("\(request.name): \(answer)", .info, .request)
        case .concluded(let conclusion): conclude(conclusion)
        case .delayed(let delay):
            log.say(
                "\(delay.commit.short) has waited for \(delay.lasted.components.seconds) s: \(delay.reason)", .warning, .delayed,
                about: delay.commit, wait: delay.wait.rawValue)
            matters.yield(.delayed(delay, at: Date(), begun: begun.withLock { $0[delay.commit] }))
        }
    }

    private func conclude(_ conclusion: Conclusion) {
        log.say(
            LogEntry.message(of: conclusion.commit, conclusion.result.word, conclusion.text), conclusion.result.isGood ? .info : .error,
            Occasion(conclusion.result), about: conclusion.commit)
        close(conclusion)
    }

    /// What is kept of it, whoever has heard of it: the note knows what it says already.
    private func close(_ conclusion: Conclusion) {
        results.withLock { $0[conclusion.commit] = conclusion.result }
        if conclusion.result == .converged, let work = conclusion.work { settle(work) }
        matters.yield(.ended(conclusion, begun: begun.withLock { $0.removeValue(forKey: conclusion.commit) } ?? Date()))
    }

    /// From now on the files of this commit are here, and no others of ours.
    private func settle(_ work: Work) {
        do {
            try deposits.settle(work.commit, work.evidence.plan.hostFiles, work.evidence.live.files.contents)
        } catch {
            log.say("the state directory can't be written: \(error)", .warning)
        }
    }

    private static func pack(_ mirror: Mirror, _ log: EventLog) async {
        do {
            try await mirror.maintain(limit: .seconds(300))
        } catch {
            log.sayOnce(about: "packing", "\(error)", .warning)
        }
    }

    /// What has come of a step.
    func count(_ step: Step, _ outcome: StepOutcome) { bulletin.count(step, outcome) }

    func warn(_ text: String) { log.say(text, .warning) }

    /// Where a new commit and the agents that are installed on this node don't agree: each node has its own. Told once for each commit.
    func advise(on reading: DesiredReader.Reading, _ evidence: Evidence) async {
        let plan = evidence.plan
        for notice in plan.notices where notice.severity != .notice { log.sayOnce(about: "plan notice", notice.description, .warning) }
        if !evidence.remarks.isEmpty {
            log.sayOnce(about: "remarks", (["Pacemaker takes the result, and says:"] + evidence.remarks).joined(separator: "\n"), .warning)
        }
        for restart in evidence.pendingRestarts {
            log.sayOnce(about: "restart of \(restart.domain)", "\(restart)")
        }
        guard let commit = reading.commit?.id, !plan.isEmpty else { return }
        let isNew = advised.withLock { last in
            defer { last = commit }
            return last != commit
        }
        guard isNew else { return }
        let metadata = await agents.metadata(of: reading.state.agents)
        let installed = await agents.installed()
        let advice = Validation.findings(in: reading.state, depth: .plan, knowing: metadata, installed: installed).filter { $0.severity == .warning }
        for finding in advice where !reading.warnings.contains(finding) { log.say(finding.description, .warning) }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

extension Action {
    fileprivate var occasion: Occasion { if case .record(.held) = self { .held } else { .performed } }

    /// The commit whose judgement is written down.
    fileprivate var judged: CommitID? {
        switch self {
        case .record(.good(let commit)), .record(.held(let commit, _)): commit
        default: nil
        }
    }
}
