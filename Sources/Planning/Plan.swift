public import CIB
public import ClusterModel
public import Diagnostics
internal import LiveState
public import Steps

/// All that a commit would do, decided before anything is done. Carrying it out leaves nothing to decide.
public struct Plan: Sendable {
    /// Nil for the uncommitted edits of a checkout.
    public let commit: CommitID?
    /// The commit last applied, if it is known.
    public let base: CommitID?
    public let changes: [Change]
    public let files: [FileChange]
    public let held: [Held]
    public let unmanaged: [Unmanaged]
    public let unmanagedFiles: [String]
    /// Where the files of the commit stand on this host when it is in force.
    public let hostFiles: [HostPath]
    /// Files that belong onto a file system of the cluster that is not mounted on this host.
    public let unreachableFiles: [String]
    /// Changes of DRBD's files that would cost data, or a device in use.
    public let hazards: [String]
    /// Secrets that files refer to, and this node has no value for: with any of them, nothing may be done.
    public let missingSecrets: [MissingSecret]
    /// Objects that are left for later, until the file system that their files belong onto is mounted.
    public let deferred: [ObjectID]
    /// Objects that the base commit declared.
    public let managedCount: Int
    /// What the live cluster's schema does not know of the changes, and files that drbdadm would not read, or refuse, where they
    /// belong: with any of it, nothing may be done.
    public let misfits: [Finding]
    /// What a reader should know: why nothing is deleted, what could not be compared.
    public let notices: [Finding]

    public let live: CIB
    /// The CIB after the transaction. It differs from the live one in what `changes` says, and in the record of the commit.
    ///
    /// It is made when it is first asked for.
    public var wanted: CIB { once.wanted.value { live.applying(edits) } }
    let edits: Edits
    /// Resources that are active somewhere; empty where there is no cluster.
    let activeResources: Set<ResourceID>
    /// Whether there is a running cluster, and not only a CIB in a file.
    let isOnCluster: Bool
    /// The DRBD resources that are up on this host.
    let drbd: Known<[String: DRBDCondition]>
    /// What follows from the rest, and costs something to work out.
    let once = Derived()

    struct Derived {
        let wanted = Once<CIB>()
        let touched = Once<Set<ResourceID>>()
        let steps = Once<[Step]>()
    }

    public var transaction: Transaction { Transaction(from: live, edits) }

    /// Whether the plan would change anything that people care about; the record of the commit is no such thing.
    public var isEmpty: Bool { changes.isEmpty && files.isEmpty }

    /// Whether the CIB must be written, be it only to record the commit.
    public var needsTransaction: Bool { !edits.isEmpty }

    public var patch: Patch { Patch(from: live, to: wanted) }

    public func count(_ action: Change.Action) -> Int {
        changes.count { $0.action == action } + files.count { $0.action == action }
    }

    /// New domUs whose file could not be written on this host, since the file system is not mounted here.
    public var unwrittenDomains: [CIBObject] {
        guard !unreachableFiles.isEmpty else { return [] }
        let created = Set(changes.filter { $0.action == .create }.map(\.id))
        let wanted = self.wanted
        let tree = wanted.resourceTree
        return wanted.objects.filter { object in
            guard created.contains(object.id), let file = tree.domainFile(of: object) else { return false }
            return unreachableFiles.contains(file)
        }
    }

    /// Resources that go: they are stopped before they are deleted.
    public var deletedResources: [String] {
        changes.filter { $0.action == .delete && $0.id.kind == .resource }.map(\.id.name)
    }
}
