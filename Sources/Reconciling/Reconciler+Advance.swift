internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

// What comes next for a commit that was let in.
extension Reconciler {
    mutating func advance(_ now: Instant) -> [Directive] {
        guard let work, let live else { return awaitOthers(now) ?? rest(now) }
        if isOutdated(work) {
            needsRound = true
            return withdrawIntent() ?? beginRound(now)
        }
        if let directives = withdrawIntent(unless: work.commit) { return directives }
        if wish != nil { return withdrawIntent() ?? beginRound(now) }
        if let directives = judgeBeginning(work.evidence, now, isLetIn: true) { return directives }
        return work.plan.needsTransaction ? towardsTransaction(work, live, now) : towardsEnd(work, live, now)
    }

    /// Whether a newer commit has come since the one in hand was planned.
    private func isOutdated(_ work: Work) -> Bool {
        guard let head, let live else { return true }
        return head.id != work.evidence.commit?.id || live.record.target(head: head.id) != work.commit && blocked != head.id
    }

    func isLeader(_ work: Work) -> Bool { leads(work.evidence, live?.cluster) }

    func leads(_ evidence: Evidence, _ cluster: ClusterStatus?) -> Bool {
        guard let cluster, !evidence.leadsAlone || hasYielded else { return true }
        return cluster.dc == node.text
    }

    /// A person's command and the DC's daemon would take the lead from each other for ever: the command has to follow.
    private mutating func yield(_ live: LiveState) -> Bool {
        guard hasLed, let leader = live.record.leader, leader != node, live.cluster?.dc == leader.text else { return false }
        hasYielded = true
        return true
    }

    // MARK: Up to the transaction

    private mutating func towardsTransaction(_ work: Work, _ live: LiveState, _ now: Instant) -> [Directive] {
        let leads = isLeader(work) && !(work.evidence.leadsAlone && yield(live))
        // Whatever another leader has in hand still, stopped in the middle, is refused from here on.
        if leads, live.cluster != nil, live.record.leader != node {
            hasLed = true
            return write(.leader(node))
        }
        guard live.cluster != nil, work.evidence.concernsHosts || Council(live, of: work.commit, as: node).isInSession else {
            if let directives = perform(.prepare, of: work, now) { return directives }
            return leads ? carryOut(work, live, now) : awaiting(.transaction, waitForLeader(work, live), now)
        }
        return promised(work, live, leads, now)
    }

    /// Every node has a part: what each may do depends on what it has promised, and what the others have.
    private mutating func promised(_ work: Work, _ live: LiveState, _ leads: Bool, _ now: Instant) -> [Directive] {
        let council = Council(live, of: work.commit, as: node)
        if let refusal = council.refusal { return refusedElsewhere(refusal, work, now) }
        switch published.promise {
        case .able(work.commit):
            guard isCurrent(now) else { return lookAgain() }
            if let other = council.foreignIntent { return awaiting(.release, other, now) }
            if let missing = council.missing(.able) { return awaiting(.able, missing, now) }
            if let directives = perform(.prepare, of: work, now) { return directives }
            let preparation = Announcement.Preparation(
                isComplete: work.plan.unreachableFiles.isEmpty, replaces: !work.remaining(.replace).isEmpty)
            return pledge(.prepared(work.commit, preparation))
        case .prepared(work.commit, let preparation):
            guard isCurrent(now) else { return lookAgain() }
            // Something has to be prepared once more, and perhaps a node has joined.
            if !work.remaining(.prepare).isEmpty, let missing = council.missing(.able) {
                return withdrawIntent() ?? awaiting(.able, missing, now)
            }
            if let directives = perform(.prepare, of: work, now) { return directives }
            return leads ? lead(work, live, council, preparation, now) : follow(work, live, council, preparation, now)
        case .ready(work.commit, _):
            // Of a commit that comes in two transactions it was ready for the first.
            guard work.remaining(.prepare).isEmpty else { return pledge(.able(work.commit)) }
            guard isCurrent(now) else { return lookAgain() }
            if leads { return lead(work, live, council, Announcement.Preparation(), now) }
            guard council.leaderMeansIt else { return pledge(.able(work.commit)) }
            return awaiting(.transaction, waitForLeader(work, live), now)
        default:
            if let other = council.intentOnPromise(published.promise) { return awaiting(.release, other, now) }
            return pledge(.able(work.commit))
        }
    }

