internal import CIB
public import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps
internal import XenSyntax

/// A domU reads its file when it starts, and at no other time: a migration takes along what it has.
public struct PendingRestart: Hashable, Sendable {
    public let domain: ResourceID
    public let path: HostPath
    /// What it runs on without, where that is known: `memory 128 MiB, not 256`.
    public let settings: [String]
}

extension PendingRestart: CustomStringConvertible {
    public var description: String {
        "\(domain) runs on without what \(path) says until it is started anew" + (settings.isEmpty ? "" : ": \(settings.joined(separator: "; "))")
    }
}

extension Evidence {
    /// The domUs that run on without what their files say, until they are started anew: none where Pacemaker does that for this very plan.
    ///
    /// Of a domU that runs on this host Xen tells what it has. Of others it is known only that their files change with the plan.
    public var pendingRestarts: [PendingRestart] {
        guard let cluster = live.lastStatus else { return [] }
        let outdated = Dictionary(plan.outdatedDomains.map { ($0.path.text, $0.settings) }, uniquingKeysWith: { first, _ in first })
        let changed = Dictionary(plan.files.compactMap(\.rereading), uniquingKeysWith: { first, _ in first })
        guard !outdated.isEmpty || !changed.isEmpty else { return [] }
        let tree = plan.wanted.resourceTree
        let restarted = restarts.union(plan.restarted)
        return plan.wanted.objects.compactMap { object in
            guard let file = tree.domainFile(of: object), cluster.isActive(object.id.name) else { return nil }
            let isHere = live.domains?.value != nil && cluster.isActive(object.id.name, on: live.node.text)
            guard let settings = isHere ? outdated[file] : changed[file] else { return nil }
            let domain = ResourceID(object.id.name)
            return restarted.contains(domain) ? nil : PendingRestart(domain: domain, path: HostPath(file), settings: settings)
        }
    }

    /// What stops, or starts anew, in consequence of the plan.
    private var restarts: Set<ResourceID> {
        guard let actions = forecast?.value?.caused.actions else { return [] }
        return Set(actions.filter { [.restart, .recover, .stop, .move].contains($0.kind) }.map(\.resource))
    }
}

extension FileChange {
    /// The path of a domU's file, and the keys that xl will read something else from.
    fileprivate var rereading: (path: String, settings: [String])? {
        guard format == .xen, let old, let new else { return nil }
        return (path.text, XenConfiguration.parse(new).configuration.settings(differingFrom: XenConfiguration.parse(old).configuration))
    }
}
