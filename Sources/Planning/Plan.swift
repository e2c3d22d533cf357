public import CIB
public import ClusterModel
public import Diagnostics
internal import LiveState
public import Repository
public import Steps

/// All that a commit would do, decided before anything is done. Carrying it out leaves nothing to decide.
public struct Plan: Sendable {
    /// What it was made of.
    struct Parts: Sendable {
        var commit: CommitID?
        var base: CommitID?
        var changes: [Change]
        var files: [FileChange]
        var stages = Once<FileStages>()
        var volumes: [VolumeChange]
        var volumeFaults: VolumeFaults
        var grown: [String]
        var newcomers: DRBDNewcomers
        var additions: [DRBDAddition]
        var additionFaults: DRBDFaults
        var systemFiles: SystemFiles
        var restarted: [ResourceID]
        var newFilesystems: [NewFilesystem]
        var domainChanges: [DomainChange]
        var outdatedDomains: [OutdatedDomain]
        var domainFaults: [Finding]
        var isPostponed: Bool
        /// Whether it leads back to what was healthy.
        var isWayBack: Bool
        var held: [Held]
        var reverted: [Held]
        var unmanaged: [Unmanaged]
        var unmanagedFiles: [String]
        var hostFiles: [PlacedFile]
        var unreachableFiles: [String]
        var hazards: [String]
        var drbdHazards: DRBDHazards
        var missingSecrets: [MissingSecret]
        var lostSecrets: [LostSecret]
        var deferred: [ObjectID]
        var managedCount: Int
        var managedDeletions: [ObjectID]
        var knowsBase: Bool
        var misfits: [Finding]
        var misplaced: [Finding]
        var notices: [Finding]
        var transaction: Transaction
        var activeResources: Set<ResourceID>
        var isOnCluster: Bool
        /// Whether it only brings files, before Pacemaker starts.
        var isHostOnly = false
        var drbd: Known<[String: DRBDCondition]>
        var drbdCommon: DRBDHazards.Common
        var node: NodeName?
        var mended: [ResourceID]
        var contested: [String]
    }

    /// Held once, however often the plan is handed on, with what follows from it and costs something to work out.
    private final class Holder: Sendable {
        let parts: Parts
        let touched = Once<Set<ResourceID>>()
        let steps = Once<[Step]>()
        let going = Once<[String]>()
        let interruptions = Once<[DRBDInterruption]>()

        init(_ parts: Parts) { self.parts = parts }
    }

    private let holder: Holder
    var parts: Parts { _read { yield holder.parts } }

    /// Nil for the uncommitted edits of a checkout.
    public var commit: CommitID? { parts.commit }
    /// The commit last applied, if it is known.
    public var base: CommitID? { parts.base }
    public var changes: [Change] { parts.changes }
    public var files: [FileChange] { parts.files }
    var fileStages: FileStages {
        parts.stages.value { FileStages(files, inUse: files.isEmpty ? [] : live.drbdResources) }
    }
    /// Logical volumes of this host.
    public var volumes: [VolumeChange] { parts.volumes }
    /// Why volumes can't be had as the commit wants them.
    public var volumeFaults: VolumeFaults { parts.volumeFaults }
    /// DRBD resources that the commit brings, of which it has to be known what their disks hold.
    public var newcomers: [DRBDNewcomer] { parts.newcomers.all }
    /// Why they can't be brought up.
    public var drbdFaults: DRBDFaults { parts.newcomers.faults }
    /// Volumes that DRBD resources get which are up, and why they can't.
    public var additions: [DRBDAddition] { parts.additions }
    public var additionFaults: DRBDFaults { parts.additionFaults }
    /// File systems that the cluster is to mount from the commit on.
    public var newFilesystems: [NewFilesystem] { parts.newFilesystems }
    /// Resources that the commit wants started anew: they are stopped before it comes in.
    public var restarted: [ResourceID] { parts.restarted }
    /// What is done to domUs that run on this host.
    public var domainChanges: [DomainChange] { parts.domainChanges }
    /// DomUs that run on this host, and won't be as their files say before they are started anew.
    public var outdatedDomains: [OutdatedDomain] { parts.outdatedDomains }
    /// Why what the commit gives to domUs that run can't be given to them.
    public var domainFaults: [Finding] { parts.domainFaults }
    public var held: [Held] { parts.held }
    /// Whether it leads back to what was healthy.
    public var isWayBack: Bool { parts.isWayBack }
    /// What somebody has set, and does not stay: the policy says so, or its time is over.
    public var reverted: [Held] { parts.reverted }
    public var unmanaged: [Unmanaged] { parts.unmanaged }
    public var unmanagedFiles: [String] { parts.unmanagedFiles }
    /// Where the files of the commit stand on this host when it is in force.
    public var hostFiles: [PlacedFile] { parts.hostFiles }
    /// Files that belong onto a file system of the cluster that is not mounted on this host.
    public var unreachableFiles: [String] { parts.unreachableFiles }
    /// Changes of DRBD's files that would cost data, or a device in use.
    public var hazards: [String] { parts.hazards }
    /// What all DRBD resources of the host have in common, and will have.
    var drbdCommon: DRBDHazards.Common { parts.drbdCommon }
    /// The changes of files that interrupt a replication, or would be refused by the kernel.
    public var interruptions: [DRBDInterruption] { holder.interruptions.value { findInterruptions() } }
    /// DRBD resources whose files say that more of their disks is used.
    public var enlargedReplications: Set<String> { parts.drbdHazards.enlarged }
    /// What of DRBD is up on this host.
    public var replicationsUp: Set<String>? { drbd.value.map { Set($0.keys) } }
    /// Secrets that files refer to, and this node has no value for: with any of them, nothing may be done.
    public var missingSecrets: [MissingSecret] { parts.missingSecrets }
    /// Values of which the cluster has the only copy, and will have none.
    public var lostSecrets: [LostSecret] { parts.lostSecrets }
    /// Objects and files that somebody else sets again and again: they are left as they are.
    public var contested: [String] { parts.contested }
    /// Objects that are left for later, until the file system that their files belong onto is mounted.
    public var deferred: [ObjectID] { parts.deferred }
    /// Objects that the base commit declared.
    public var managedCount: Int { parts.managedCount }
    /// What goes of these: not what nobody had declared, and falls with it.
    public var managedDeletions: [ObjectID] { parts.managedDeletions }
    /// Whether the state of the commit last applied is known: without it nobody can tell what was taken out of git.
    public var knowsBase: Bool { parts.knowsBase }
    /// What the live cluster's schema does not know of the changes, and files that drbdadm would not read, or refuse, where they
    /// belong: with any of it, nothing may be done.
    public var misfits: [Finding] { parts.misfits + parts.misplaced }
    /// What a reader should know: why nothing is deleted, what could not be compared.
    public var notices: [Finding] { parts.notices }

