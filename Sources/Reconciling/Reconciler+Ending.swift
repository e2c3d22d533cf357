internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

// The end of a commit: told once, and left in a note.
extension Reconciler {
    mutating func converged(_ work: Work, _ now: Instant) -> [Directive] {
        var directives = end(work)
        guard activity != .finished else { return directives }
        // DRBD tells nobody when its disks are good again.
        if work.plan.isPostponed { directives.append(timer(.retry, after: pace.longestRetry)) }
        attempts = 0
        grantedWish = nil
        let refusal = published.refusal.flatMap { $0.commit == blocked ? $0 : nil }
        let announcement = Announcement(refusal: refusal)
        if live?.cluster != nil, announcement != published { return directives + publish(announcement) }
        return directives + (awaitOthers(now) ?? rest(now))
    }

    /// Another node has refused the newest commit, and may come to another mind.
    mutating func awaitOthers(_ now: Instant) -> [Directive]? {
        guard let refusal = refusalOfOthers else { return nil }
        return awaiting(.able, refusal, now)
    }

    var refusalOfOthers: String? {
        guard let live, let blocked, blocked == head?.id else { return nil }
        return Council(live, of: blocked, as: node).refusal
    }

    private mutating func end(_ work: Work) -> [Directive] {
        let held = live?.record.held
        if let held, held != work.commit, held == head?.id || held == verdictOnHeld?.commit { return rolledBack(held, to: work) }
        if let faults = work.faults { return conclude(work.commit, .unhealthy, faults) }
        return conclude(work.commit, .converged, "")
    }

    /// The cluster is back at the commit that was good: that is the end of the one that was not.
    private mutating func rolledBack(_ held: CommitID, to work: Work) -> [Directive] {
        let former = forsake(heldBefore: held, at: work.commit)
        let verdict = verdictOnHeld?.commit == held ? verdictOnHeld : nil
        var lines = [verdict?.text ?? live?.record.whyHeld ?? "it was not healthy", "back at \(work.commit.short)"]
        lines += (verdict?.work.done ?? []).compactMap(\.remainder)
        if let faults = work.faults { lines.append("which is not healthy either: \(faults)") }
        var whole = verdict?.work ?? work
        if verdict != nil { whole.done += work.done }
        verdictOnHeld = nil
        self.work?.forgetDeeds()
        return former + conclude(held, .rolledBack, lines.joined(separator: "\n"), of: whole)
    }

    /// On the other side of a partition another commit was held, and that side's record has won: the one that was held here ends with it.
    private mutating func forsake(heldBefore held: CommitID, at good: CommitID) -> [Directive] {
        guard let former = verdictOnHeld, former.commit != held else { return [] }
        verdictOnHeld = nil
        return conclude(former.commit, .rolledBack, "\(former.text)\nback at \(good.short)", of: former.work)
    }

    /// Tells how a commit ended: once, and again only when more was done for it, or it ends otherwise.
    mutating func conclude(_ commit: CommitID, _ result: CommitResult, _ text: String, of other: Work? = nil) -> [Directive] {
        let isOwn = other == nil && self.work?.commit == commit
        let work = isOwn ? self.work : other
        let isNews = endings.note(commit, result, text) || work?.hasUntoldDeeds == true
        if isOnce { activity = .finished }
        guard isNews else { return [] }
        told[.wait] = nil
        told[.plan] = nil
        if isOwn { result == .failed ? self.work?.countDeeds() : self.work?.forgetDeeds() }
        return [.tell(.concluded(Conclusion(commit: commit, result: result, text: text, work: work)))]
    }

    func hasEnded(_ commit: CommitID?) -> Bool { commit.flatMap { endings[$0] }.map { $0.result != .failed } ?? false }
}

extension Step {
    /// What is left of it after all that can be undone was undone.
    fileprivate var remainder: String? {
        switch undo {
        case .by: nil
        case .kept(let what): "\(id): \(what)"
        case .none: stage == .judge ? nil : "\(id) can't be undone"
        }
    }
}
