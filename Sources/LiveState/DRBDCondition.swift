/// How a DRBD resource is on one host.
public struct DRBDCondition: Hashable, Sendable {
    /// What `drbdadm adjust` would run to bring it to what its file says now; empty when there is nothing to do.
    public var adjustment: [String]

    public init(adjustment: [String] = []) { self.adjustment = adjustment }
}
