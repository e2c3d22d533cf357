internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Safety
internal import Steps

/// What is read when something starts again is changed only together with the transaction: under the intent of a leader, or after it.
final class RestartChecker: Checker {
    /// What a node has seen of the others last, and when.
    private var seen: [NodeName: (peers: [NodeName: Announcement], time: Int)] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .took(let node, .observed(let live)): seen[node] = (live.peers, cluster.simulation.now)
        case .took(let node, .looked(let glance)): seen[node] = (glance.peers, cluster.simulation.now)
        case .performing(let node, let step, let fingerprint): return objection(to: step, fingerprint, by: node, cluster)
        default: break
        }
        return nil
    }

    private func objection(to step: Step, _ fingerprint: Fingerprint, by node: NodeName, _ cluster: Cluster) -> String? {
        guard let partition = cluster.partition(of: node) else { return nil }
        guard let change = step.fileChange, change.old != nil, change.new != nil else { return nil }
        guard let commit = fingerprint.commit, partition.record.applied != commit else { return nil }
        let isUsed = partition.wishes.contains { wish in
            if case .domain(let file) = wish.kind { return file == change.path.text }
            if case .drbd(let resource) = wish.kind { return change.resources.contains(resource) }
            return false
        }
        guard isUsed, !seesIntent(of: commit, node, cluster, partition) else { return nil }
        return "\(node) changes \(change.path), which is in use, for \(commit.brief), and no leader is about to commit it"
    }

    /// The intent stands; or it stood a moment ago, when this node looked, and the effect was under way.
    private func seesIntent(of commit: CommitID, _ node: NodeName, _ cluster: Cluster, _ partition: Partition) -> Bool {
        if partition.announcements.values.contains(where: { $0.intent == commit }) { return true }
        return seen[node]?.peers.values.contains { $0.intent == commit } == true
    }
}
