internal import CIB
internal import ClusterModel
internal import Records
internal import Steps

/// The cluster goes forward in the history of the repository; back only to what was healthy, or where a commit's message says so.
final class LineageChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .configured(let partition, let former, .daemon(let node, let step)) = happening, case .transact = step.action else { return nil }
        let (before, after) = (ClusterRecord(in: former), partition.record)
        guard let old = before.applied else { return nil }
        guard let new = after.applied else { return "\(node) forgets what was applied" }
        if cluster.git.isAncestor(old, of: new) || cluster.git.isRepeated(old, before: new) { return nil }
        if isTheSame(partition.cib, former) { return nil }
        if before.held == old || before.held != nil, new == before.good { return nil }
        let words = cluster.git.commit(cluster.git.head)?.trailer("Allow-Rewind") ?? []
        if words.contains(where: { old.hex.hasPrefix($0) }) { return nil }
        let known = cluster.node(node).host.fetchedHead.flatMap(cluster.git.commit)?.trailer("Allow-Rewind") ?? []
        if known.contains(where: { old.hex.hasPrefix($0) }) { return nil }
        return "\(node) takes the cluster from \(old.brief) back to \(new.brief)"
    }

    /// Where nothing changes but the record, another history is no way back.
    private func isTheSame(_ a: CIB, _ b: CIB) -> Bool {
        a.objects.filter { $0.id != ClusterRecord.set }.map(\.element) == b.objects.filter { $0.id != ClusterRecord.set }.map(\.element)
    }
}
