internal import CIB
internal import ClusterModel
public import Diagnostics
internal import LiveState
internal import Planning

/// What is deleted while Pacemaker may not, or can't, stop it runs on, owned by nobody.
enum StopCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let cluster = evidence.live.cluster else { return [] }
        return hindrances(to: evidence.plan, in: cluster).map { Objection(.wait, $0.message, remedy: $0.remedy) }
    }

    fileprivate static func hindrances(to plan: Plan, in cluster: ClusterStatus) -> [(message: String, remedy: String)] {
        let doomed = Set(plan.deletedResources)
        let running = cluster.resources.filter { $0.isActive && doomed.contains($0.id) }
        guard !running.isEmpty else { return [] }
        let tree = plan.live.resourceTree
        let hindered = running.compactMap { resource in cause(of: resource, in: cluster, tree).map { (resource.id, $0) } }
        return Dictionary(hindered, uniquingKeysWith: { first, _ in first }).sorted { $0.key < $1.key }.map { id, cause in
            ("\(id) is to be deleted, and \(cause.message)", cause.remedy)
        }
    }

    /// From the widest to the narrowest: what is in force for all is told first.
    private static func cause(
        of resource: ClusterStatus.Resource, in cluster: ClusterStatus, _ tree: ResourceTree
    ) -> (message: String, remedy: String)? {
        if cluster.inMaintenance {
            return ("the cluster is in maintenance", "end it: crm configure property maintenance-mode=false")
        }
        let node = cluster.nodes.first { resource.nodes.contains($0.name) && $0.isInMaintenance }
        if let node { return ("\(node.name), where it runs, is in maintenance", "end it: crm node ready \(node.name)") }
        if resource.isBlocked { return blocked(resource, in: cluster) }
        guard !resource.isManaged else { return nil }
        return unmanaged(resource.id, tree)
    }

    /// What is in maintenance Pacemaker leaves alone, whatever is-managed says. Whoever says so has to take it back: the resource, the group or clone
    /// around it, or the defaults of all.
    private static func unmanaged(_ resource: String, _ tree: ResourceTree) -> (message: String, remedy: String) {
        let object = tree[resource]
        if let (value, holder) = object.flatMap({ tree.saying("maintenance", of: $0) }), Scalar.boolean.same(value, "true") {
            return holder.map { ("\($0) is in maintenance", "end it: crm resource maintenance \($0) off") }
                ?? ("rsc_defaults say maintenance=\(value)", "end it: crm configure rsc_defaults maintenance=false")
        }
        let said = object.flatMap { tree.saying("is-managed", of: $0) }
        guard let said, said.resource == nil else {
            return ("Pacemaker does not manage it", "let it: crm resource manage \(said?.resource ?? resource)")
        }
        return ("rsc_defaults say is-managed=\(said.value)", "let it: crm configure rsc_defaults is-managed=true")
    }

    /// "block: Don't perform any further operations on the resource" is what `on-fail` of a stop means where nothing is fenced
    /// (Pacemaker Explained, "Resource Operations").
    private static func blocked(_ resource: ClusterStatus.Resource, in cluster: ClusterStatus) -> (message: String, remedy: String) {
        let failures = cluster.failures.filter { $0.resource.text == resource.id }
        let place = resource.nodes.first ?? "its node"
        // Any operation may have `on-fail=block`.
        if let failure = failures.last, !failures.contains(where: { $0.task == "stop" }) {
            return ("Pacemaker is blocked: \(failure)", "mend that, then: crm resource cleanup \(resource.id)")
        }
        let failure = failures.last { $0.task == "stop" }
        return (
            failure.map { "it could not be stopped: \($0)" } ?? "Pacemaker is blocked: it could not be stopped on \(place)",
            "stop it on \(place) by hand, then: crm resource cleanup \(resource.id)"
        )
    }
}

extension Evidence {
    /// What would be waited for on the cluster that a CIB in a file is of. In a file nothing settles, and nothing has to.
    public var unstoppable: [Finding] {
        guard live.cluster == nil, let status = live.statusInFile else { return [] }
        return StopCheck.hindrances(to: plan, in: status).map {
            .warning("\($0.message), as the status of this CIB says: on the cluster that would be waited for", remedy: $0.remedy)
        }
    }
}
