internal import TestKit

/// What happens in virtual time, one thing after the other. Nobody reads a real clock, and all chance comes from the seed.
final class Simulation {
    /// Milliseconds since the history began.
    private(set) var now = 0
    /// How long things take.
    var random: Seeded
    private var queue: [Entry] = []
    private var count = 0

    private struct Entry {
        let time: Int
        let number: Int
        let body: () -> Void

        func isBefore(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    init(seed: UInt64) { random = Seeded(seed) }

    func after(_ pause: Int, _ body: @escaping () -> Void) {
        count += 1
        queue.append(Entry(time: now + max(0, pause), number: count, body: body))
        var child = queue.count - 1
        while child > 0, queue[child].isBefore(queue[(child - 1) / 2]) {
            queue.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Some time within the range.
    func after(_ pause: ClosedRange<Int>, _ body: @escaping () -> Void) { after(random.number(pause), body) }

    /// Lets the next thing happen, if it does so before the end.
    func step(until end: Int) -> Bool {
        guard let first = queue.first, first.time <= end else {
            now = max(now, end)
            return false
        }
        let last = queue.removeLast()
        if !queue.isEmpty {
            queue[0] = last
            sink()
        }
        now = first.time
        first.body()
        return true
    }

    private func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < queue.count && queue[child].isBefore(queue[least]) { least = child }
            guard least != parent else { return }
            queue.swapAt(parent, least)
            parent = least
        }
    }

    /// Forgets whatever would have come.
    func clear() { queue = [] }
}
