internal import GitStore
internal import Presenting
internal import Reconciling
internal import Repository

/// The loop in the foreground: a round when the interval has passed, when the world has moved, or when there was something
/// to wait for.
public actor Daemon {
    private let node: LocalNode
    private let worker: Worker
    private let interval: Duration
    private let journal: EventLog
    private var watch: Watch

    /// How often the world is looked at, and how soon a wait is taken up again.
    private static let glance = Duration.milliseconds(500)

    public init(node: LocalNode, worker: Worker, settings: Settings, interval: Duration, journal: EventLog) {
        self.node = node
        self.worker = worker
        self.interval = interval
        self.journal = journal
        watch = Watch(settings)
    }

    /// Runs until the task is cancelled; a stage under way is finished first.
    public func run() async {
        var nextFetch = ContinuousClock.now
        var isWaiting = false
        while !Task.isCancelled {
            let policy = await worker.policy
            if let trigger = trigger(fetchIsDue: .now >= nextFetch, isWaiting: isWaiting, policy) {
                if trigger != .retry { nextFetch = .now + interval }
                isWaiting = await node.round(trigger).isWaiting
            }
            try? await Task.sleep(for: min(Self.glance, interval))
        }
        journal.say("ended")
    }

    private func trigger(fetchIsDue: Bool, isWaiting: Bool, _ policy: Policy) -> Reconciler.Trigger? {
        // A movement is seen once: what is due besides must not hide it.
        if watch.hasMoved(policy) { return .world }
        if fetchIsDue { return .interval }
        return isWaiting ? .retry : nil
    }
}

extension LocalNode.End {
    fileprivate var isWaiting: Bool {
        if case .waiting = self { return true }
        return false
    }
}
