internal import ClusterModel
internal import LiveState
internal import Repository
internal import Safety
internal import Steps

/// Data are never destroyed: no volume vanishes or shrinks without the word of a commit, and none that something uses, or that the CIB in force
/// needs, whatever a commit says.
final class VolumeChecker: Checker {
    private var known: [NodeName: LiveVolumes] = [:]
    /// What may go on a node, once.
    private var allowed: [NodeName: VolumePath] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .performing(let node, let step, let fingerprint):
            guard case .removeVolume(let change) = step.action else { return nil }
            guard isAllowed(change.path, by: fingerprint.commit, cluster) else { return "\(node) removes \(change.path), which no commit lets go" }
            allowed[node] = change.path
            return user(of: change.path, on: node, cluster).map { "\(node) removes \(change.path), which \($0)" }
        case .performed(let node, _, _, _):
            defer {
                known[node] = cluster.node(node).host.volumes
                allowed[node] = nil
            }
            return loss(on: node, cluster)
        default: return nil
        }
    }

    private func isAllowed(_ path: VolumePath, by commit: CommitID?, _ cluster: Cluster) -> Bool {
        guard let commit else { return false }
        return cluster.git.commit(commit)?.names(inTrailer: Trailer.destroy).contains(path.asset) == true
    }

    private func user(of path: VolumePath, on node: NodeName, _ cluster: Cluster) -> String? {
        let host = cluster.node(node).host
        if host.isOpen(path) { return "is open" }
        for wish in cluster.partition(of: node)?.wishes ?? [] {
            guard case .drbd(let resource) = wish.kind, host.definition(of: resource)?.disk == path else { continue }
            return "\(wish.id) stands on"
        }
        return nil
    }

    private func loss(on node: NodeName, _ cluster: Cluster) -> String? {
        for (group, content) in known[node]?.groups ?? [:] {
            for (name, volume) in content.volumes {
                let path = VolumePath(group: group, name: name)
                let size = cluster.node(node).host.volumes[path]?.size ?? 0
                guard size < volume.size, allowed[node] != path else { continue }
                return "\(path) on \(node) had \(volume.size) bytes of data, and has \(size)"
            }
        }
        return nil
    }
}
