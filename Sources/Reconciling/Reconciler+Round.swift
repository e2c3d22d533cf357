internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

// A round: ask the repository if need be, look at the cluster, plan, judge.
extension Reconciler {
    /// Whatever a former life of this process has announced counts no more.
    mutating func start(_ now: Instant) -> [Directive] { publish(Announcement()) }

    mutating func moved(_ source: Event.Source, _ now: Instant) -> [Directive] {
        guard source != .repository else { return fetchAnew() }
        needsRound = true
        return resume(now)
    }

    // MARK: The repository

    mutating func fetch() -> [Directive] {
        isFetching = true
        return [.fetch(since: isOnce ? nil : head?.id)]
    }

    /// The server may have answered already, just before there was something to tell.
    mutating func fetchAnew() -> [Directive] {
        mustFetchAgain = isFetching
        return isFetching ? [] : fetch()
    }

    mutating func fetched(_ fetched: Event.Fetched, _ now: Instant) -> [Directive] {
        (isFetching, mustFetch, isHeard) = (false, false, true)
        var directives = isOnce ? [] : [timer(.fetch, after: pace.fetch)]
        if mustFetchAgain {
            mustFetchAgain = false
            directives += fetch()
        }
        switch fetched {
        case .head(let commit, let passed):
            pass(passed, for: commit)
            if told.removeValue(forKey: .server) != nil { directives.append(.tell(.serverBack)) }
            directives += learn(commit, isFresh: true)
        // A person, or a script, waits for the newest commit, and not for the newest that is known here.
        case .kept(_, let reason) where isOnce:
            activity = .finished
            return [.tell(.stranded(reason))]
        case .kept(let commit, let reason):
            if told.updateValue("away", forKey: .server) == nil { directives.append(.tell(.serverAway(commit, reason))) }
            directives += learn(commit, isFresh: false)
        case .nothing(let reason): return directives + stranded(reason, now)
        }
        if activity == .fetching { return directives + beginRound(now) }
        return directives + resume(now)
    }

    /// The newest of a burst of commits is worked on, and the others are not: they are told of when it comes to that.
    private mutating func pass(_ between: [CommitID], for commit: Commit) {
        guard let head, head.id != commit.id, !isOnce else { return }
        passed = (passed + [head.id] + between).suffix(Self.mostPassed)
    }

    private static let mostPassed = 200

    private mutating func tellPassed(for target: CommitID) -> [Directive] {
        guard let head, target == head.id, !passed.isEmpty else { return [] }
        let text = "by \(head.id.short)"
        let untold = passed.filter { commit in
            commit != target && commit != work?.commit && commit != verdictOnHeld?.commit && endings[commit] == nil
                && endings.note(commit, .superseded, text)
        }
        passed = []
        return untold.map { .tell(.concluded(Conclusion(commit: $0, result: .superseded, text: text, work: nil))) }
    }

    private mutating func learn(_ commit: Commit, isFresh: Bool) -> [Directive] {
        let isNews = head?.id != commit.id
        if isNews || isFresh && !self.isFresh { needsRound = true }
        head = commit
        self.isFresh = isFresh
        return isNews ? [.tell(.found(commit))] : []
    }

    /// There is no commit at all to work on.
    private mutating func stranded(_ reason: String, _ now: Instant) -> [Directive] {
        guard activity == .fetching else { return [] }
        if isOnce {
            activity = .finished
            return [.tell(.stranded(reason))]
        }
        return awaiting(.world, reason, now)
    }

    // MARK: The cluster

    mutating func beginRound(_ now: Instant) -> [Directive] {
        (needsRound, isStalled) = (false, false)
        guard wish != nil || head != nil && !mustFetch else { return askRepository() }
        activity = .observing
        return [.observe]
    }

    private mutating func askRepository() -> [Directive] {
        activity = .fetching
        return isFetching ? [] : fetch()
    }

    mutating func observed(_ live: LiveState, _ now: Instant) -> [Directive] {
        guard activity == .observing else { return [] }
        self.live = live
        published = live.peers[node] ?? Announcement()
        currentSince = now
        let (answers, writing) = settleSuspension(live)
        if let writing { return answers + writing }
        guard let head, !mustFetch else { return answers + askRepository() }
        return answers + plan(ClusterRecord(in: live.cib).target(head: head.id), now)
    }

    private mutating func plan(_ target: CommitID, _ now: Instant) -> [Directive] {
        guard let live, let head else { return [] }
        activity = .planning(target)
        return [.plan(target: target, head: head, live, isFresh: isFresh, contested: contested(target, live, now))]
    }

    /// Only what was put right for the commit in force can be contested.
    private func contested(_ target: CommitID, _ live: LiveState, _ now: Instant) -> Set<String> {
        guard ClusterRecord(in: live.cib).applied == target else { return [] }
        return repairs.contested(at: now)
    }

    // MARK: The gate

