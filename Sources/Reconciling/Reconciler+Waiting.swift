internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Records
internal import Repository
internal import Safety
internal import Steps

// Waits: a wait looks, and does not plan; it plans again when the configuration, the head or this host has moved.
extension Reconciler {
    mutating func awaiting(_ name: Wait.Name, _ reason: String, _ now: Instant) -> [Directive] {
        guard activity != .finished else { return [.tell(.waiting(head?.id, name, reason))] }
        if wait?.name == name {
            wait?.looks += 1
            wait?.reason = reason
        } else {
            wait = Wait(name, reason, since: now)
        }
        activity = .waiting
        let commit = commitAtHand
        wait?.attend(to: commit, at: now)
        var directives = overdue(reason, now) + delayed(reason, now)
        let words = "\(name.rawValue) \(reason.shape)"
        let isReminder = wait.map { now - $0.toldAt >= pace.reminder } ?? false
        if told.updateValue(words, forKey: .wait) != words || isReminder {
            wait?.toldAt = now
            let minutes = wait.map { (now - $0.since).components.seconds / 60 } ?? 0
            directives.append(.tell(.waiting(head?.id, name, isReminder ? "for \(minutes) min: \(reason)" : reason)))
        }
        if needsRound { return directives + beginRound(now) }
        return directives + [timer(.look, after: pace.pause(beforeLook: wait?.looks ?? 0))]
    }

    /// A wait that lasts too long is written down, and goes on.
    private mutating func overdue(_ reason: String, _ now: Instant) -> [Directive] {
        guard let wait, !wait.isOverdue, let limit = limit(of: wait.name), now - wait.commitSince >= limit else { return [] }
        self.wait?.isOverdue = true
        return commitAtHand.map { conclude($0, .failed, "after \(limit.components.seconds) s: \(reason)") } ?? []
    }

    /// One that lasts for a while is written down before that, once for each thing that the commit waits for.
    private mutating func delayed(_ reason: String, _ now: Instant) -> [Directive] {
        guard let wait, !wait.isOverdue, wait.name != .contested, now - wait.commitSince >= pace.note else { return [] }
        // The newest commit waits, be it for the way back from it; what is in force is only put right. Without a look at the cluster nobody knows.
        guard let live, let head, commitAtHand == head.id || live.record.held == head.id else { return [] }
        guard !hasEnded(head.id), delays.note(head.id, wait.name) else { return [] }
        let left = deadline(of: wait).map { max(.zero, $0 - now) }
        return [.tell(.delayed(Delay(commit: head.id, wait: wait.name, reason: reason, lasted: now - wait.commitSince, left: left)))]
    }

    private func deadline(of wait: Wait) -> Instant? {
        guard wait.name == .healthy else { return limit(of: wait.name).map { wait.commitSince + $0 } }
        return work.flatMap { work in work.judgedSince.map { $0 + work.evidence.policy.health.limit } }
    }

    func limit(of name: Wait.Name) -> Duration? {
        switch name {
        case .resumed, .healthy, .contested: nil
        case .world, .gate, .able, .prepared, .ready, .release, .peer, .transaction, .stopped, .mounted, .quorum, .judgement: pace.patience
        }
    }

    /// The moment for another look has come.
    mutating func takeUp(_ now: Instant) -> [Directive] {
        guard let wait else { return [] }
        switch wait.name {
        case .world:
            mustFetch = mustFetch || head == nil
            return beginRound(now)
        case .mounted: return beginRound(now)
        // A file system is mounted here now, perhaps, that was not when this was planned: no other look tells.
        case .prepared, .transaction:
            guard wait.looks % 5 == 4, work?.plan.unwrittenDomains.isEmpty == false else { return look(wait) }
            return beginRound(now)
        // A disk, a secret, a connection of DRBD's is there again, perhaps: no look at the cluster tells of this host.
        case .gate where wait.looks % 6 == 5 && pending?.evidence.waitsForHost == true: return beginRound(now)
        case .contested where repairs.contested(at: now).isEmpty: return beginRound(now)
        // Its time is over: no look tells.
        case .resumed where suspensionEnd.map { now >= $0 } == true: return beginRound(now)
        default: return look(wait)
        }
    }

    private mutating func look(_ wait: Wait) -> [Directive] {
        activity = .looking
        return [.look(withStatus: wait.needsStatus)]
    }

    mutating func looked(_ glance: Glance, _ now: Instant) -> [Directive] {
        guard activity == .looking, var live else { return [] }
        if let version = glance.version, !version.hasSameConfiguration(as: live.cib.version) { needsRound = true }
        let former = Set(live.peers.keys)
        // Two halves that find each other may each have gone on from the same version.
        if let cluster = glance.cluster, cluster.onlineNodes != live.cluster?.onlineNodes { needsRound = true }
        let wasRefused = refusalOfOthers != nil
        live.peers = glance.peers
        if let cluster = glance.cluster { live.cluster = cluster }
        self.live = live
        published = live.peers[node] ?? Announcement()
        currentSince = now
        if wasRefused, refusalOfOthers == nil { needsRound = true }
        if let plan = work?.plan, let cluster = live.cluster, plan.isOvertaken(by: cluster) { needsRound = true }
        if needsRound { return beginRound(now) }
        if glance.cluster == nil, live.cluster != nil, former != Set(glance.peers.keys) {
            activity = .looking  // who has left, or come?
            return [.look(withStatus: true)]
        }
        return goOn(live, now)
    }

    /// With what was seen just now: at the gate again, or on; but not on where the gate would not let it in any more.
    private mutating func goOn(_ live: LiveState, _ now: Instant) -> [Directive] {
        if var pending {
            (pending.evidence.live.peers, pending.evidence.live.cluster) = (live.peers, live.cluster)
            if let wait, wait.name == .gate, now - wait.since >= pace.wish { grantedWish = pending.target }
            // What the gate waited for may be a mount: the plan knows nothing of it yet, and leaves out the files that belong onto it.
            if !pending.evidence.plan.unreachableFiles.isEmpty, pending.evidence.hindrance(grantingWishes: grantedWish == pending.target) == nil {
                return beginRound(now)
            }
            return judge(pending.evidence, for: pending.target, now)
        }
        work?.evidence.live.peers = live.peers
        work?.evidence.live.cluster = live.cluster
        guard let work, let hindrance = work.evidence.hindrance(grantingWishes: true) else { return advance(now) }
        let directives = rule(hindrance, work.evidence, work.commit, now)
        pending = nil  // it was let in already, and goes on where it stands
        return directives
    }

    // MARK: Requests

    mutating func requested(_ request: Event.Request, _ now: Instant) -> [Directive] {
        switch request {
        case .reconcile:
            needsRound = true
            let answer = live?.suspension == nil ? "looking" : "it is suspended, and looks only"
            return [.tell(.answered(request, answer))] + fetchAnew() + resume(now)
        case .suspend(let suspension): return take(.suspend(suspension), request, now)
        case .resume: return take(.resume, request, now)
        case .rollback: return rollBack(request, now)
        }
    }
}
