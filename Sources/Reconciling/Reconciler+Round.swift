internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

// A round: ask the repository if need be, look at the cluster, plan.
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
        absences = fetched.isAway ? absences + 1 : 0
        var directives = isOnce ? [] : [timer(.fetch, after: pace.pause(beforeFetch: absences))]
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

    mutating func tellPassed(for target: CommitID) -> [Directive] {
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
        var live = live
        live.time = steadyTime(of: live, now)
        self.live = live
        published = live.peers[node] ?? Announcement()
        currentSince = now
        suspensionEnd = live.suspension?.until.map { now + .seconds($0 - live.time) }
        let (answers, writing) = settleSuspension(live)
        if let writing { return answers + writing }
        guard let head, !mustFetch else { return answers + askRepository() }
        return answers + plan(live.record.target(head: head.id), now)
    }

    mutating func plan(_ target: CommitID, _ now: Instant) -> [Directive] {
        guard let live, let head else { return [] }
        activity = .planning(target)
        return [.plan(target: target, head: head, live, isFresh: isFresh, contested: contested(target, live, now))]
    }

    /// Only what was put right for the commit in force can be contested.
    private func contested(_ target: CommitID, _ live: LiveState, _ now: Instant) -> Set<String> {
        guard live.record.applied == target else { return [] }
        return repairs.contested(at: now)
    }

    // MARK: What fails

    private var isAsking: Bool {
        switch activity {
        case .observing, .looking, .publishing, .planning: true
        case .resting, .fetching, .performing, .waiting, .finished: false
        }
    }

    /// What stands in the way may have gone with the tool that failed: nothing is concluded from it but that it failed.
    mutating func failed(_ trouble: Event.Trouble, _ now: Instant) -> [Directive] {
        guard isAsking else { return [] }
        return giveUpWish(trouble) + failing(trouble, now)
    }

    /// Who asks for a suspension does not expect it an hour later.
    private mutating func giveUpWish(_ trouble: Event.Trouble) -> [Directive] {
        guard case .unavailable(let text) = trouble, activity == .observing else { return [] }
        return dismiss("nothing was written: the cluster can't be asked: \(text.firstLine)")
    }

    private mutating func failing(_ trouble: Event.Trouble, _ now: Instant) -> [Directive] {
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
}
