internal import CIB
public import ClusterModel
internal import LiveState
internal import Planning
internal import Repository
internal import Steps

/// A domU reads its file when it starts, and at no other time: a migration takes along what it has.
public struct PendingRestart: Hashable, Sendable {
    public let domain: ResourceID
    public let path: HostPath
}

extension Evidence {
    /// The domUs that run on without what the plan changes in their files, until they are started anew: none where Pacemaker does that for this very plan.
    public var pendingRestarts: [PendingRestart] {
        guard let cluster = live.cluster else { return [] }
        let changed = Set(plan.files.filter { $0.format == .xen && $0.old != nil && $0.new != nil }.map(\.path.text))
        guard !changed.isEmpty else { return [] }
        let tree = plan.wanted.resourceTree
        let restarted = restarts
        return plan.wanted.objects.compactMap { object in
            guard let file = tree.domainFile(of: object), changed.contains(file), cluster.isActive(object.id.name) else { return nil }
            let domain = ResourceID(object.id.name)
            return restarted.contains(domain) ? nil : PendingRestart(domain: domain, path: HostPath(file))
        }
    }

    /// What stops, or starts anew, in consequence of the plan.
    private var restarts: Set<ResourceID> {
        guard let actions = forecast?.value?.caused.actions else { return [] }
        return Set(actions.filter { [.restart, .recover, .stop, .move].contains($0.kind) }.map(\.resource))
    }
}
