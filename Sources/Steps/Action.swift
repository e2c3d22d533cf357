public import CIB
public import ClusterModel
internal import Diagnostics
public import Repository

/// What can be done to the cluster and its hosts. One file of Executing performs one of these, and nothing else changes anything.
public enum Action: Sendable {
    /// Puts a file onto this host in place of what is there, the former version kept.
    case writeFile(FileChange)
    /// Takes a file off this host, its last version kept.
    case removeFile(FileChange)
    /// Makes a logical volume on this host; what its extents hold stays as it is.
    case createVolume(VolumeChange)
    /// Makes a logical volume larger.
    case growVolume(VolumeChange)
    /// Removes a logical volume, and all that is on it.
    case removeVolume(VolumeChange)
    /// Writes DRBD's metadata onto disks of this host that hold nothing.
    case createMetadata(drbd: String, on: [BackingDevice])
    /// Brings a DRBD resource up that the cluster does not have yet.
    case up(drbd: String)
    /// Lets a DRBD resource begin that has no data anywhere; one host does it, and the others wait for it. Where all its disks are new its sides are equal
    /// as they are; otherwise they become what the disk of that host is.
    case firstSync(drbd: String, begins: Bool, copies: Bool)
    /// Lets drbdadm bring a DRBD resource that is up to what its file says.
    case adjust(drbd: String)
    /// Lets a DRBD resource use the whole of disks that have grown.
    case resize(drbd: String)
    /// Takes a DRBD resource down. Its metadata and its data stay.
    case down(drbd: String)
    /// Changes a domU while it runs.
    case changeDomain(DomainChange)
    /// Lets corosync read its file anew, on all nodes.
    case reloadCorosync
    /// Tells the kernel of nodes that have come into an OCFS2 cluster.
    case registerNodes(ocfs2: String)
    /// Lets Pacemaker forget that a resource has failed on a node, for want of what is there now.
    case forgetFailures(ResourceID, on: NodeName)
    /// Keeps resources from running anywhere until they are deleted.
    case ban(Transaction, [ResourceID])
    /// Makes the whole change of the CIB at once.
    case transact(Transaction)
    /// Writes a field of the cluster's own record.
    case record(RecordEdit)
}

/// A change of the configuration from one version to another: a compare-and-swap.
public struct Transaction: Sendable {
    public let from: CIB
    public let edits: Edits
    private let result = Once<CIB>()

    public init(from: CIB, _ edits: Edits) {
        self.from = from
        self.edits = edits
    }

    public var isEmpty: Bool { edits.isEmpty }

    /// Made when it is first asked for: a plan that is only shown may not need it.
    public var to: CIB { result.value { from.applying(edits) } }
}
