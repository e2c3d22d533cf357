internal import Safety
internal import Synchronization

/// Tasks that are given up together.
final class Tasks: Sendable {
    private let running = Mutex<[Int: Task<Void, Never>]>([:])
    private let count = Mutex(0)

    func add(_ body: @escaping @Sendable () async -> Void) {
        let number = count.withLock { count in
            count += 1
            return count
        }
        running.withLock { running in
            running[number] = Task.detached {
                await body()
                self.running.withLock { $0[number] = nil }
            }
        }
    }

    /// Waits until all have ended.
    func finish() async {
        for task in running.withLock({ Array($0.values) }) { await task.value }
    }

    func cancel() {
        for task in running.withLock({ Array($0.values) }) { task.cancel() }
    }
}

/// Carries a permit over to the task that spends it, once.
final class PermitBox: Sendable {
    private let permit: Mutex<Permit?>

    init(_ permit: consuming Permit) { self.permit = Mutex(consume permit) }

    /// - Returns: nil if it has been taken before.
    func take() -> Permit? {
        permit.withLock { permit in
            var taken: Permit?
            swap(&taken, &permit)
            return taken
        }
    }
}
