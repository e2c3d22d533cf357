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
        guard let since = work.judgedSince else {
            self.work?.judgedSince = now
            if work.baseline == nil { self.work?.baseline = live?.cluster?.forJudgement(of: work.judged) }
            return awaiting(.healthy, "\(work.commit.short) is in: is all well?", now)
        }
        guard wait?.name == .healthy, let live, let cluster = live.cluster else {
            return awaiting(.healthy, "\(work.commit.short) is in: is all well?", now)
        }
        if wantsRollback { return fail("a person asked to go back", work, record, now) }
        let check = HealthCheck(wanted: live.cib, touched: work.judged, baseline: work.baseline)
        switch check.judge(cluster) {
        case .healthy where cluster.isIdle: return healthy(work, record, now)
        case .healthy: return unsettled(["a transition is under way"], since, work, record, now)
        case .notYet(let reasons): return unsettled(reasons, since, work, record, now)
        case .broken(let reasons): return fail(reasons.joined(separator: "\n"), work, record, now)
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

    private mutating func unsettled(
        _ reasons: [String], _ since: Instant, _ work: Work, _ record: ClusterRecord, _ now: Instant
    ) -> [Directive] {
        self.work?.healthySince = nil
        let limit = work.evidence.policy.health.limit
        guard now - since >= limit else { return awaiting(.healthy, reasons.joined(separator: "\n"), now) }
        return fail("not healthy within \(limit.components.seconds) s: " + reasons.joined(separator: "\n"), work, record, now)
    }

    /// Back to the commit that was good, by the same stages; or where there is no way back, or none is wanted, it is said.
    private mutating func fail(_ reasons: String, _ work: Work, _ record: ClusterRecord, _ now: Instant) -> [Directive] {
        wantsRollback = false
        self.work?.isJudged = true
        self.work?.faults = reasons
        if let good = record.good, good != work.commit, work.evidence.policy.rollback == .auto, work.isReversible {
            verdictOnHeld = (work.commit, reasons, work)
            return write(.held(work.commit, because: reasons))
        }
        guard record.good == work.commit else { return unhealthy(reasons, work, record, now) }
        return advance(now)
    }

    /// It may still become healthy: it is looked at now and then.
    private mutating func unhealthy(_ reasons: String, _ work: Work, _ record: ClusterRecord, _ now: Instant) -> [Directive] {
        let why = record.good == nil ? "no commit was healthy before it" : work.isReversible ? "rollback is off" : "a step of it can't be undone"
        let text = "\(reasons)\nthere is no way back: \(why)"
        let directives = conclude(work.commit, .unhealthy, text)
        guard live?.cluster != nil, published.unhealthy?.commit != work.commit else { return directives + awaiting(.healthy, reasons, now) }
        var announcement = published
        announcement.unhealthy = Announcement.Refusal(work.commit, text)
        return directives + publish(announcement)
    }
}

extension Work {
    /// Whether all that was done for it can be taken back.
    fileprivate var isReversible: Bool { !done.contains { $0.undo == .none && $0.stage != .judge } }
}

extension ClusterStatus {
    /// Who takes over the judgement does not know what ran before. What has failed of what the commit touches is taken for its doing; of
    /// bystanders what fails from then on.
    fileprivate func forJudgement(of touched: Set<ResourceID>) -> ClusterStatus {
        var status = self
        status.resources = []
        status.failures.removeAll { touched.contains($0.resource) }
        status.failCounts = failCounts.filter { !touched.contains($0.key.resource) }
        return status
    }
}
