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

    func reasons(_ expected: Expectations) -> [String] {
        let names = Set(baseline.resources.filter(\.isActive).map(\.id)).filter { !touched.contains(ResourceID($0)) }
        return names.flatMap { name -> [String] in
            guard let object = expected.tree[name], expected.shouldRun(object) else { return [] }
            return [
                less("run", now.active(name), than: baseline.active(name), name),
                less("be promoted", now.promoted(name), than: baseline.promoted(name), name),
            ].compactMap(\.self)
        }
    }

    private func less(_ deed: String, _ now: [ClusterStatus.Resource], than before: [ClusterStatus.Resource], _ name: String) -> String? {
        let expected = before.filter { $0.nodes.isEmpty || !lost.isSuperset(of: $0.nodes) }.count
        guard now.count < expected else { return nil }
        return "\(name), which the commit does not touch, used to \(deed) on \(before.flatMap(\.nodes).sorted().joined(separator: ", "))"
    }
}
