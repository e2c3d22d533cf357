public import Reconciling

/// One commit carried out once, for a person who waits for it.
public struct Application: Sendable {
    private let node: LocalNode
    /// What has to settle first gets so long.
    private static let patience = Duration.seconds(300)
    private static let pause = Duration.milliseconds(500)

    public init(_ node: LocalNode) { self.node = node }

    /// - Returns: how it ended; waiting for longer than 5 minutes counts as failed.
    public func run() async -> (result: Reconciler.Result, text: String) {
        let deadline = ContinuousClock.now + Self.patience
        var trigger = Reconciler.Trigger.interval
        while true {
            switch await node.round(trigger) {
            case .idle: return (.converged, "")
            case .concluded(_, let result, let text): return (result, text)
            case .waiting(let reason):
                guard ContinuousClock.now < deadline, !Task.isCancelled else {
                    return (.failed, "gave up waiting: \(reason)")
                }
            }
            try? await Task.sleep(for: Self.pause)
            trigger = .retry
        }
    }
}
