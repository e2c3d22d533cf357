/// A DRBD resource that is up on this host, as its kernel sees both sides.
public struct Replication: Hashable, Sendable {
    public struct Peer: Hashable, Sendable {
        public var name: String
        /// `Connected`, `Connecting`, `StandAlone`, …
        public var connection: String
        public var role: String
        /// Its disks, in the order of the volumes.
        public var disks: [String]
        /// What goes on between the disks, in the same order: `Established`, `SyncSource`, `VerifyT`, `Ahead`, …
        public var replications: [String]
        /// While the two sides are brought to the same state: how much of it is done, in percent.
        public var done: Double?

        public init(name: String, connection: String, role: String, disks: [String], replications: [String] = [], done: Double? = nil) {
            self.done = done
            self.replications = replications
            self.name = name
            self.connection = connection
            self.role = role
            self.disks = disks
        }
    }

    public var name: String
    public var role: String
    /// This side's, in the order of the volumes.
    public var disks: [String]
    public var peers: [Peer]

    public init(name: String, role: String, disks: [String], peers: [Peer]) {
        self.name = name
        self.role = role
        self.disks = disks
        self.peers = peers
    }

    /// Whether it is Primary here and on another host too.
    public var isDualPrimary: Bool { role == "Primary" && peers.contains { $0.role == "Primary" } }

    /// Whether all sides have the same data, and are connected.
    public var isWell: Bool {
        !peers.isEmpty && peers.allSatisfy { $0.connection == "Connected" && $0.disks.allSatisfy { $0 == "UpToDate" } }
            && disks.allSatisfy { $0 == "UpToDate" }
    }
}
