internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning

/// A CIB is written without quorum too, and when a partition heals the highest epoch wins: a writer must look for itself.
enum QuorumCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let cluster = evidence.live.cluster, evidence.plan.needsTransaction, !cluster.hasQuorum else { return [] }
        return [Objection(.lack, "this partition has no quorum", remedy: "bring the missing nodes back; nothing is changed until then")]
    }
}

/// What has to come to rest before the CIB is written.
enum SettledCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let cluster = evidence.live.cluster, evidence.plan.needsTransaction else { return [] }
        var objections: [Objection] = []
        if cluster.dc == nil { objections.append(Objection(.wait, "no designated controller is elected yet")) }
        for node in cluster.nodes where node.isUnclean {
            objections.append(
                Objection(
                    .wait, "node \(node.name) is unclean",
                    remedy: "fence it, or confirm that it is off: stonith_admin --confirm \(node.name)"))
        }
        for node in cluster.nodes where node.isPending { objections.append(Objection(.wait, "node \(node.name) is about to join")) }
        return objections + transition(cluster, evidence)
    }

    /// The patch is a compare-and-swap and needs no idle DC. What keeps the cluster busy may be just what the commit mends: a resource whose
    /// monitor fails after each start never lets it rest.
    private static func transition(_ cluster: ClusterStatus, _ evidence: Evidence) -> [Objection] {
        guard cluster.dc != nil, !cluster.isIdle else { return [] }
        // Between two failures it runs, and is not shown as failed; what has failed stays in the list.
        let failed = Set(cluster.resources.filter(\.hasFailed).map { ResourceID($0.id) }).union(cluster.failures.map(\.resource))
        guard failed.isDisjoint(with: evidence.touched) else { return [] }
        let names = failed.isEmpty ? "" : ": \(failed.sorted().list) failed"
        return [Objection(.wish, "a transition is under way\(names)")]
    }
}

/// CIBs without a feature set are patched in the old format, which compares nothing.
enum PatchCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard evidence.plan.needsTransaction, evidence.plan.live.featureSet == nil else { return [] }
        return [
            Objection(
                .refusal, "the CIB has no crm_feature_set, and can't be patched safely",
                remedy: "let Pacemaker write it once, or create it with cibadmin --empty")
        ]
    }
}
