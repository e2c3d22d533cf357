internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

/// Before a host is touched for a commit that is not in force, every node that was seen has judged it: what one refuses leaves nothing on the others.
final class RefusalChecker: Checker {
    private var able: [CommitID: Set<NodeName>] = [:]
    private var joined: [NodeName: Int] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .announced(let node, let announcement):
            if let promise = announcement.promise { able[promise.commit, default: []].insert(node) }
        case .joined(let node): joined[node] = cluster.simulation.now
        case .performing(let node, let step, let fingerprint):
            guard step.scope == .everyNode || step.isOfNewcomer, let commit = fingerprint.commit, let partition = cluster.partition(of: node) else {
                return nil
            }
            guard partition.record.applied != commit, fingerprint.cib == partition.cib.version else { return nil }
            let seen = cluster.node(node).lastStatus
            let newcomers = joined.filter { $0.value >= seen }.map(\.key)
            // To one that joins all the others are newcomers.
            let unseen = partition.formed >= seen ? partition.members.subtracting(partition.companions[node] ?? []) : []
            let missing = partition.online.subtracting(able[commit] ?? []).subtracting(newcomers).subtracting(unseen)
            return missing.isEmpty ? nil : "\(node) does \"\(step.id)\" for \(commit.brief), which \(missing.sorted().list) has not judged"
        default: break
        }
        return nil
    }
}

extension Step {
    fileprivate var isOfNewcomer: Bool {
        switch action {
        case .createMetadata, .up, .firstSync: true
        default: false
        }
    }
}
