internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Records
internal import Repository
internal import Steps

/// On a cluster file system: no file is written below the mount point while nothing is mounted there, where the mount would bury it; and no domU
/// comes into the CIB before its file is on it, which Pacemaker could not start.
final class MountChecker: Checker {
    /// What a person has changed since.
    private var disturbed: Set<String> = []

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard let shared = cluster.shared else { return nil }
        switch happening {
        case .disturbed(_, let path): disturbed.insert(path)
        case .performed(let node, let step, _, _):
            return cluster.node(node).host.hidden.first.map { "\(node) does \"\(step.id)\", and \($0) lies below the mount point" }
        case .configured(let partition, let former, .daemon(let node, let step)):
            guard case .transact = step.action, let commit = partition.record.begun ?? partition.record.applied,
                let contents = cluster.git.contents(commit)
            else { return nil }
            let state = cluster.library.state(contents)
            for file in state.files {
                let path = state.policy.path(of: file)
                let domain = partition.wishes.first { $0.kind == .domain(file: path) }
                guard let domain, former[ObjectID(.resource, domain.id)] == nil, shared.holds(path), !disturbed.contains(path) else { continue }
                guard shared.files[path]?.bytes != file.source.bytes else { continue }
                return "\(node) brings \(domain.id) into the CIB, and \(path) is not on the file system"
            }
            return nil
        default: break
        }
        return nil
    }
}
