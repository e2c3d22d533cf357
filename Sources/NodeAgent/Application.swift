internal import Reconciling
public import Records

/// One commit carried out once, for a person who waits for it.
public struct Application: Sendable {
    private let node: LocalNode
    private let journal: EventLog
    /// What has to settle first gets so long.
    private static let patience = Duration.seconds(300)
    private static let pause = Duration.milliseconds(500)

    public init(_ node: LocalNode, journal: EventLog) {
        self.node = node
        self.journal = journal
    }

    /// - Returns: how it ended; waiting for longer than 5 minutes counts as failed.
    public func run() async -> CommitResult {
        let deadline = ContinuousClock.now + Self.patience
        var trigger = Reconciler.Trigger.interval
        while true {
            switch await node.round(trigger) {
            case .idle: return .converged
            case .concluded(_, let result): return result
            case .stranded(let reason):
                journal.say(reason, .error)
                return .failed
            case .waiting(let reason):
                guard ContinuousClock.now < deadline, !Task.isCancelled else {
                    journal.say("gave up waiting: \(reason)", .error)
                    return .failed
                }
            }
            try? await Task.sleep(for: Self.pause)
            trigger = .retry
        }
    }
}
