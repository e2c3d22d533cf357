internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Repository
internal import Safety

/// "Converged" is true when it is said: the commit is in force, was found healthy, and its files are on this host.
final class ConvergenceChecker: Checker {
    private var disturbed: [NodeName: Int] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .disturbed(let node, _): disturbed[node] = cluster.simulation.now
        case .told(let node, .concluded(let conclusion)):
            guard conclusion.result == .converged, let work = conclusion.work, let partition = cluster.partition(of: node) else { return nil }
            guard partition.cib.version == work.approval.fingerprint.cib else { return nil }
            let record = partition.record
            guard record.applied == work.commit else { return "\(node) says that \(work.commit.brief) is converged, and it is not in force" }
            guard record.good == work.commit else { return "\(node) says that \(work.commit.brief) is converged, and nobody has found it good" }
            return wrongFile(of: work, on: node, cluster)
        default: break
        }
        return nil
    }

    private func wrongFile(of work: Work, on node: NodeName, _ cluster: Cluster) -> String? {
        let commit = work.commit
        guard let contents = cluster.git.contents(commit) else { return nil }
        if let moment = disturbed[node], moment > cluster.simulation.now - 5000 { return nil }
        let state = cluster.library.state(contents)
        let host = cluster.node(node).host
        for volume in state.volumes(on: node) where (host.volumes[volume.path]?.size ?? 0) < volume.size {
            return "\(node) says that \(commit.brief) is converged, and has no \(volume.path) of that size"
        }
        for file in state.files {
            let path = state.policy.path(of: file)
            // Those that belong onto a file system that is not mounted here are another host's business.
            if cluster.file(path, on: host)?.bytes != file.source.bytes, !work.approval.plan.unreachableFiles.contains(path) {
                return "\(node) says that \(commit.brief) is converged, and its \(path) is another one"
            }
            for resource in file.resources where host.drbd[resource] != nil && host.drbd[resource]?.bytes != file.source.bytes {
                return "\(node) says that \(commit.brief) is converged, and \(resource) is not adjusted to it"
            }
        }
        return nil
    }
}
