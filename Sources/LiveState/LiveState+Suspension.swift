public import Records

extension LiveState {
    /// What the cluster's record says of it, while it is in force.
    public var suspension: Suspension? { record.suspension.flatMap { $0.isInForce(at: time) ? $0 : nil } }
}
