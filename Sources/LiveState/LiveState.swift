public import CIB
public import ClusterModel
internal import Diagnostics
public import Records

/// What is: one look at the cluster and at this host.
public struct LiveState: Sendable {
    /// This node, as the cluster calls it.
    public var node: NodeName
    public var cib: CIB { didSet { recorded = Once() } }
    /// Nil where there is no cluster: a CIB in a file.
    public var cluster: ClusterStatus?
    /// What a CIB in a file says of its cluster, as it was when that was written; nil where it says nothing, or nobody has looked.
    public var statusInFile: ClusterStatus?
    /// What the nodes have announced.
    public var peers: [NodeName: Announcement]
    public var files: LiveFiles
    /// The DRBD resources that are up on this host, by name.
    public var drbd: Known<[String: DRBDCondition]>
    /// What the disks of the DRBD resources hold that a commit brings, by resource; nil where nobody has looked.
    public var metadata: [String: Known<DRBDMetadata>]?
    /// LVM's volumes on this host; nil where nobody has looked: no commit in question wants any, or LVM is not this host's.
    public var volumes: Known<LiveVolumes>?
    /// The domUs that run on this host, by name; nil where nobody has looked: no commit in question has a file for one.
    public var domains: Known<[String: LiveDomain]>?
    /// When this was seen, by this host's clock: seconds since 1970.
    public var time: Int64
    private var recorded = Once<ClusterRecord>()

    public init(
        node: NodeName, cib: CIB, cluster: ClusterStatus? = nil, peers: [NodeName: Announcement] = [:], files: LiveFiles = LiveFiles(),
        drbd: Known<[String: DRBDCondition]> = .known([:]), metadata: [String: Known<DRBDMetadata>]? = nil, volumes: Known<LiveVolumes>? = nil,
        time: Int64 = 0
    ) {
        self.node = node
        self.cib = cib
        self.cluster = cluster
        self.peers = peers
        self.files = files
        self.drbd = drbd
        self.metadata = metadata
        self.volumes = volumes
        self.time = time
    }

    /// What the cluster knows of its commits: read once, however often it is asked for.
    public var record: ClusterRecord { recorded.value { ClusterRecord(in: cib) } }

    /// What is known of the cluster: how it is, or how it was.
    public var lastStatus: ClusterStatus? { cluster ?? statusInFile }

    /// What is cheap to look at again while one waits.
    public var glance: Glance { Glance(version: cib.version, cluster: cluster, peers: peers) }
}

/// A cheap look: what may end a wait.
public struct Glance: Sendable {
    /// Of the CIB; nil where it was not looked at.
    public var version: Version?
    /// Nil where it was not looked at, or there is no cluster.
    public var cluster: ClusterStatus?
    public var peers: [NodeName: Announcement]

    public init(version: Version?, cluster: ClusterStatus?, peers: [NodeName: Announcement]) {
        self.version = version
        self.cluster = cluster
        self.peers = peers
    }
}
