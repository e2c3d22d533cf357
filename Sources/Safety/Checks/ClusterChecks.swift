internal import CIB
internal import ClusterModel
public import Diagnostics
internal import LiveState
internal import Planning
internal import Steps
internal import XML

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
        guard failed.isEmpty || failed.isDisjoint(with: evidence.touched.union(evidence.plan.resourcesWithFiles)) else { return [] }
        let names = failed.isEmpty ? "" : ": \(failed.sorted().list) failed"
        return [Objection(.wish, "a transition is under way\(names)")]
    }
}

/// Pacemaker knows a node by its id. Another name for one that is there is another node to it, which nobody has seen: it is fenced. Names it compares
/// without regard to case ("More than one node entry has name 'ALPHA'"), and those of remote and guest nodes are among them.
enum NodeIdentityCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let changed = evidence.plan.changes.filter { $0.id.kind == .node && $0.action != .delete }
        let namesakes = evidence.live.cluster == nil ? [] : namesakes(in: evidence.plan)
        return changed.compactMap { twin(of: $0.id, in: evidence.plan.wanted) } + namesakes.map { Objection(.refusal, $0, remedy: otherName) }
    }

    private static func twin(of node: ObjectID, in cib: CIB) -> Objection? {
        let others = cib.objects.filter { $0.id.kind == .node && $0.id != node }
        if let id = cib[node]?.element.id, let other = others.first(where: { $0.element.id == id }) {
            return Objection(.refusal, "node \(node.name) would have the id \(id), which is that of \(other.id.name)", remedy: remedy)
        }
        guard let other = others.first(where: { $0.id.name.lowercased() == node.name.lowercased() }) else { return nil }
        return Objection(
            .refusal, "node \(node.name) would have the name of \(other.id.name): Pacemaker compares names without regard to case",
            remedy: "write it as the cluster does, \(other.id.name); for another node take another name")
    }

    /// Remote and guest nodes that come with the name of a node of the cluster.
    fileprivate static func namesakes(in plan: Plan) -> [String] {
        let changed = plan.changes.filter { $0.id.kind == .resource && $0.action != .delete }
        let coming = changed.flatMap { change in
            (plan.wanted[change.id]?.remoteNodeNames ?? []).subtracting(plan.live[change.id]?.remoteNodeNames ?? []).map { (change.id.name, $0) }
        }
        guard !coming.isEmpty else { return [] }
        let members = plan.wanted.objects.filter { $0.id.kind == .node && !$0.isRemoteNode }
        return coming.compactMap { resource, name in
            guard let member = members.first(where: { $0.id.name.lowercased() == name.lowercased() }) else { return nil }
            return "\(resource) would make a remote node \(name), and \(member.id.name) is a node of the cluster"
        }
    }

    fileprivate static let otherName = "give the remote node another name"

    private static let remedy = "the id is the nodeid of corosync.conf: a node is renamed there and taken out with crm_node --remove"
}

extension Evidence {
    /// In a file nobody tells whether a node that is listed was ever taken out of the cluster: it is said, and not refused.
    public var namesakesInFile: [Finding] {
        guard live.cluster == nil else { return [] }
        return NodeIdentityCheck.namesakes(in: plan).map {
            .warning(
                "\($0): on the cluster that would be refused", remedy: "\(NodeIdentityCheck.otherName); or crm_node --remove that node, if it is gone"
            )
        }
    }
}

/// CIBs without a feature set are patched in the old format, which compares nothing; those of a newer Pacemaker ("Protocol not supported", "Update does
/// not conform to the configured schema") not at all.
enum PatchCheck: Check {
    private static func tooNew(_ live: CIB, _ newest: CIB) -> Objection {
        let (written, read) = (
            "\(live.schema), feature set \(live.featureSet ?? "unknown")", "\(newest.schema), feature set \(newest.featureSet ?? "unknown")"
        )
        return Objection(
            .lack, "a newer Pacemaker wrote the CIB (\(written)) than the one on this host (\(read)), whose tools can't change it",
            remedy: "install that Pacemaker here too, or work on a node that has it")
    }

    static func objections(to evidence: Evidence) -> [Objection] {
        let live = evidence.plan.live
        guard evidence.plan.needsTransaction else { return [] }
        if let newest = evidence.newestCIB, live.isNewer(than: newest) { return [tooNew(live, newest)] }
        guard live.featureSet == nil else { return [] }
        return [
            Objection(
                .refusal, "the CIB has no crm_feature_set, and can't be patched safely",
                remedy: "let Pacemaker write it once, or create it with cibadmin --empty")
        ]
    }
}
