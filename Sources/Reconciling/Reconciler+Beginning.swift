internal import CIB
internal import ClusterModel
internal import Health
internal import LiveState
internal import Planning
internal import Records
internal import Repository
internal import Safety
internal import Steps

/// How what the first transaction of a commit has brought does, while the second waits.
struct Beginning: Sendable {
    let commit: CommitID
    let baseline: ClusterStatus?
    /// What its time counts from.
    let since: Instant
    /// Since when all of it is well.
    var healthySince: Instant?
    /// Whether it was watched for long enough: what fails later is not its doing.
    var isSound = false
}

// A commit that comes in two transactions: what the first has brought is judged as the whole would be. The second waits for just that, and would
// for ever where it does not start.
extension Reconciler {
    /// Nil while nothing speaks against what is in, and where this node has no say.
    ///
    /// - Parameter isLetIn: whether the second transaction is on its way: then the whole is judged soon.
    mutating func judgeBeginning(_ evidence: Evidence, _ now: Instant, isLetIn: Bool = false) -> [Directive]? {
        let live = evidence.live
        guard let commit = evidence.plan.commit, live.record.begun == commit, live.record.good != commit else {
            beginning = nil
            return nil
        }
        guard let cluster = live.cluster, cluster.hasQuorum, live.suspension == nil, leads(evidence, cluster) else { return nil }
        let touched = touched(by: commit, evidence)
        guard let beginning, beginning.commit == commit else {
            beginning = Beginning(commit: commit, baseline: baseline(of: commit) ?? cluster.forJudgement(of: touched), since: now)
            return nil
        }
        guard !beginning.isSound else { return nil }
        let times = evidence.policy.health
        switch HealthCheck(wanted: live.cib, touched: touched, baseline: beginning.baseline).judge(cluster) {
        case .healthy, .asBefore: return watch(beginning, times, now)
        case .notYet(let reasons):
            self.beginning?.healthySince = nil
            guard now - beginning.since >= times.limit else { return nil }
            let text = "not healthy within \(times.limit.components.seconds) s: " + reasons.joined(separator: "\n")
            return takeBack(commit, text, evidence, isLetIn)
        case .broken(let reasons): return takeBack(commit, reasons.joined(separator: "\n"), evidence, isLetIn)
        }
    }

    private mutating func watch(_ beginning: Beginning, _ times: Policy.HealthTimes, _ now: Instant) -> [Directive]? {
        let since = beginning.healthySince ?? now
        self.beginning?.healthySince = since
        self.beginning?.isSound = now - since >= times.stable
        return nil
    }

    private func touched(by commit: CommitID, _ evidence: Evidence) -> Set<ResourceID> {
        guard let work, work.commit == commit else { return evidence.touched }
        return work.judged.union(evidence.touched)
    }

    private func baseline(of commit: CommitID) -> ClusterStatus? { work.flatMap { $0.commit == commit ? $0.baseline : nil } }

    /// Nil where there is no way back, and that was said.
    private mutating func takeBack(_ commit: CommitID, _ reasons: String, _ evidence: Evidence, _ isLetIn: Bool) -> [Directive]? {
        let work = self.work.flatMap { $0.commit == commit ? $0 : nil }
        if let why = whyNoWayBack(from: work, evidence, evidence.live.record) {
            guard !isLetIn else { return nil }
            let text = Self.stuck(reasons, why)
            guard let directives = announceUnhealthy(commit, text) else { return nil }
            needsRound = true  // what was let in is the first part: the plan of the second is made anew
            return conclude(commit, .unhealthy, text) + directives
        }
        if let directives = withdrawIntent() { return directives }
        if let work { verdictOnHeld = (commit, reasons, work) }
        pending = (evidence, commit)
        return write(.held(commit, because: reasons))
    }
}
