internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

// What the gate says of a commit, and what follows from it.
extension Reconciler {
    mutating func planned(_ evidence: Evidence, _ now: Instant) -> [Directive] {
        guard case .planning(let target) = activity else { return [] }
        live = evidence.live
        // Before it is said that history was rewritten: the cluster may only be ahead of what this node has fetched.
        if target == head?.id, evidence.lineage.isRewritten, !isHeard {
            mustFetch = true
            return beginRound(now)
        }
        isHeard = false
        return endHolds(evidence, target) ?? awaitOverdue(evidence) + judge(evidence, for: target, now)
    }

    mutating func judge(_ evidence: Evidence, for target: CommitID, _ now: Instant) -> [Directive] {
        tellPassed(for: target) + rule(evidence.judge(grantingWishes: grantedWish == target), evidence, target, now)
    }

    mutating func rule(_ verdict: Verdict, _ evidence: Evidence, _ target: CommitID, _ now: Instant) -> [Directive] {
        pending = nil
        if !isRefused(target, verdict, evidence.live), let directives = lift(evidence) { return directives }
        switch verdict {
        case .approved(let approval):
            return report(approval.plan, target) + leave(for: target) + take(up: target, evidence, approval, now)
        case .waiting(let objections) where isOnce && objections.contains { $0.kind == .pause }:
            return refuse(.refused, objections.text, target, evidence, now)
        case .waiting(let objections): return wait(for: objections, evidence, target, now)
        case .undecided(let objections): return judgeBeginning(evidence, now) ?? stall(objections.text, now)
        case .refused(let objections):
            let isPassing = objections.allSatisfy { $0.kind == .lack }
            if isPassing, !isOnce { return lack(objections, evidence, target, now) }
            return refuse(.refused, objections.text, target, evidence, now)
        }
    }

    /// The gate may open by itself: it is asked again with each new look, and nothing is planned.
    private mutating func wait(
        for objections: [Objection], _ evidence: Evidence, _ target: CommitID, _ now: Instant
    ) -> [Directive] {
        if let directives = withdrawIntent() {
            needsRound = true
            return directives
        }
        if let directives = judgeBeginning(evidence, now) { return directives }
        pending = (evidence, target)
        let words = evidence.live.record.begun == target ? wordOfLeader(on: target, evidence.live) : []
        return words + awaiting(objections.contains { $0.kind == .pause } ? .resumed : .gate, objections.text, now)
    }

    /// What is missing on this host the others are told of; what the whole partition lacks they see themselves.
    private mutating func lack(_ objections: [Objection], _ evidence: Evidence, _ target: CommitID, _ now: Instant) -> [Directive] {
        if target == head?.id, evidence.live.cluster?.hasQuorum == true, let directives = decline(objections.text, evidence, now) {
            return directives
        }
        return wait(for: objections, evidence, target, now)
    }

    /// The commit may not be carried out. The others are told why, and the commit in force is kept as it is meant to be.
    mutating func refuse(
        _ result: CommitResult, _ text: String, _ target: CommitID, _ evidence: Evidence?, _ now: Instant
    ) -> [Directive] {
        guard target == head?.id else { return refuseWayBack(to: target, text, now) }
        if let directives = decline(text, evidence, now) { return directives }
        let directives = conclude(target, result, text)
        guard activity != .finished else { return directives }
        // What it stands on - a device in use, a domU that runs - may go, and nothing tells this node.
        return directives + [timer(.retry, after: pace.reconsider)] + (keepInForce(insteadOf: target, now) ?? leave(for: target) + rest(now))
    }

    /// The newest commit can't be had: meanwhile the one in force is kept as it is meant to be. Nil where there is no other.
    mutating func keepInForce(insteadOf commit: CommitID, _ now: Instant) -> [Directive]? {
        guard let live, let applied = live.record.applied else { return nil }
        let kept = live.record.target(head: applied)
        guard kept != commit else { return nil }
        blocked = commit
        return plan(kept, now)
    }

    /// Neither the newest commit, nor what is to be in force instead.
    private mutating func refuseWayBack(to target: CommitID, _ text: String, _ now: Instant) -> [Directive] {
        if let directives = withdrawIntent() { return directives }
        let record = live?.record
        let directives =
            if let held = record?.held, held == head?.id {
                endHeld(held, "the way back to \(target.short) is not let in: \(text)")
            } else {
                conclude(target, .failed, text)
            }
        // What was in hand is not in hand any more: nothing goes on by an approval of before.
        let farewell = leave(for: target)
        work = nil
        return directives + farewell + [timer(.retry, after: pace.reconsider)] + (awaitOthers(now) ?? rest(now))
    }

