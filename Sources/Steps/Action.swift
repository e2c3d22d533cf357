public import CIB
public import ClusterModel

/// What can be done to the cluster and its hosts. One file of Executing performs one of these, and nothing else changes anything.
public enum Action: Sendable {
    /// Puts a file onto this host in place of what is there, the former version kept.
    case writeFile(FileChange)
    /// Takes a file off this host, its last version kept.
    case removeFile(FileChange)
    /// Lets drbdadm bring a DRBD resource that is up to what its file says.
    case adjust(drbd: String)
    /// Takes a DRBD resource down. Its metadata and its data stay.
    case down(drbd: String)
    /// Lets Pacemaker forget that a resource has failed on a node, for want of what is there now.
    case forgetFailures(ResourceID, on: NodeName)
    /// Keeps resources from running anywhere until they are deleted.
    case ban(Transaction, [ResourceID])
    /// Makes the whole change of the CIB at once.
    case transact(Transaction)
    /// Writes a field of the cluster's own record.
    case record(RecordEdit)

    public var title: String {
        switch self {
        case .writeFile(let change): "write \(change.path)"
        case .removeFile(let change): "remove \(change.path)"
        case .adjust(let resource): "adjust \(resource)"
        case .down(let resource): "down \(resource)"
        case .forgetFailures(let resource, let node): "clean up \(resource) on \(node)"
        case .ban(_, let resources): "stop \(resources.list)"
        case .transact: "commit"
        case .record(let edit): edit.title
        }
    }
}

/// A change of the configuration from one version to another: a compare-and-swap.
public struct Transaction: Sendable {
    public let from: CIB
    public let edits: Edits

    public init(from: CIB, _ edits: Edits) {
        self.from = from
        self.edits = edits
    }

    public var isEmpty: Bool { edits.isEmpty }

    /// Made anew whenever it is asked for: a plan that is only shown doesn't need it.
    public var to: CIB { from.applying(edits) }
}