    mutating func planned(_ evidence: Evidence, _ now: Instant) -> [Directive] {
        guard case .planning(let target) = activity else { return [] }
        live = evidence.live
        // Before it is said that history was rewritten: the cluster may only be ahead of what this node has fetched.
        if target == head?.id, evidence.lineage.isRewritten, !isHeard {
            mustFetch = true
            return beginRound(now)
        }
        isHeard = false
        return judge(evidence, for: target, now)
    }

    mutating func judge(_ evidence: Evidence, for target: CommitID, _ now: Instant) -> [Directive] {
        tellPassed(for: target) + rule(evidence.judge(grantingWishes: grantedWish == target), evidence, target, now)
    }

    mutating func rule(_ verdict: Verdict, _ evidence: Evidence, _ target: CommitID, _ now: Instant) -> [Directive] {
        pending = nil
        switch verdict {
        case .approved(let approval):
            retries = 0
            return report(approval.plan, target) + leave(for: target) + take(up: target, evidence, approval, now)
        case .waiting(let objections) where isOnce && objections.contains { $0.kind == .pause }:
            return refuse(.refused, objections.text, target, evidence, now)
        case .waiting(let objections): return wait(for: objections, evidence, target, now)
        case .undecided(let objections): return stall(objections.text, now)
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
        pending = (evidence, target)
        return awaiting(objections.contains { $0.kind == .pause } ? .resumed : .gate, objections.text, now)
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
        guard let live, let applied = ClusterRecord(in: live.cib).applied else { return nil }
        let kept = ClusterRecord(in: live.cib).target(head: applied)
        guard kept != commit else { return nil }
        blocked = commit
        return plan(kept, now)
    }

    /// Neither the newest commit, nor what is to be in force instead.
    private mutating func refuseWayBack(to target: CommitID, _ text: String, _ now: Instant) -> [Directive] {
        if let directives = withdrawIntent() { return directives }
        let record = live.map { ClusterRecord(in: $0.cib) }
        let directives =
            if let held = record?.held, held == head?.id {
                conclude(held, .unhealthy, "the way back to \(target.short) is not let in: \(text)")
            } else {
                conclude(target, .failed, text)
            }
        // What was in hand is not in hand any more: nothing goes on by an approval of before.
        let farewell = leave(for: target)
        work = nil
        return directives + farewell + [timer(.retry, after: pace.reconsider)] + (awaitOthers(now) ?? rest(now))
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

    private var isAsking: Bool {
        switch activity {
        case .observing, .looking, .publishing, .planning: true
        case .resting, .fetching, .performing, .waiting, .finished: false
        }
    }

    /// What stands in the way may have gone with the tool that failed: nothing is concluded from it but that it failed.
    mutating func failed(_ trouble: Event.Trouble, _ now: Instant) -> [Directive] {
        guard isAsking else { return [] }
        switch (trouble, activity) {
        case (.invalid(let text), .planning(let target)): return refuse(.invalid, text, target, nil, now)
        case (.invalid(let text), _): return stall(text, now)
        case (.unavailable(let text), .planning): return stall(text, now)
        case (.unavailable(let text), _): return isOnce ? stall(text, now) : awaiting(.world, text, now)
        }
    }

    /// Something is broken that may be mended: told once, and tried again after a while.
    mutating func stall(_ text: String, _ now: Instant) -> [Directive] {
        let directives = commitAtHand.map { conclude($0, .failed, text) } ?? []
        guard activity != .finished else { return directives }
        wait = nil
        retries += 1
        let retry = timer(.retry, after: pace.pause(beforeRetry: retries - 1))
        let hasMoved = needsRound
        if let farewell = withdrawIntent() {
            (isStalled, needsRound) = (true, hasMoved)
            return directives + [retry] + farewell
        }
        activity = .resting
        return directives + [retry]
    }

    /// The commit that is being planned, or that the gate has not let in yet; or else the one in hand.
    var commitAtHand: CommitID? {
        if case .planning(let target) = activity { return target }
        if wait?.name == .gate || wait?.name == .resumed, let pending { return pending.target }
        return work?.commit ?? head?.id
    }

    private mutating func report(_ plan: Plan, _ target: CommitID) -> [Directive] {
        guard !plan.isEmpty else { return [] }
        let counts = (plan.count(.create), plan.count(.change), plan.count(.delete))
        let words = "\(target.hex) \(counts.0) \(counts.1) \(counts.2)"
        guard told.updateValue(words, forKey: .plan) != words else { return [] }
        return [.tell(.planned(target, create: counts.0, change: counts.1, delete: counts.2))]
    }

    /// What was in hand is not what is wanted any more. It has come to its end, or it ends here; what was done for it is told.
    private mutating func leave(for target: CommitID) -> [Directive] {
        let directives = leaveHeld(for: target)
        guard let work, work.commit != target, let head, let live else { return directives }
        if ClusterRecord(in: live.cib).held == work.commit {
            if verdictOnHeld?.commit != work.commit { verdictOnHeld = (work.commit, "it was not healthy", work) }
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
            attempts = 0
            work = Work(target, evidence, approval)
        }
        return advance(now)
    }
}

extension [Objection] {
    var text: String { map(\.description).joined(separator: "\n") }
}