    private mutating func lead(
        _ work: Work, _ live: LiveState, _ council: Council, _ preparation: Announcement.Preparation, _ now: Instant
    ) -> [Directive] {
        let missing = council.missing(.prepared) ?? council.missingWriter(of: work.plan)
        if let missing { return withdrawIntent() ?? awaiting(.prepared, missing, now) }
        // First the intent, then one more look: a node that has withdrawn its promise in the meantime has seen the intent, or is seen here.
        guard published.intent == work.commit else {
            return pledge(published.promise, intent: work.commit)
        }
        if !hasToStop(work, live), work.remaining(.replace).isEmpty {
            if preparation.replaces { return pledge(.ready(work.commit, isComplete: preparation.isComplete), intent: work.commit) }
            if let missing = council.missing(.ready) { return awaiting(.ready, missing, now) }
        }
        return carryOut(work, live, now)
    }

    private mutating func follow(
        _ work: Work, _ live: LiveState, _ council: Council, _ preparation: Announcement.Preparation, _ now: Instant
    ) -> [Directive] {
        guard council.leaderMeansIt, preparation.replaces else { return awaiting(.transaction, waitForLeader(work, live), now) }
        if hasToStop(work, live) { return awaiting(.stopped, stillRunning(work, live), now) }
        return perform(.replace, of: work, now) ?? pledge(.ready(work.commit, isComplete: preparation.isComplete))
    }

    /// The leader's own part: stop what goes, change what is there, commit.
    private mutating func carryOut(_ work: Work, _ live: LiveState, _ now: Instant) -> [Directive] {
        if work.baseline == nil { self.work?.baseline = live.cluster }
        if let ban = work.ban { return perform(ban) }
        if hasToStop(work, live) { return awaiting(.stopped, stillRunning(work, live), now) }
        return perform(.replace, of: work, now) ?? perform(.commit, of: work, now) ?? rest(now)
    }

    private func hasToStop(_ work: Work, _ live: LiveState) -> Bool { work.ban != nil || !running(work, live).isEmpty }

    private func running(_ work: Work, _ live: LiveState) -> [ResourceID] {
        let doomed = work.approval.steps.filter { $0.stage == .stop }.flatMap { step -> [ResourceID] in
            if case .ban(_, let resources) = step.action { resources } else { [] }
        }
        return doomed.filter { live.cluster?.isActive($0.text) == true }
    }

    private func stillRunning(_ work: Work, _ live: LiveState) -> String {
        let running = running(work, live)
        return running.isEmpty ? "what goes is not banned from running yet" : "\(running.list) is still running"
    }

    private func waitForLeader(_ work: Work, _ live: LiveState) -> String {
        let leader = live.cluster?.dc.map { "the DC, \($0)," } ?? "no DC is elected, which"
        let why = work.evidence.concernsHosts ? Council(live, of: work.commit, as: node).missing(.prepared) : nil
        return "\(leader) has not committed \(work.commit.short) yet\(why.map { ": \($0)" } ?? "")"
    }

    /// What one node refuses nobody has: the commit in force is kept, and what was prepared is cleared away.
    private mutating func refusedElsewhere(_ refusal: String, _ work: Work, _ now: Instant) -> [Directive] {
        if let directives = withdrawIntent() { return directives }
        let directives = conclude(work.commit, .refused, refusal)
        guard activity != .finished else { return directives }
        return directives + (keepInForce(insteadOf: work.commit, now) ?? awaiting(.able, refusal, now))
    }

    // MARK: After it

