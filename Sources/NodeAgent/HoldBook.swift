internal import CIB
internal import Diagnostics
internal import FoundationEssentials
internal import Host
internal import LiveState
public import Planning
internal import Repository
internal import Safety
internal import Synchronization

/// What a node has seen held, and since when, in its state directory: that outlives the daemon and the host.
public final class HoldBook: Sendable {
    private let tree: FileTree
    private let known: Mutex<HoldTimes>
    private let jumps = Mutex(ClockJumps())
    private let begin = ContinuousClock.now
    private static let path = "/holds.json"

    public init(stateDirectory: String) {
        tree = FileTree(root: stateDirectory)
        let bytes = (try? tree.readIfPresent(Self.path)) ?? nil
        known = Mutex(bytes.flatMap { try? JSONDecoder().decode(HoldTimes.self, from: Data($0)) } ?? HoldTimes())
    }

    public var times: HoldTimes { known.withLock(\.self) }

    /// Notes what is held, and which of it for too long. Only the commit in force tells: another one may be about to end it. A book that can't be
    /// kept stops nobody.
    func see(_ evidence: inout Evidence) {
        guard let commit = evidence.plan.commit, commit == evidence.plan.base else { return }
        let (held, time) = (evidence.plan.held, Int64(Date().timeIntervalSince1970))
        let jump = jumps.withLock { $0.jump(wall: time, count: .now - begin) }
        let times = known.withLock { known in
            let former = known
            known.see(held, at: time, after: jump)
            if known != former, let data = try? JSONEncoder().encode(known) { try? tree.write(Array(data), to: Self.path, mode: 0o600) }
            return known
        }
        (evidence.overdueHolds, evidence.nextOverdue) = times.overdue(held, after: evidence.policy.drift.limit, at: time)
    }
}
