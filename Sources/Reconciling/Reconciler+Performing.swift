internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Repository
internal import Safety
internal import Steps

// Steps and announcements: what is asked of the world, and what comes back.
extension Reconciler {
    /// The next step of a stage; nil when none is left.
    mutating func perform(_ stage: Stage, of work: Work, _ now: Instant) -> [Directive]? {
        guard let step = work.remaining(stage).first else { return nil }
        // What the CIB has let go may run still, and no plan can know on which DRBD resource.
        if case .down = step.action {
            guard isCurrent(now) || live?.cluster == nil else { return lookAgain() }
            if let use = live?.possibleUse ?? restart(now) { return awaiting(.stopped, use, now) }
        }
        if case .transact = step.action, let work = self.work { return [.tell(.committing(work))] + perform(step) }
        return perform(step)
    }

    /// What was started as a former CIB said is stopped by the transition that is under way: for so long it is waited for, and not longer.
    private func restart(_ now: Instant) -> String? {
        guard live?.cluster?.isIdle == false else { return nil }
        if let wait, wait.name == .stopped, now - wait.since >= pace.wish { return nil }
        return "a transition is under way, which may stop it first"
    }

    mutating func perform(_ step: Step) -> [Directive] {
        activity = .performing
        return [.perform(step.id)]
    }

    mutating func write(_ edit: RecordEdit) -> [Directive] {
        activity = .performing
        return [.write(edit)]
    }

    mutating func performed(_ id: StepID, _ outcome: StepOutcome, _ now: Instant) -> [Directive] {
        guard activity == .performing else { return [] }
        if let answer = grant(id, outcome) { return answer + beginRound(now) }
        switch outcome {
        case .done: return finish(id, didSomething: true, now)
        case .nothingToDo: return finish(id, didSomething: false, now)
        case .moved(let reason): return again(reason, now)
        case .waiting(let reason): return awaiting(.peer, reason, now)
        case .failed(let reason): return stall("\(id): \(reason)", now)
        }
    }

    private mutating func finish(_ id: StepID, didSomething: Bool, _ now: Instant) -> [Directive] {
        let step = work?.approval.steps.first { $0.id == id }
        work?.finished.insert(id)
        var directives: [Directive] = []
        if let step, didSomething {
            retries = 0
            work?.done.append(step)
            directives.append(.tell(.performed(step)))
            if case .writeFile(let change) = step.action, change.format == .drbd { work?.hasWrittenForDRBD = true }
            noteRepair(step, now)
        }
        switch step?.action {
        case .writeFile, .removeFile, .createVolume, .growVolume, .removeVolume, .createMetadata, .up, .firstSync, .resize, .adjust, .down,
            .changeDomain, .reloadCorosync, .registerNodes, .forgetFailures:
            return directives + advance(now)
        case .transact:
            let plan = work?.plan
            work?.transaction = plan
            return directives + committed(now)
        case .ban, .record, nil: return directives + beginRound(now)  // the CIB is another one now
        }
    }

    /// What is done for a commit that is in force already puts right what somebody has changed.
    private mutating func noteRepair(_ step: Step, _ now: Instant) {
        guard let work, work.plan.base == work.commit, ClusterRecord(in: work.plan.live).begun == nil else { return }
        switch step.action {
        case .transact: for matter in work.plan.changes.flatMap(\.matters) { repairs.note(matter, at: now) }
        case .writeFile(let change), .removeFile(let change):
            if endings[work.commit]?.result == .converged { repairs.note(change.path.text, at: now) }
        case .createVolume, .growVolume, .removeVolume, .createMetadata, .up, .firstSync, .resize, .adjust, .down, .changeDomain, .reloadCorosync,
            .registerNodes, .forgetFailures, .ban,
            .record:
            break
        }
    }

    /// The transaction is in. It is read again and compared by planning again: what comes of it must be nothing.
    private mutating func committed(_ now: Instant) -> [Directive] {
        attempts += 1
        guard attempts <= Self.attempts else { return giveUp("after the commit the configuration is not as it was written", now) }
        return beginRound(now)
    }

    /// Someone else was faster: what has been pushed in the meantime comes first.
    private mutating func again(_ reason: String, _ now: Instant) -> [Directive] {
        attempts += 1
        guard attempts <= Self.attempts else { return giveUp(reason, now) }
        mustFetch = true
        return beginRound(now)
    }

    private mutating func giveUp(_ reason: String, _ now: Instant) -> [Directive] {
        attempts = 0
        return stall("\(reason), \(Self.attempts) times in a row", now)
    }

    // MARK: Announcements

    /// Promises something about a commit. What else this node refuses, it refuses still.
    mutating func pledge(_ promise: Announcement.Promise?, intent: CommitID? = nil) -> [Directive] {
        let refusal = published.refusal.flatMap { $0.commit == promise?.commit ? nil : $0 }
        return publish(Announcement(promise, refusal: refusal, intent: intent))
    }

    mutating func publish(_ announcement: Announcement) -> [Directive] {
        activity = .publishing
        published = announcement
        currentSince = nil
        return [.publish(announcement)]
    }

    mutating func announced(_ now: Instant) -> [Directive] {
        guard activity == .publishing else { return [] }
        guard !isStalled else { return rest(now) }
        return needsRound || live == nil || work == nil ? beginRound(now) : advance(now)
    }

    /// Whether the others were seen just now: a step may have taken its time.
    func isCurrent(_ now: Instant) -> Bool { currentSince.map { now - $0 <= pace.look } ?? false }

    mutating func lookAgain() -> [Directive] {
        activity = .looking
        return [.look(withStatus: true)]
    }

    /// Whoever waits, fails or turns to something else holds nobody up.
    mutating func withdrawIntent(unless commit: CommitID? = nil) -> [Directive]? {
        guard let intent = published.intent, intent != commit else { return nil }
        var announcement = published
        announcement.intent = nil
        needsRound = true
        return publish(announcement)
    }

    // MARK: Rest

    mutating func rest(_ now: Instant) -> [Directive] {
        guard activity != .finished else { return [] }
        activity = .resting
        wait = nil
        if !isStalled { retries = 0 }
        return needsRound ? beginRound(now) : []
    }
}

extension LiveState {
    /// Why something may run here still that the CIB does not have.
    fileprivate var possibleUse: String? {
        guard let cluster else { return nil }
        guard cluster.dc != nil, cluster.onlineNodes.contains(node.text) else { return "this node is not a member of the cluster yet" }
        let orphans = Set(cluster.resources.filter { $0.isActive && cib[ObjectID(.resource, $0.id)] == nil }.map { ResourceID($0.id) })
        return orphans.isEmpty ? nil : "\(orphans.sorted().list) is not in the configuration any more, and still runs"
    }
}
