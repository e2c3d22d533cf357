internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

/// What is read when something starts again is changed only together with the transaction: under the intent of a leader, or after it.
final class RestartChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .performing(let node, let step, let fingerprint) = happening, let partition = cluster.partition(of: node) else { return nil }
        guard let change = step.fileChange, change.old != nil, change.new != nil else { return nil }
        guard let commit = fingerprint.commit, ClusterRecord(in: partition.cib).applied != commit else { return nil }
        let isUsed = partition.wishes.contains { wish in
            if case .domain(let file) = wish.kind { return file == change.path.text }
            if case .drbd(let resource) = wish.kind { return change.resources.contains(resource) }
            return false
        }
        guard isUsed, !seesIntent(of: commit, node, cluster, partition) else { return nil }
        return "\(node) changes \(change.path), which is in use, for \(commit.brief), and no leader is about to commit it"
    }

    /// The intent stands in the order of attrd, or as this node sees it still.
    private func seesIntent(of commit: CommitID, _ node: NodeName, _ cluster: Cluster, _ partition: Partition) -> Bool {
        partition.announcements.values.contains { $0.intent == commit } || cluster.node(node).view.values.contains { $0.intent == commit }
    }
}
