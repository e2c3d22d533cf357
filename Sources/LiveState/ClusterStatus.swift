/// How a running cluster is, as one node sees it at one moment.
public struct ClusterStatus: Hashable, Sendable {
    public var hasQuorum: Bool
    /// The designated controller's name; nil while none is elected.
    public var dc: String?
    public var nodes: [Node]
    public var resources: [Resource]
    /// Whether the DC has nothing under way: no election, no transition.
    public var isIdle: Bool
    /// Whether `maintenance-mode` is set for the whole cluster.
    public var inMaintenance: Bool
    /// Actions that have failed, as crm_mon lists them until somebody cleans up.
    public var failures: [FailedAction]
    /// How often a resource has failed on a node.
    public var failCounts: [FailCountKey: Int]

    public init(
        hasQuorum: Bool, dc: String?, nodes: [Node], resources: [Resource], isIdle: Bool, inMaintenance: Bool, failures: [FailedAction] = [],
        failCounts: [FailCountKey: Int] = [:]
    ) {
        self.failures = failures
        self.failCounts = failCounts
        self.hasQuorum = hasQuorum
        self.dc = dc
        self.nodes = nodes
        self.resources = resources
        self.isIdle = isIdle
        self.inMaintenance = inMaintenance
    }

    public struct Node: Hashable, Sendable {
        public let name: String
        public let isOnline: Bool
        /// Neither known to be up nor known to be off.
        public let isUnclean: Bool
        public let isPending: Bool
        /// Whether it runs the cluster itself, and is no Pacemaker Remote node or guest.
        public let isMember: Bool
        /// Whether resources may run there as far as standby and maintenance go.
        public let isAvailable: Bool
        /// Whether Pacemaker leaves all that runs there alone.
        public let isInMaintenance: Bool

        public init(
            name: String, isOnline: Bool, isUnclean: Bool, isPending: Bool, isMember: Bool = true, isAvailable: Bool = true,
            isInMaintenance: Bool = false
        ) {
            self.isAvailable = isAvailable
            self.isInMaintenance = isInMaintenance
            self.name = name
            self.isOnline = isOnline
            self.isUnclean = isUnclean
            self.isPending = isPending
            self.isMember = isMember
        }
    }

    /// One instance of a primitive on one node.
    public struct Resource: Hashable, Sendable {
        /// Without the instance number of a clone.
        public let id: String
        public let role: String
        public let isActive: Bool
        public let isManaged: Bool
        public let hasFailed: Bool
        public let nodes: [String]
        /// Whether Pacemaker can do nothing with it any more: it could not be stopped, and its node is not fenced.
        public let isBlocked: Bool

        public init(
            id: String, role: String, isActive: Bool, isManaged: Bool, hasFailed: Bool, nodes: [String], isBlocked: Bool = false
        ) {
            self.isBlocked = isBlocked
            self.id = id
            self.role = role
            self.isActive = isActive
            self.isManaged = isManaged
            self.hasFailed = hasFailed
            self.nodes = nodes
        }
    }

    /// The members of the cluster that are up.
    public var onlineNodes: [String] { nodes.filter { $0.isOnline && $0.isMember }.map(\.name) }

    /// - Parameter node: nil is any node.
    public func isActive(_ resource: String, on node: String? = nil) -> Bool {
        resources.contains { candidate in
            candidate.id == resource && candidate.isActive && node.map(candidate.nodes.contains) ?? true
        }
    }
}