    /// Nothing is left to be done in the CIB: this host is brought up to it, the result is judged, what went is cleared away.
    private mutating func towardsEnd(_ work: Work, _ live: LiveState, _ now: Instant) -> [Directive] {
        if let directives = judgeInTime(work, live, now) ?? keepPromise(work, live, now) { return directives }
        if let directives = perform(.prepare, of: work, now) ?? perform(.replace, of: work, now) { return directives }
        if work.hasWrittenForDRBD { return beginRound(now) }
        if let first = work.plan.deferred.first {
            return awaiting(.mounted, "\(first.name) and what belongs to it follow when their file system is mounted", now)
        }
        guard let cluster = live.cluster else { return perform(.retire, of: work, now) ?? converged(work, now) }
        if !work.plan.contested.isEmpty { return leaveAlone(work.plan.contested, work, now) }
        // A patch that was sent while the partition lost its quorum is in here, and is forgotten when the others are back.
        if !work.remaining(.retire).isEmpty, !isCurrent(now) { return lookAgain() }
        if !cluster.hasQuorum, !work.remaining(.retire).isEmpty || !hasEnded(work.commit) {
            return awaiting(.quorum, "this partition has no quorum: whether \(work.commit.short) stays in shows when the others are back", now)
        }
        let record = live.record
        let leads = isLeader(work)
        if record.good != work.commit || leads && work.transaction != nil && !work.isJudged {
            guard leads else { return awaitJudgement(work, live, now) }
            return judgeHealth(work, record, now)
        }
        return perform(.retire, of: work, now) ?? converged(work, now)
    }

    /// The cluster's word on a commit is one: what the leader says of it everybody says.
    private mutating func awaitJudgement(_ work: Work, _ live: LiveState, _ now: Instant) -> [Directive] {
        wordOfLeader(on: work.commit, live) + awaiting(.judgement, "the DC judges whether \(work.commit.short) is healthy", now)
    }

    mutating func wordOfLeader(on commit: CommitID, _ live: LiveState) -> [Directive] {
        guard let leader = live.cluster?.dc.map({ NodeName($0) }), leader != node, let word = live.peers[leader]?.unhealthy, word.commit == commit
        else { return [] }
        return conclude(commit, .unhealthy, "\(leader) has found: \(word.reason)")
    }

    /// Somebody else wants it otherwise, and has the last word for a while: told once.
    private mutating func leaveAlone(_ names: [String], _ work: Work, _ now: Instant) -> [Directive] {
        let reason =
            "\(names.map { NodeName($0) }.list) is contested: it was put right \(Repairs.limit) times in "
            + "\(Repairs.window.components.seconds / 60) minutes, and somebody sets it anew each time"
        return conclude(work.commit, .failed, reason) + awaiting(.contested, reason, now)
    }

    /// A promise about another commit is withdrawn before this host is touched; and not while a leader counts on it.
    private mutating func keepPromise(_ work: Work, _ live: LiveState, _ now: Instant) -> [Directive]? {
        guard live.cluster != nil, work.evidence.concernsHosts, work.hasHostSteps else { return nil }
        guard isCurrent(now) else { return lookAgain() }
        if let other = Council(live, of: work.commit, as: node).foreignIntent { return awaiting(.release, other, now) }
        guard let promise = published.promise, promise.commit != work.commit else { return nil }
        // The leader that counts on it may be in the other partition, and its transaction under way when the two are one again.
        guard live.cluster?.hasQuorum == true || !promise.hasChangedHost else {
            return awaiting(.quorum, "this partition has no quorum: whether \(promise.commit.short) comes in shows when the others are back", now)
        }
        return pledge(nil)
    }
}

extension Work {
    /// What keeps from running what goes, as long as the CIB does not have it.
    fileprivate var ban: Step? {
        remaining(.stop).first { if case .ban(let transaction, _) = $0.action { !transaction.isEmpty } else { false } }
    }

    fileprivate var hasHostSteps: Bool { approval.steps.contains { $0.scope == .everyNode || $0.volumeChange != nil } }
}