    /// With what was done for it, and for the way back so far.
    private mutating func endHeld(_ held: CommitID, _ text: String) -> [Directive] {
        var whole = verdictOnHeld?.commit == held ? verdictOnHeld?.work : nil
        if let work, work.commit != held { whole?.done += work.done }
        defer { verdictOnHeld?.work.forgetDeeds() }
        return conclude(held, .unhealthy, text, of: whole)
    }

    /// Lets the others know that this node will not have the commit; nil when they do already.
    private mutating func decline(_ text: String, _ evidence: Evidence?, _ now: Instant) -> [Directive]? {
        guard let head, live?.cluster != nil, evidence?.concernsHosts != false else { return withdrawIntent() }
        var announcement = published
        announcement.refusal = Announcement.Refusal(head.id, text)
        announcement.intent = nil
        guard announcement != published else { return nil }
        // It is planned again when that is known: nothing else remembers that it was refused.
        needsRound = true
        return publish(announcement)
    }

    /// Whether one of the nodes will not have it: then it is not what anything is done for, and what is kept instead may want the contrary.
    private func isRefused(_ target: CommitID, _ verdict: Verdict, _ live: LiveState) -> Bool {
        if case .refused = verdict { return true }
        return live.peers.values.contains { $0.refusal?.commit == target }
    }

    /// What a commit that was given up has stopped runs again, whatever the plan at hand waits for still. What that wants gone stays stopped.
    private mutating func lift(_ evidence: Evidence) -> [Directive]? {
        guard let cluster = evidence.live.cluster, cluster.hasQuorum, leads(evidence, cluster) else { return nil }
        let resources = evidence.plan.givenUpBans
        guard !resources.isEmpty else { return nil }
        if let directives = withdrawIntent() { return directives }
        pending = evidence.plan.commit.map { (evidence, $0) }
        return write(.lift(resources, by: node))
    }

    // MARK: What was let in

    private mutating func report(_ plan: Plan, _ target: CommitID) -> [Directive] {
        guard !plan.isEmpty else { return [] }
        let counts = (plan.count(.create), plan.count(.change), plan.count(.delete))
        let words = "\(target.hex) \(counts.0) \(counts.1) \(counts.2)"
        guard told.updateValue(words, forKey: .plan) != words else { return [] }
        let drift = endings[target]?.result == .converged ? plan.drift : [:]
        return [.tell(.planned(target, create: counts.0, change: counts.1, delete: counts.2, drift: drift))]
    }

    /// What was in hand is not what is wanted any more. It has come to its end, or it ends here; what was done for it is told.
    private mutating func leave(for target: CommitID) -> [Directive] {
        let directives = leaveHeld(for: target)
        guard let work, work.commit != target, let head, let live else { return directives }
        if live.record.held == work.commit {
            if verdictOnHeld?.commit != work.commit { verdictOnHeld = (work.commit, live.record.whyHeld ?? "it was not healthy", work) }
            return directives + leaveHeld(for: target)
        }
        if let end = endings[work.commit], end.result != .failed {
            guard work.hasUntoldDeeds else { return directives }
            let result = end.result == .converged ? .superseded : end.result  // more was begun for it, and not brought to an end
            return directives + conclude(work.commit, result, end.text)
        }
        return directives + (work.commit == head.id ? [] : conclude(work.commit, .superseded, "by \(head.id.short)"))
    }

    /// A newer commit has come before the way back from the one that is held was done.
    private mutating func leaveHeld(for target: CommitID) -> [Directive] {
        guard let verdict = verdictOnHeld, let head, target == head.id, verdict.commit != target else { return [] }
        verdictOnHeld = nil
        var whole = verdict.work
        if let work {
            if work.commit == verdict.commit { whole = work } else { whole.done += work.done }
            self.work?.forgetDeeds()
        }
        return conclude(verdict.commit, .unhealthy, "\(verdict.text)\n\(head.id.short) came before the way back was done", of: whole)
    }

    private mutating func take(
        up target: CommitID, _ evidence: Evidence, _ approval: Approval, _ now: Instant
    ) -> [Directive] {
        if target == head?.id { blocked = nil }
        if work?.commit == target {
            work?.renew(evidence, approval)
        } else {
            (attempts, retries) = (0, 0)
            work = Work(target, evidence, approval)
            if wait?.name == .healthy { wait = nil }
            if wantsRollback {
                wantsRollback = false
                return [.tell(.answered(.rollback, "another commit came before the way back had begun"))] + advance(now)
            }
        }
        return advance(now)
    }
}

extension [Objection] {
    var text: String { map(\.description).joined(separator: "\n") }
}
