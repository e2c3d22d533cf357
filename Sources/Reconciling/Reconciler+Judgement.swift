internal import CIB
internal import ClusterModel
internal import Health
internal import LiveState
internal import Records
internal import Repository
internal import Safety
internal import Steps

// After the transaction: was it good? The leader judges, and leaves its word in the cluster's record.
extension Reconciler {
    mutating func judgeHealth(_ work: Work, _ record: ClusterRecord, _ now: Instant) -> [Directive] {
        if let directives = withdrawIntent() { return directives }
        beginJudgement(work, now)
        guard let work = self.work, let since = work.judgedSince, wait?.name == .healthy, let live, let cluster = live.cluster else {
            return awaiting(.healthy, "\(work.commit.short) is in: is all well?", now)
        }
        if wantsRollback, record.good != work.commit { return fail("a person asked to go back", work, record, now) }
        let check = HealthCheck(wanted: live.cib, touched: work.judged, baseline: work.baseline)
        let isOver = now - since >= work.evidence.policy.health.limit
        switch check.judge(cluster) {
        case .healthy where cluster.isIdle || check.wasRestless && isOver: return healthy(work, record, now)
        case .healthy:
            return unsettled(["a transition is under way"], work, record, now, isAsBefore: check.wasRestless)
        case .asBefore(let reasons): return unsettled(reasons, work, record, now, isAsBefore: true)
        case .notYet(let reasons): return unsettled(reasons, work, record, now)
        case .broken(let reasons): return fail(reasons.joined(separator: "\n"), work, record, now)
        }
    }

    private mutating func beginJudgement(_ work: Work, _ now: Instant) {
        if work.judgedSince == nil { self.work?.judgedSince = now }
        if work.baseline == nil { self.work?.baseline = live?.cluster?.forJudgement(of: work.judged) }
    }

    /// The time runs from the first look after the transaction. What fails on this host meanwhile, and is tried again and again, does not keep the
    /// cluster from going back.
    mutating func judgeInTime(_ work: Work, _ live: LiveState, _ now: Instant) -> [Directive]? {
        let record = live.record
        guard let cluster = live.cluster, cluster.hasQuorum, isLeader(work), !work.isJudged else { return nil }
        guard record.applied == work.commit, record.good != work.commit else { return nil }
        beginJudgement(work, now)
        guard let work = self.work, let since = work.judgedSince else { return nil }
        guard wantsRollback || now - since >= work.evidence.policy.health.limit else { return nil }
        guard isCurrent(now) else { return lookAgain() }
        if wantsRollback { return withdrawIntent() ?? fail("a person asked to go back", work, record, now) }
        switch HealthCheck(wanted: live.cib, touched: work.judged, baseline: work.baseline).judge(cluster) {
        case .healthy: return nil
        case .asBefore(let reasons), .notYet(let reasons): return withdrawIntent() ?? late(reasons, work, record, now)
        case .broken(let reasons): return withdrawIntent() ?? fail(reasons.joined(separator: "\n"), work, record, now)
        }
    }

    private mutating func healthy(_ work: Work, _ record: ClusterRecord, _ now: Instant) -> [Directive] {
        let since = work.healthySince ?? now
        self.work?.healthySince = since
        guard now - since >= work.evidence.policy.health.stable else {
            return awaiting(.healthy, "\(work.commit.short) is healthy, and is watched for a while", now)
        }
        self.work?.isJudged = true
        self.work?.faults = nil
        guard record.good != work.commit else { return advance(now) }
        return write(.good(work.commit))
    }

    /// - Parameter isAsBefore: whether the cluster was as restless before the commit: it is watched on, and not anew.
    private mutating func unsettled(
        _ reasons: [String], _ work: Work, _ record: ClusterRecord, _ now: Instant, isAsBefore: Bool = false
    ) -> [Directive] {
        self.work?.healthySince = isAsBefore ? work.healthySince ?? now : nil
        guard let since = work.judgedSince, now - since >= work.evidence.policy.health.limit else {
            return awaiting(.healthy, reasons.joined(separator: "\n"), now)
        }
        return late(reasons, work, record, now)
    }

    private mutating func late(_ reasons: [String], _ work: Work, _ record: ClusterRecord, _ now: Instant) -> [Directive] {
        let limit = work.evidence.policy.health.limit.components.seconds
        return fail("not healthy within \(limit) s: " + reasons.joined(separator: "\n"), work, record, now)
    }

    /// Back to the commit that was good, by the same stages; or where there is no way back, or none is wanted, it is said.
    private mutating func fail(_ reasons: String, _ work: Work, _ record: ClusterRecord, _ now: Instant) -> [Directive] {
        wantsRollback = false
        self.work?.isJudged = true
        self.work?.faults = reasons
        guard record.good != work.commit else { return advance(now) }
        if let why = whyNoWayBack(from: work, work.evidence, record) { return unhealthy(reasons, why, work, now) }
        verdictOnHeld = (work.commit, reasons, work)
        return write(.held(work.commit, because: reasons))
    }

    /// Nil where the cluster can go back to the commit that was good.
    func whyNoWayBack(from work: Work?, _ evidence: Evidence, _ record: ClusterRecord) -> String? {
        guard record.good != nil else { return "no commit was healthy before it" }
        guard work?.isReversible != false else { return "a step of it can't be undone" }
        return evidence.policy.rollback == .auto ? nil : "rollback is off"
    }

    /// It may still become healthy: it is looked at now and then.
    private mutating func unhealthy(_ reasons: String, _ why: String, _ work: Work, _ now: Instant) -> [Directive] {
        let text = Self.stuck(reasons, why)
        let directives = conclude(work.commit, .unhealthy, text)
        return directives + (announceUnhealthy(work.commit, text) ?? awaiting(.healthy, reasons, now))
    }

    static func stuck(_ reasons: String, _ why: String) -> String { "\(reasons)\nthere is no way back: \(why)" }

    /// Nil where the others know it already.
    mutating func announceUnhealthy(_ commit: CommitID, _ text: String) -> [Directive]? {
        guard live?.cluster != nil, published.unhealthy?.commit != commit else { return nil }
        var announcement = published
        announcement.unhealthy = Announcement.Refusal(commit, text)
        return publish(announcement)
    }

    // MARK: On request

    /// A person does not wait for the judgement. Of a commit that has had it there is nothing to go back from, and the next one is none of theirs.
    mutating func rollBack(_ request: Event.Request, _ now: Instant) -> [Directive] {
        guard let work, let record = live?.record, isLeader(work), work.judgedSince != nil, !work.isJudged, record.applied == work.commit,
            record.good != work.commit
        else { return [.tell(.answered(request, "nothing is being judged here: \"coxswain rollback\" goes back with a commit"))] }
        if let why = whyNoWayBack(from: work, work.evidence, record) { return [.tell(.answered(request, "there is no way back: \(why)"))] }
        wantsRollback = true
        return [.tell(.answered(request, "going back"))] + (activity == .waiting ? takeUp(now) : [])
    }
}

extension Work {
    /// Whether all that was done for it can be taken back.
    fileprivate var isReversible: Bool { !done.contains { $0.undo == .none && $0.stage != .judge } }
}

extension ClusterStatus {
    /// Who takes over the judgement does not know what ran before. What has failed of what the commit touches is taken for its doing; of
    /// bystanders what fails from then on.
    func forJudgement(of touched: Set<ResourceID>) -> ClusterStatus {
        var status = self
        status.resources = []
        status.failures.removeAll { touched.contains($0.resource) }
        status.failCounts = failCounts.filter { !touched.contains($0.key.resource) }
        return status
    }
}
