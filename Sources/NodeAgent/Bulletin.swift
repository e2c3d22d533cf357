internal import ClusterModel
internal import FoundationEssentials
internal import LiveState
internal import Presenting
internal import Reconciling
internal import Records
internal import Steps
internal import Synchronization

/// What a node at work lets people know, and what they ask of it.
final class Bulletin: Sendable {
    private let posted = Mutex<(standing: Standing, at: ContinuousClock.Instant)?>(nil)
    private let asking: AsyncStream<Event>.Continuation
    /// What the machine is to hear of.
    let events: AsyncStream<Event>
    private let counted = Mutex(Tally())
    /// Nil when nobody answers any more.
    private let waiting = Mutex<[(request: Event.Request, answer: CheckedContinuation<String, Never>)]?>([])

    init() { (events, asking) = AsyncStream<Event>.makeStream(bufferingPolicy: .bufferingNewest(1000)) }

    /// Where the machine stands; nil where nothing has happened yet.
    var current: Standing? { posted.withLock(\.self).map { $0.standing.after(.now - $0.at) } }

    func post(_ standing: Standing) { posted.withLock { $0 = (standing, .now) } }

    /// Asks, and does not wait.
    func ask(_ request: Event.Request) { asking.yield(.requested(request)) }

    private let pushes = Mutex<(last: ContinuousClock.Instant?, isDue: Bool)>((nil, false))
    /// A server may tell of each branch that was pushed, and anybody who has seen one of its letters may send that again.
    private static let pushPause = Duration.seconds(1)

    /// Somebody has pushed: the machine hears of it at once, and then once a second at most.
    /// - Returns: whether it is the first for a while.
    func pushed() -> Bool {
        let now = ContinuousClock.now
        let left = pushes.withLock { pushes -> Duration? in
            guard let last = pushes.last, now - last < Self.pushPause else {
                pushes.last = now
                return .zero
            }
            guard !pushes.isDue else { return nil }
            pushes.isDue = true
            return Self.pushPause - (now - last)
        }
        guard let left else { return false }
        guard left > .zero else {
            asking.yield(.moved(.repository))
            return true
        }
        Task.detached {
            try? await Task.sleep(for: left)
            self.pushes.withLock { $0 = (.now, false) }
            self.asking.yield(.moved(.repository))
        }
        return false
    }

    /// Asks, and waits for what comes of it.
    func answer(to request: Event.Request) async -> String {
        await withCheckedContinuation { answer in
            let isOpen = waiting.withLock { waiting in
                waiting?.append((request, answer))
                return waiting != nil
            }
            if isOpen { asking.yield(.requested(request)) } else { answer.resume(returning: Self.farewell) }
        }
    }

    /// What has happened since the process began.
    var tally: Tally { counted.withLock(\.self) }

    /// When a commit converged last, before the process began.
    func remember(success: Double?) { counted.withLock { $0.lastSuccess = success } }

    func count(_ step: Step, _ outcome: StepOutcome) {
        counted.withLock { $0.steps[Tally.Step(step.action.kind, outcome), default: 0] += 1 }
    }

    private func count(_ occurrence: Occurrence, begun: Date?) {
        counted.withLock { tally in
            switch occurrence {
            case .serverAway: tally.outages += 1
            case .planned(_, _, _, _, let drift): tally.drift.merge(drift, uniquingKeysWith: +)
            case .concluded(let conclusion):
                tally.results[conclusion.result, default: 0] += 1
                if conclusion.result == .converged { tally.lastSuccess = Date().timeIntervalSince1970.rounded() }
                guard let begun else { return }
                (tally.seconds, tally.timed) = (tally.seconds - begun.timeIntervalSinceNow, tally.timed + 1)
            case .found, .serverBack, .committing, .performed, .waiting, .delayed, .stranded, .answered, .holdsEnd: break
            }
        }
    }

    /// - Parameter begun: when the work on a commit began that has ended.
    func take(_ occurrence: Occurrence, begun: Date?) {
        count(occurrence, begun: begun)
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
