internal import CIB
internal import ClusterModel
internal import Records
internal import Steps

/// One node leads: the transaction of a commit, a ban, a word on a commit land only while the record names the node that makes them.
final class LeadershipChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .configured(let partition, let former, .daemon(let node, let step)) = happening else { return nil }
        guard partition.cib.version == former.version.next else { return "\(node) has left out a version" }
        switch step.action {
        case .transact, .ban:
            let leader = ClusterRecord(in: former).leader
            guard leader == node else { return "\(node) writes \"\(step.id)\" while \(leader?.text ?? "nobody") leads" }
        default: break
        }
        return nil
    }
}
