internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps

/// A node that has promised a commit changes nothing for another one; and the transaction lands when the files of the commit are on every node
/// that the leader saw.
final class PromiseChecker: Checker {
    private var disturbed: [NodeName: [String: Int]] = [:]
    private var joined: [NodeName: Int] = [:]
    /// What a node could not write for a commit, on a file system that is not mounted there: somebody else has to.
    private var unreachable: [NodeName: [CommitID: Set<String>]] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .disturbed(let node, let path): disturbed[node, default: [:]][path] = cluster.simulation.now
        case .joined(let node): joined[node] = cluster.simulation.now
        case .planned(let node, let evidence):
            guard let commit = evidence.plan.commit, !evidence.plan.unreachableFiles.isEmpty else { return nil }
            unreachable[node, default: [:]][commit, default: []].formUnion(evidence.plan.unreachableFiles)
        case .performing(let node, let step, let fingerprint): return breach(step, fingerprint, by: node, cluster)
        case .configured(let partition, let former, .daemon(let node, let step)):
            guard case .transact = step.action else { return nil }
            return missingFiles(partition, former, by: node, cluster)
        default: break
        }
        return nil
    }

    private func breach(_ step: Step, _ fingerprint: Fingerprint, by node: NodeName, _ cluster: Cluster) -> String? {
        guard step.scope == .everyNode, let partition = cluster.partition(of: node) else { return nil }
        guard let promise = partition.announcements[node]?.promise, promise.commit != fingerprint.commit else { return nil }
        return "\(node) does \"\(step.id)\" for \(fingerprint.commit?.brief ?? "") while its promise of \(promise.commit.brief) stands"
    }

    /// Files of the commit that an online node does not have.
    private func missingFiles(_ partition: Partition, _ former: CIB, by leader: NodeName, _ cluster: Cluster) -> String? {
        guard let commit = partition.record.begun ?? partition.record.applied, let contents = cluster.git.contents(commit) else { return nil }
        let state = cluster.library.state(contents)
        let seen = cluster.node(leader).lastStatus
        // Who comes between the leader's last look and its transaction no program can know of; to one that joins all the others come.
        let unseen = partition.formed >= seen ? partition.members.subtracting(partition.companions[leader] ?? []) : []
        for member in partition.online.subtracting(unseen).sorted() {
            let node = cluster.node(member)
            if let moment = joined[member], moment >= seen { continue }
            for file in state.files {
                let path = state.policy.path(of: file)
                guard cluster.file(path, on: node.host)?.bytes != file.source.bytes, disturbed[member]?[path] == nil else { continue }
                guard unreachable[member]?[commit]?.contains(path) != true else { continue }
                return "\(leader) commits \(commit.brief), and \(member) does not have its \(path)"
            }
        }
        return nil
    }
}
