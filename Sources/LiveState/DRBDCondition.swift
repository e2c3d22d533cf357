/// How a DRBD resource is on one host.
public struct DRBDCondition: Hashable, Sendable {
    /// What `drbdadm adjust` would run to bring it to what its file says now; empty when there is nothing to do.
    public var adjustment: [String]

    /// Bytes of each device, by the number of the volume; none where the kernel does not tell.
    public var sizes: [Int: Int]

    /// Whether it is connected to all its peers, with good data on all sides; nil where nobody has asked, or nobody knows.
    public var isSteady: Bool?

    /// Nil where nothing is, or nobody has looked.
    public var disturbance: Disturbance?

    /// Whether it is Primary here and on another host too.
    public var isDualPrimary: Bool

    public init(
        adjustment: [String] = [], sizes: [Int: Int] = [:], isSteady: Bool? = nil, disturbance: Disturbance? = nil, isDualPrimary: Bool = false
    ) {
        self.isDualPrimary = isDualPrimary
        self.disturbance = disturbance
        self.isSteady = isSteady
        self.adjustment = adjustment
        self.sizes = sizes
    }
}
