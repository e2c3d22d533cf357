internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning

// "The same hazard exists while the cfg lies on an unmounted /cluster."
extension Gate {
    /// A domU whose file belongs onto a file system that runs nowhere would be started before its file is there.
    var missingMounts: [Reason] {
        guard let cluster else { return [] }
        return plan.unwrittenDomains.flatMap { domain -> [Reason] in
            let file = domain.domainFile ?? ""
            let filesystem = plan.wanted.filesystems.first { file.hasPrefix($0.directory + "/") }
            guard let filesystem, !cluster.isActive(filesystem.name) else { return [] }
            return [
                Reason(
                    "\(domain.id.name) can be created when \(filesystem.name) has mounted \(filesystem.directory), where its file belongs"
                )
            ]
        }
    }

    /// "disk path: detaches the good disk, then attaches the new one - refuse while Primary".
    var hazards: [Reason] {
        plan.hazards.map { message in
            Reason(
                message,
                remedy:
                    "adjusting that while the device is in use would cost data: take the resource out in a commit of its own, and bring it back changed"
            )
        }
    }
}
