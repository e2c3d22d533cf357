/// How a running cluster is, as one node sees it at one moment.
public struct ClusterStatus: Hashable, Sendable {
    public var hasQuorum: Bool
    /// The designated controller's name; nil while none is elected.
    public var dc: String?
    public var nodes: [Node]
    public var resources: [Resource]
    /// Whether `maintenance-mode` is set for the whole cluster.
    public var inMaintenance: Bool

    public init(hasQuorum: Bool, dc: String?, nodes: [Node], resources: [Resource], inMaintenance: Bool) {
        self.hasQuorum = hasQuorum
        self.dc = dc
        self.nodes = nodes
        self.resources = resources
        self.inMaintenance = inMaintenance
    }

    public struct Node: Hashable, Sendable {
        public let name: String
        public let isOnline: Bool
        /// Neither known to be up nor known to be off.
        public let isUnclean: Bool
        public let isPending: Bool

        public init(name: String, isOnline: Bool, isUnclean: Bool, isPending: Bool) {
            self.name = name
            self.isOnline = isOnline
            self.isUnclean = isUnclean
            self.isPending = isPending
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

        public init(id: String, role: String, isActive: Bool, isManaged: Bool, hasFailed: Bool, nodes: [String]) {
            self.id = id
            self.role = role
            self.isActive = isActive
            self.isManaged = isManaged
            self.hasFailed = hasFailed
            self.nodes = nodes
        }
    }

    public var onlineNodes: [String] { nodes.filter(\.isOnline).map(\.name) }

    public func isActive(_ resource: String) -> Bool {
        resources.contains { $0.id == resource && $0.isActive }
    }
}
