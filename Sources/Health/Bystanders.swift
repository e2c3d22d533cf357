internal import CIB
internal import ClusterModel
internal import LiveState

/// What the commit does not touch, and ran before it.
///
/// A node that has left by itself takes with it what ran there: that is not held against the commit.
struct Bystanders {
    private let now: ClusterStatus
    private let baseline: ClusterStatus
    private let touched: Set<ResourceID>
    private let lost: Set<String>

    init(_ now: ClusterStatus, since baseline: ClusterStatus, except touched: Set<ResourceID>) {
        self.now = now
        self.baseline = baseline
        self.touched = touched
        let up = Set(now.nodes.filter { $0.isOnline && $0.isAvailable }.map(\.name))
        lost = Set(baseline.nodes.filter(\.isOnline).map(\.name)).subtracting(up)
    }

    func reasons(_ expected: Expectations) -> [String] { reasons(expected, failing: false) }

    /// Of those that failed before already, which come and go: what runs nowhere now.
    func away(_ expected: Expectations) -> [String] { reasons(expected, failing: true) }

    private func reasons(_ expected: Expectations, failing: Bool) -> [String] {
        let ran = Set(baseline.resources.filter(\.isActive).map { ResourceID($0.id) }).subtracting(touched)
        let names = ran.filter { baseline.failing.contains($0) == failing }.map(\.text)
        return names.flatMap { name -> [String] in
            guard let object = expected.tree[name], expected.shouldRun(object) else { return [] }
            return [
                less("run", now.active(name), than: baseline.active(name), name, failing),
                less("be promoted", now.promoted(name), than: baseline.promoted(name), name, failing),
            ].compactMap(\.self)
        }
    }

    private func less(
        _ deed: String, _ now: [ClusterStatus.Resource], than before: [ClusterStatus.Resource], _ name: String, _ failing: Bool
    ) -> String? {
        let expected = before.filter { $0.nodes.isEmpty || !lost.isSuperset(of: $0.nodes) }.count
        guard now.count < (failing ? min(expected, 1) : expected) else { return nil }
        return "\(name), which the commit does not touch, used to \(deed) on \(before.flatMap(\.nodes).sorted().joined(separator: ", "))"
    }
}

extension ClusterStatus {
    /// What has failed somewhere, and nobody has cleaned up since.
    var failing: Set<ResourceID> { Set(failures.map(\.resource)).union(failCounts.filter { $0.value > 0 }.map(\.key.resource)) }
}
