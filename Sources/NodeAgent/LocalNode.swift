public import ClusterModel
internal import Diagnostics
public import GitStore
internal import Host
internal import Planning
internal import Presenting
public import Reconciling
public import Records

/// One node at work: it feeds events to the reconciler and obeys what comes back, until there is nothing left to do.
public actor LocalNode {
    private var reconciler = Reconciler()
    private let worker: Worker
    private let notary: NoteWriter
    private let journal: EventLog
    private let ref: NotesRef
    /// The commit that was found to be in force last.
    private var settled: CommitID?

    public init(worker: Worker, notary: NoteWriter, ref: NotesRef, journal: EventLog) {
        self.worker = worker
        self.notary = notary
        self.ref = ref
        self.journal = journal
    }

    /// How a round ended.
    public enum End: Hashable, Sendable {
        /// Nothing was to be looked at: neither git nor the cluster has moved.
        case idle
        case concluded(CommitID, CommitResult)
        case waiting(String)
        /// There is no commit to work on: the repository can't be had, or the revision is not in it.
        case stranded(String)
    }

    /// One round, from an event to rest; or, when the task is cancelled, to the end of the work under way.
    public func round(_ trigger: Reconciler.Trigger) async -> End {
        var directives = reconciler.on(.wake(trigger))
        var end = End.idle
        while !directives.isEmpty {
            let directive = directives.removeFirst()
            switch directive {
            case .perform(let stage):
                guard let event = await perform(stage) else { return end }
                directives += reconciler.on(event)
            case .wait(let reason):
                journal.sayOnce(about: "waiting", "waiting: \(reason)")
                end = reconciler.commit == nil ? .stranded(reason) : .waiting(reason)
            case .conclude(let commit, let result, let text):
                await conclude(commit, result, text)
                end = .concluded(commit, result)
            }
        }
        if !Task.isCancelled { await notary.push() }
        return end
    }

    /// A look at the world is given up when the process is to end, whatever hangs; what changes something is finished.
    private func perform(_ stage: Stage) async -> Reconciler.Event? {
        guard stage.isLook else { return await Task.detached { [worker] in await worker.perform(stage) }.value }
        let event = await worker.perform(stage)
        return Task.isCancelled ? nil : event
    }

    private func conclude(_ commit: CommitID, _ result: CommitResult, _ text: String) async {
        let record = await worker.record(result, text, cluster: ref.cluster, node: ref.node, on: commit)
        if result != .converged || !record.didNothing || settled != commit {
            let level: EventLog.Level = result == .converged || result == .superseded ? .info : .error
            journal.sayOnce(
                about: "end", "\(commit.short) \(result.word)" + (text.isEmpty ? "" : ": \(text)"), level)
        }
        let isNews = settled != commit
        settled = result == .converged ? commit : nil
        if result == .converged { journal.forget("waiting", "plan", "plan notice", "end") }
        await notary.write(record, on: commit)
        if isNews, result == .converged { await worker.packMirror() }
    }
}

extension Stage {
    fileprivate var isLook: Bool { self == .fetch || self == .plan }
}
