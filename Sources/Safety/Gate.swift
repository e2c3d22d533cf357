internal import CIB
public import ClusterModel
internal import Diagnostics
public import LiveState
public import Planning
internal import Steps

/// Judges a plan by what it would destroy and by the state that the cluster is in.
public struct Gate {
    /// Up to so many deletions need no word, however few objects are left.
    static let unremarkableDeletions = 10

    let plan: Plan
    private let commit: Commit?
    let cluster: ClusterStatus?
    private let restoresKnownTree: Bool

    /// - Parameters:
    ///   - cluster: nil where there is none: a CIB in a file.
    ///   - restoresKnownTree: whether the commit's tree is that of a commit applied before, as after a revert.
    public init(plan: Plan, commit: Commit?, cluster: ClusterStatus?, restoresKnownTree: Bool) {
        self.plan = plan
        self.commit = commit
        self.cluster = cluster
        self.restoresKnownTree = restoresKnownTree
    }

    public consuming func judge() -> Verdict {
        let refusals = misfits + massDelete + hazards + missingSecrets + quorum + unpatchable
        guard refusals.isEmpty else { return .refused(refusals) }
        let obstacles = unsettled + unmanagedDeletions
        guard obstacles.isEmpty else { return .waiting(obstacles) }
        // Only now: what is being started is not yet mounted, and soon will be.
        guard missingMounts.isEmpty else { return .waiting(missingMounts) }
        return .approved(ApprovedPlan(plan))
    }

    /// Pacemaker would refuse the transaction, and say so of a file that nobody knows.
    private var misfits: [Reason] { plan.misfits.map { Reason($0.description) } }

    /// "Could not read the desired state" must never become "the desired state is empty".
    private var massDelete: [Reason] {
        let count = plan.changes.count { $0.action == .delete }
        guard count > Self.unremarkableDeletions, 2 * count > plan.managedCount, !restoresKnownTree else { return [] }
        guard commit?.trailer("Allow-Mass-Delete").contains(where: { $0.lowercased() == "yes" }) != true else { return [] }
        return [
            Reason(
                "the commit would delete \(count) of \(plan.managedCount) managed objects",
                remedy: "if that is meant, say so in its message: \"Allow-Mass-Delete: yes\"")
        ]
    }

    private var missingSecrets: [Reason] {
        plan.missingSecrets.map { Reason($0.message, remedy: $0.remedy, isPassing: true) }
    }

    /// "CIB writes SUCCEED without quorum, and on heal the highest epoch wins": a writer must check for itself.
    private var quorum: [Reason] {
        guard let cluster, plan.needsTransaction, !cluster.hasQuorum else { return [] }
        return [
            Reason(
                "this partition has no quorum", remedy: "bring the missing nodes back; nothing is changed until then",
                isPassing: true)
        ]
    }

    /// "A CIB without crm_feature_set yields v1 diffs."
    private var unpatchable: [Reason] {
        guard plan.needsTransaction, plan.live.featureSet == nil else { return [] }
        return [
            Reason(
                "the CIB has no crm_feature_set, and can't be patched safely",
                remedy: "let Pacemaker write it once, or create it with cibadmin --empty")
        ]
    }

    private var unsettled: [Reason] {
        guard let cluster, plan.needsTransaction else { return [] }
        var reasons: [Reason] = []
        if cluster.dc == nil { reasons.append(Reason("no designated controller is elected yet")) }
        if cluster.dc != nil, !cluster.isIdle { reasons.append(Reason("a transition is under way")) }
        for node in cluster.nodes where node.isUnclean {
            reasons.append(
                Reason("node \(node.name) is unclean", remedy: "fence it, or confirm that it is off: stonith_admin --confirm \(node.name)"))
        }
        for node in cluster.nodes where node.isPending { reasons.append(Reason("node \(node.name) is about to join")) }
        return reasons
    }

    /// "Deleting in maintenance mode produces no actions: the VM runs on, owned by nobody."
    private var unmanagedDeletions: [Reason] {
        guard let cluster else { return [] }
        let running = cluster.resources.filter { $0.isActive && plan.deletedResources.contains($0.id) }
        return Set(running.filter { cluster.inMaintenance || !$0.isManaged }.map(\.id)).sorted().map { name in
            Reason(
                "\(name) is to be deleted, and Pacemaker may not stop it (maintenance, or not managed)",
                remedy: "end the maintenance: crm resource manage \(name)")
        }
    }
}