    public var live: CIB { parts.transaction.from }
    /// The CIB after the transaction. It differs from the live one in what `changes` says, and in the record of the commit.
    public var wanted: CIB { transaction.to }
    var edits: Edits { parts.transaction.edits }
    /// Resources that are active somewhere; empty where there is no cluster.
    var activeResources: Set<ResourceID> { parts.activeResources }
    /// Whether there is a running cluster, and not only a CIB in a file.
    var isOnCluster: Bool { parts.isOnCluster }
    /// The DRBD resources that are up on this host.
    var drbd: Known<[String: DRBDCondition]> { parts.drbd }
    /// Whether something is left for later, and has to be looked at again.
    public var isPostponed: Bool { parts.isPostponed }
    /// DRBD resources that this node has to tell that their disks have grown.
    var grown: [String] { parts.grown }
    /// The node that the plan was made on; nil where that is none of a cluster.
    var node: NodeName? { parts.node }
    /// Resources that have failed there for want of a file that is there now, or will be.
    var mended: [ResourceID] { parts.mended }

    /// All that is done, in its order: by this node, and by the leader.
    public var steps: [Step] { holder.steps.value { orderedSteps } }
    /// The resources that the plan is about: what becomes of them is what its author has in mind. All others are bystanders.
    public var touched: Set<ResourceID> { holder.touched.value { touchedResources } }

    /// What is stopped before the transaction: it is deleted, or its DRBD resource has to make room. It is banned also where it does not run:
    /// nothing may start it while its files go.
    var goingResources: [String] { holder.going.value { deletedResources + rededicatedResources + restarted.map(\.text) } }

    init(_ parts: Parts) { holder = Holder(parts) }

    /// The same, with more that is worth a word.
    public func noticing(_ findings: [Finding]) -> Plan {
        guard !findings.isEmpty else { return self }
        var parts = self.parts
        parts.notices += findings
        return Plan(parts)
    }

    public var transaction: Transaction { parts.transaction }

    /// Whether the plan would change anything that people care about; the record of the commit is no such thing.
    public var isEmpty: Bool { changes.isEmpty && files.isEmpty && volumes.isEmpty && domainChanges.isEmpty && restarted.isEmpty }

    /// Whether the CIB must be written, be it only to record the commit.
    public var needsTransaction: Bool { !edits.isEmpty }

    public var patch: Patch { Patch(from: live, to: wanted) }

    public func count(_ action: Change.Action) -> Int {
        changes.count { $0.action == action } + files.count { $0.action == action } + volumes.count { $0.action == action }
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
