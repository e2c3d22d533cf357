internal import ClusterModel
internal import LiveState
internal import Reconciling
internal import Synchronization

/// What a node at work lets people know, and what they ask of it.
final class Bulletin: Sendable {
    private let posted = Mutex<(standing: Standing, at: ContinuousClock.Instant)?>(nil)
    private let asking: AsyncStream<Event.Request>.Continuation
    let requests: AsyncStream<Event.Request>
    /// Nil when nobody answers any more.
    private let waiting = Mutex<[(request: Event.Request, answer: CheckedContinuation<String, Never>)]?>([])

    init() { (requests, asking) = AsyncStream<Event.Request>.makeStream() }

    /// Where the machine stands; nil where nothing has happened yet.
    var current: Standing? { posted.withLock(\.self).map { $0.standing.after(.now - $0.at) } }

    func post(_ standing: Standing) { posted.withLock { $0 = (standing, .now) } }

    /// Asks, and does not wait.
    func ask(_ request: Event.Request) { asking.yield(request) }

    /// Asks, and waits for what comes of it.
    func answer(to request: Event.Request) async -> String {
        await withCheckedContinuation { answer in
            let isOpen = waiting.withLock { waiting in
                waiting?.append((request, answer))
                return waiting != nil
            }
            if isOpen { asking.yield(request) } else { answer.resume(returning: Self.farewell) }
        }
    }

    func take(_ occurrence: Occurrence) {
        guard case .answered(let request, let text) = occurrence else { return }
        let ready = waiting.withLock { waiting in
            let index = waiting?.firstIndex { $0.request == request }
            return index.flatMap { waiting?.remove(at: $0) }
        }
        ready?.answer.resume(returning: text)
    }

    /// Nobody answers any more.
    func close() {
        let left = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for entry in left { entry.answer.resume(returning: Self.farewell) }
        asking.finish()
    }

    private static let farewell = "the process ends"
}
