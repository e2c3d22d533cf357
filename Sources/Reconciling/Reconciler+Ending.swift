internal import ClusterModel
internal import LiveState
internal import Records
internal import Safety
internal import Steps

// The end of a commit: told once, and left in a note.
extension Reconciler {
    mutating func converged(_ work: Work, _ now: Instant) -> [Directive] {
        let directives = end(work)
        guard activity != .finished else { return directives }
        attempts = 0
        wishIsGranted = false
        var announcement = Announcement(refusal: published.refusal)
        if blocked == nil || blocked == work.commit { announcement.refusal = nil }
        announcement.isSuspended = isSuspended
        if live?.cluster != nil, announcement != published { return directives + publish(announcement) }
        return directives + rest(now)
    }

    private mutating func end(_ work: Work) -> [Directive] {
        if let head, let live, ClusterRecord(in: live.cib).held == head.id, head.id != work.commit {
            return rolledBack(head.id, to: work)
        }
        if work.commit == head?.id { blocked = nil }
        if let faults = work.faults { return conclude(work.commit, .unhealthy, faults) }
        return conclude(work.commit, .converged, "")
    }

    /// The cluster is back at the commit that was good: that is the end of the one that was not.
    private mutating func rolledBack(_ held: CommitID, to work: Work) -> [Directive] {
        let verdict = verdictOnHeld?.commit == held ? verdictOnHeld : nil
        var lines = [verdict?.text ?? "it was not healthy", "back at \(work.commit.short)"]
        lines += (verdict?.work.done ?? []).compactMap(\.remainder)
        if let faults = work.faults { lines.append("which is not healthy either: \(faults)") }
        return conclude(held, .rolledBack, lines.joined(separator: "\n"), of: verdict?.work ?? work)
    }

    mutating func conclude(_ commit: CommitID, _ result: CommitResult, _ text: String, of other: Work? = nil) -> [Directive] {
        let key = "\(commit) \(result)" + (result == .refused || result == .invalid ? text : "")
        let work = other ?? (self.work?.commit == commit ? self.work : nil)
        let isNews = told.updateValue(key, forKey: .end) != key || !(work?.done.isEmpty ?? true)
        if isOnce { activity = .finished }
        guard isNews else { return [] }
        told[.wait] = nil
        told[.plan] = nil
        if other == nil, result != .failed { self.work?.done = [] }
        return [.tell(.concluded(Conclusion(commit: commit, result: result, text: text, work: work)))]
    }

    func hasEnded(_ commit: CommitID?) -> Bool {
        guard let commit, let last = told[.end] else { return false }
        return last.hasPrefix("\(commit) ") && !last.hasPrefix("\(commit) \(CommitResult.failed)")
    }
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
