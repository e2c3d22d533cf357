internal import ClusterModel
internal import LiveState

/// What has failed since the commit: of what it touched, and of the bystanders.
struct Failures {
    private let now: ClusterStatus
    private let baseline: ClusterStatus?

    init(_ now: ClusterStatus, since baseline: ClusterStatus?) {
        self.now = now
        self.baseline = baseline
    }

    /// Without a baseline what failed of a touched resource is taken for the commit's doing, and of a bystander it is not.
    func reasons(_ touched: Set<ResourceID>) -> [String] {
        let before = Set(baseline?.failures ?? [])
        let new = now.failures.filter { !before.contains($0) && (baseline != nil || touched.contains($0.resource)) }
        return new.map(\.description) + risen(touched, Set(new.map(\.resource)))
    }

    /// A resource that fails and is started again is not well, even while it runs.
    private func risen(_ touched: Set<ResourceID>, _ told: Set<ResourceID>) -> [String] {
        now.failCounts.compactMap { key, count in
            let before = baseline?.failCounts[key] ?? 0
            guard count > before, !told.contains(key.resource), baseline != nil || touched.contains(key.resource) else { return nil }
            return "\(key.resource) has failed on \(key.node)"
        }
    }
}
