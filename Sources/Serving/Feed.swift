public import Presenting
internal import Synchronization

/// What happens on a node, told to those who listen while it happens; the last of it is kept for who comes back.
///
/// Who tells never waits for who listens: one that is too slow is dropped.
public final class Feed: Sendable {
    struct Item: Sendable {
        /// Names this process too: what one before it has told counts from another beginning.
        let id: String
        let entry: LogEntry
    }

    struct Subscription: Sendable {
        let items: AsyncStream<Item>
        /// What happened before, and is told first.
        let missed: [Item]
        fileprivate let number: Int
    }

    private struct State {
        var recent: [Item] = []
        var told = 0
        var listeners: [Int: AsyncStream<Item>.Continuation] = [:]
        var subscriptions = 0
    }

    private let life: String
    private let state = Mutex(State())

    /// Listeners at a time.
    static let mostListeners = 64
    /// What is kept for who comes back.
    static let kept = 500
    /// What a listener may be behind.
    private static let longestQueue = 256

    /// - Parameter former: what happened before this process, oldest first.
    public init(after former: [LogEntry] = []) {
        life = String(UInt32.random(in: .min ... .max), radix: 16)
        for entry in former.suffix(Self.kept) { post(entry) }
    }

    var listeners: Int { state.withLock(\.listeners.count) }

    public func post(_ entry: LogEntry) {
        state.withLock { state in
            state.told += 1
            let item = Item(id: "\(life)-\(state.told)", entry: entry)
            state.recent.append(item)
            if state.recent.count > 2 * Self.kept { state.recent.removeFirst(state.recent.count - Self.kept) }
            for (number, listener) in state.listeners {
                guard case .dropped = listener.yield(item) else { continue }
                listener.finish()
                state.listeners[number] = nil
            }
        }
    }

    /// - Parameters:
    ///   - last: what the listener has heard last; what came after it is told first, or all that is kept where that is not known any more.
    ///   - recent: for one that has heard nothing yet, so much of what happened before.
    /// - Returns: nil where too many listen already.
    func subscribe(after last: String?, recent: Int) -> Subscription? {
        state.withLock { state in
            guard state.listeners.count < Self.mostListeners else { return nil }
            let (items, listener) = AsyncStream<Item>.makeStream(bufferingPolicy: .bufferingOldest(Self.longestQueue))
            state.subscriptions += 1
            state.listeners[state.subscriptions] = listener
            let kept = state.recent.suffix(Self.kept)
            let missed =
                last.map { last in kept.firstIndex { $0.id == last }.map { kept[($0 + 1)...] } ?? kept } ?? kept.suffix(recent)
            return Subscription(items: items, missed: Array(missed), number: state.subscriptions)
        }
    }

    func end(_ subscription: Subscription) {
        state.withLock { $0.listeners.removeValue(forKey: subscription.number) }?.finish()
    }
}
