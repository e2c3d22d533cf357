public import ClusterModel
internal import LiveState
internal import Planning
internal import Records
public import Safety
internal import Steps

/// Decides what one node does next. It reads no clock, draws no number and does nothing itself: events come in, directives go out.
///
/// Level-triggered: each decision is made from what is - the plan, the announcements, the cluster's record - and from nothing that was
/// only remembered. So dying at any moment and starting again converges.
public struct Reconciler: Sendable {
    public let node: NodeName
    let pace: Pace
    /// Whether it ends with the first commit: a person waits for it.
    let isOnce: Bool

    /// What it waits for the world to answer; it asks one thing at a time, but for the repository.
    enum Activity: Hashable, Sendable {
        case resting, fetching, observing, looking, publishing, waiting, finished
        case planning(CommitID)
        case performing
    }

    var activity = Activity.resting
    var wait: Wait?
    var head: Commit?
    /// Whether the server answered when it was asked last.
    var isFresh = false
    var isFetching = false
    /// Whether somebody has pushed, or asked, while the repository was being asked: what came after its answer is not known yet.
    var mustFetchAgain = false
    /// Whether it was asked since something was planned last.
    var isHeard = false
    /// Whether the repository is asked before anything is planned again.
    var mustFetch = true
    /// Whether something has moved since the last observation.
    var needsRound = false
    var live: LiveState?
    /// When the announcements were looked at; nil when that was before this node's own was made.
    var currentSince: Instant?
    /// What the others know of this node.
    var published = Announcement()
    /// The suspension in the record, when it was seen first, and for how many seconds it had lasted by then.
    var suspensionSeen: (suspension: Suspension, at: Instant, age: Int64)?
    /// When the suspension in the record ends by itself.
    var suspensionEnd: Instant?
    /// What a person wants to stand in the cluster's record, and does not yet; `isTold`: somebody waits for the answer.
    var wish: (edit: RecordEdit, request: Event.Request?)?
    var wantsRollback = false
    /// Whether this node has taken the lead, and whether one that leads by a person's wish alone has lost it to the DC.
    var hasLed = false
    var hasYielded = false
    var work: Work?
    /// The head, while it may not be carried out, and the commit in force is kept instead.
    var blocked: CommitID?
    /// Why the commit that is held now was not good, as far as this node judged it.
    var verdictOnHeld: (commit: CommitID, text: String, work: Work)?
    /// A transaction that is lost, or is not as it was written, this often in a row is given up for a while.
    var attempts = 0
    var retries = 0
    /// Whether it rests, when the intent is withdrawn, until what failed is tried again.
    var isStalled = false
    /// The commit that has waited for a wish for long enough.
    var grantedWish: CommitID?
    /// Commits that a newer one came after before they were looked at: untold so far.
    var passed: [CommitID] = []
    var repairs = Repairs()
    /// What the gate did not let in yet.
    var pending: (evidence: Evidence, target: CommitID)?
    var beginning: Beginning?
    var endings = Endings()
    var delays = Delays()
    /// What else was told last, so that nothing is told twice in a row.
    var told: [Topic: String] = [:]
    /// How often in a row the repository's server did not answer.
    var absences = 0
    private var timers: [TimerID.Purpose: Int] = [:]

    enum Topic: Hashable, Sendable { case wait, plan, server }

    static let attempts = 5

    public init(node: NodeName, pace: Pace = Pace(), isOnce: Bool = false) {
        self.node = node
        self.pace = pace
        self.isOnce = isOnce
    }

    /// The commit in hand.
    public var commit: CommitID? { work?.commit }

    /// The newest commit that is known here.
    public var headCommit: CommitID? { head?.id }

    /// The approval whose permits the steps need that are asked for.
    public var approval: Approval? { work?.approval }

    /// Whether there is nothing to do.
    public var isResting: Bool { activity == .resting }

    /// What it waits for.
    public var waiting: Wait? { activity == .waiting || activity == .looking ? wait : nil }

    public var isFinished: Bool { activity == .finished }

    public mutating func on(_ event: Event, at now: Instant) -> [Directive] {
        guard activity != .finished else { return [] }
        switch event {
        case .started: return start(now)
        case .timer(let timer): return fire(timer, now)
        case .moved(let source): return moved(source, now)
        case .fetched(let fetched): return self.fetched(fetched, now)
        case .observed(let live): return observed(live, now)
        case .planned(let evidence): return planned(evidence, now)
        case .looked(let glance): return looked(glance, now)
        case .performed(let step, let outcome): return performed(step, outcome, now)
        case .published: return announced(now)
        case .failed(let trouble): return failed(trouble, now)
        case .requested(let request): return requested(request, now)
        }
    }

    // MARK: Timers

    mutating func timer(_ purpose: TimerID.Purpose, after pause: Duration) -> Directive {
        timers[purpose, default: 0] += 1
        return .start(TimerID(purpose: purpose, number: timers[purpose] ?? 0), after: pause)
    }

    private mutating func fire(_ timer: TimerID, _ now: Instant) -> [Directive] {
        guard timers[timer.purpose] == timer.number else { return [] }
        switch timer.purpose {
        case .fetch: return isFetching ? [] : fetch()
        case .retry, .hold:
            needsRound = true
            return resume(now)
        case .look: return activity == .waiting ? takeUp(now) : []
        }
    }

    /// At rest, or in a wait: begins a round if something asks for one.
    mutating func resume(_ now: Instant) -> [Directive] {
        guard needsRound, activity == .resting || activity == .waiting else { return [] }
        return beginRound(now)
    }
}
