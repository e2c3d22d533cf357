internal import CIB
internal import ClusterModel
internal import LiveState
internal import XML

/// What should run, as the configuration says, and as far as the cluster lets anything run at all.
struct Expectations {
    let wanted: CIB
    let tree: ResourceTree
    /// Whether there is a node where something may run.
    private let hasRoom: Bool
    private let inMaintenance: Bool
    /// Whether an option lets nothing run at all.
    private let stopsAll: Bool

    init(_ wanted: CIB, _ now: ClusterStatus) {
        self.wanted = wanted
        tree = wanted.resourceTree
        hasRoom = now.nodes.contains { $0.isOnline && $0.isAvailable }
        inMaintenance = now.inMaintenance
        stopsAll = wanted.property("stop-all-resources").map { Scalar.boolean.same($0, "true") } ?? false
    }

    /// What is outermost around the resources; those that the configuration doesn't have any more are left out.
    func outermost(_ resources: Set<ResourceID>) -> [CIBObject] {
        Set(resources.filter { tree[$0.text] != nil }.map { tree.outermost($0.text) }).sorted().compactMap { tree[$0] }
    }

    /// Pacemaker Explained, "Resource Meta-Attributes": `target-role`, `is-managed`, `maintenance`; they may come from a template, what is around the
    /// resource, or `rsc_defaults`.
    func shouldRun(_ resource: CIBObject) -> Bool {
        guard hasRoom, !inMaintenance, !stopsAll, tree.meta("target-role", of: resource)?.lowercased() != "stopped" else { return false }
        let isManaged = tree.meta("is-managed", of: resource).map { Scalar.boolean.same($0, "true") } ?? true
        return isManaged && !tree.isTrue("maintenance", of: resource)
    }

    /// The primitives in a group, clone or bundle, at any depth; of a primitive itself.
    func primitives(in resource: CIBObject) -> [CIBObject] {
        tree.within(resource.id.name).compactMap { tree[$0] }.filter { $0.element.name == "primitive" }
    }

    func number(_ meta: String, of resource: CIBObject) -> Int? { tree.meta(meta, of: resource).flatMap { Int($0) } }
}

extension ClusterStatus {
    /// The instances that run.
    func active(_ resource: String) -> [Resource] { resources.filter { $0.id == resource && $0.isActive } }

    /// Instances that are promoted; crm_mon says `Promoted`, and said `Master` before 2.1.
    func promoted(_ resource: String) -> [Resource] { active(resource).filter { $0.role == "Promoted" || $0.role == "Master" } }
}
