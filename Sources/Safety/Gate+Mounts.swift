internal import CIB
internal import ClusterModel
internal import Planning

// "The same hazard exists while the cfg lies on an unmounted /cluster."
extension Gate {
    /// A domU whose file belongs onto a file system that runs nowhere would be started before its file is there.
    var missingMounts: [Reason] {
        guard let cluster else { return [] }
        return plan.wanted.filesystems.flatMap { filesystem -> [Reason] in
            let files = plan.files.filter { $0.action != .delete && $0.path.hasPrefix(filesystem.directory + "/") }
            let unwritten = files.map(\.path) + plan.unreachableFiles.filter { $0.hasPrefix(filesystem.directory + "/") }
            guard let first = unwritten.first, !cluster.isActive(filesystem.name) else { return [] }
            return [
                Reason(
                    "\(first) belongs onto \(filesystem.directory), which \(filesystem.name) mounts, and that runs nowhere",
                    remedy: "push the file system in a commit of its own, and this one when it is mounted", isPassing: true)
            ]
        }
    }
}
