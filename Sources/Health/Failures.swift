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

    /// Without a baseline what failed of a touched resource is taken for the commit's doing, and of a bystander it is not. A bystander that failed
    /// before already may go on failing, in the same way.
    func reasons(_ touched: Set<ResourceID>) -> [String] {
        let before = Set(baseline?.failures ?? [])
        let new = now.failures.filter { !before.contains($0) && (touched.contains($0.resource) || baseline != nil && !isAsBefore($0)) }
        return new.map(\.description) + risen(touched, Set(new.map(\.resource)))
    }

    private func isAsBefore(_ failure: FailedAction) -> Bool {
        baseline?.failures.contains { former in
            former.resource == failure.resource && former.task == failure.task && former.exitStatus == failure.exitStatus
        } == true
    }

    /// A resource that fails and is started again is not well, even while it runs.
    private func risen(_ touched: Set<ResourceID>, _ told: Set<ResourceID>) -> [String] {
        let failing = baseline?.failing ?? []
        return now.failCounts.compactMap { key, count in
            let before = baseline?.failCounts[key] ?? 0
            guard count > before, !told.contains(key.resource), touched.contains(key.resource) || baseline != nil && !failing.contains(key.resource)
            else { return nil }
            return "\(key.resource) has failed on \(key.node)"
        }
    }
}
