internal import Diagnostics
public import Presenting
internal import Synchronization

/// Tells those who are to be told, one after the other: one process at a time, whatever they are. What can't be delivered is tried again for a
/// while; nobody who has something to tell ever waits.
public final class Courier: Sendable {
    private let queues: [Queue]
    private let turnstile = Turnstile()

    private struct Queue: Sendable {
        let rule: NotificationRule
        let entries: AsyncStream<LogEntry>.Continuation
        let work: Task<Void, Never>
    }

    /// What one of them may be behind; of more the oldest are not told.
    static let longestQueue = 256

    /// Before each further attempt, give or take a fifth: some twenty minutes in all.
    public static let pauses: [Duration] = [.seconds(2), .seconds(10), .seconds(60), .seconds(300), .seconds(900)]

    /// - Parameters:
    ///   - secrets: the node's secret of that name.
    ///   - report: who hears of what could not be told, at once and at last: the rule's name, and why; nil when something was told.
    public init(
        _ rules: [NotificationRule], node: String, pauses: [Duration] = Courier.pauses, secrets: @escaping @Sendable (String) throws -> String,
        report: @escaping @Sendable (_ rule: String, _ trouble: String?) -> Void
    ) {
        queues = rules.map { [turnstile] rule in
            let (entries, inbox) = AsyncStream<LogEntry>.makeStream(bufferingPolicy: .bufferingNewest(Self.longestQueue))
            let delivery = Delivery(rule: rule, node: node, secrets: secrets)
            let work = Task.detached {
                var last: CommitStatus?
                for await entry in entries {
                    let status = if case .status = rule.target { CommitStatus(entry, node: node) } else { nil as CommitStatus? }
                    // Hosts refuse a state that is there already.
                    if let status, status.commit == last?.commit, status.state == last?.state { continue }
                    let failure = await Self.deliver(entry, delivery, pauses, turnstile) { report(rule.name, "\($0.reason); it is tried again") }
                    if failure == nil { last = status }
                    report(rule.name, failure.map { "\($0.reason); that event is given up" })
                    if Task.isCancelled { return }
                }
            }
            return Queue(rule: rule, entries: inbox, work: work)
        }
    }

    public func take(_ entry: LogEntry) {
        for queue in queues where queue.rule.wants(entry) { queue.entries.yield(entry) }
    }

    /// Waits a little for what is to be told still, and gives up what can't be.
    public func close(within limit: Duration = .seconds(5)) async {
        for queue in queues { queue.entries.finish() }
        let late = Task {
            try await Task.sleep(for: limit)
            for queue in queues { queue.work.cancel() }
        }
        for queue in queues { await queue.work.value }
        late.cancel()
    }

    /// - Returns: why it could not be told; nil where it was.
    private static func deliver(
        _ entry: LogEntry, _ delivery: Delivery, _ pauses: [Duration], _ turnstile: Turnstile, whenDelayed: (DeliveryFailure) -> Void
    ) async -> DeliveryFailure? {
        var failure = await turnstile.pass { await attempt(entry, delivery) }
        if let failure, !failure.isLasting, !pauses.isEmpty { whenDelayed(failure) }
        for pause in pauses {
            guard let last = failure, !last.isLasting, !Task.isCancelled else { break }
            try? await Task.sleep(for: pause * Double.random(in: 0.8...1.2))
            if Task.isCancelled { break }
            failure = await turnstile.pass { await attempt(entry, delivery) }
        }
        return failure
    }

    private static func attempt(_ entry: LogEntry, _ delivery: Delivery) async -> DeliveryFailure? {
        do {
            try await delivery.make(entry)
            return nil
        } catch {
            return error
        }
    }
}

/// One at a time.
private actor Turnstile {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        if isTaken { await withCheckedContinuation { waiting.append($0) } }
        isTaken = true
        let value = await body()
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
        return value
    }
}
