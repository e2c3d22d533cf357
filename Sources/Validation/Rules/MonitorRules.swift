internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// "Pacemaker will not (by default) check that the resource continues to stay healthy … You must configure monitor operations
/// explicitly to perform these checks." (Pacemaker Explained, "Monitoring Resources for Failure")
enum MonitorRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let vital = cluster.vital
        let names = Set(vital.map(\.object.id))
        return vital.compactMap { unmonitored($0, in: cluster) }
            + cluster.declarations.all.compactMap {
                halfMonitored($0, in: cluster) ?? (names.contains($0.object.id) ? nil : monitoredOnce($0, in: cluster))
            }
    }

    /// crmsh: "interval in monitor should be larger than 0". One beside a recurring one sets the time for the first look.
    private static func monitoredOnce(_ declaration: Declaration, in cluster: DeclaredCluster) -> Finding? {
        guard declaration.object.element.name == "primitive",
            cluster.operations(of: declaration).contains(where: { $0["name"] == "monitor" && !$0.isRecurring }),
            let monitors = cluster.monitors(of: declaration), monitors.isEmpty
        else { return nil }
        let name = declaration.object.id.name
        return Finding(
            .unmonitored, "nothing notices when \(name) fails: its monitor has no interval, and is never repeated",
            at: declaration.place(of: "monitor", orOf: [name]), remedy: "write \"op monitor interval=30s …\"")
    }

    private static func unmonitored(_ declaration: Declaration, in cluster: DeclaredCluster) -> Finding? {
        guard let monitors = cluster.monitors(of: declaration), monitors.isEmpty else { return nil }
        let name = declaration.object.id.name
        return Finding(
            .unmonitored, "nothing notices when \(name) fails: it has no monitor", at: declaration.place(of: name),
            remedy: "add \"op monitor interval=30s timeout=…\"")
    }

    /// A monitor without a role is for instances that are started, and not for those that are promoted.
    private static func halfMonitored(_ declaration: Declaration, in cluster: DeclaredCluster) -> Finding? {
        let name = declaration.object.id.name
        guard declaration.object.element.name == "primitive", let monitors = cluster.monitors(of: declaration), !monitors.isEmpty,
            let clone = cluster.outermost(name), cluster.inherited.isPromotable(clone.object),
            !monitors.contains(where: { Scalar.role.same($0["role"] ?? "Started", "Promoted") })
        else { return nil }
        return Finding(
            .unmonitored, "nothing notices when \(name) fails where it is promoted", at: declaration.place(of: "monitor", orOf: [name]),
            remedy: "add \"op monitor interval=… role=Promoted\", with an interval of its own")
    }
}

extension DeclaredCluster {
    /// What a cluster of domUs stands on. Of other resources many are better left unmonitored.
    fileprivate var vital: [Declaration] { xenPrimitives.map(\.declaration) + drbdPrimitives.map(\.declaration) + filesystems.map(\.declaration) }

    /// The recurring monitors of a primitive and its template; nil where they are taken over from elsewhere.
    fileprivate func monitors(of declaration: Declaration) -> [Element]? {
        guard let base = inherited.base(of: declaration.object) else { return nil }
        guard ![declaration.object.element, base].contains(where: { $0.first("operations")?["id-ref"] != nil }) else { return nil }
        return operations(of: declaration).filter {
            $0["name"] == "monitor" && $0.isRecurring && !Scalar.boolean.same($0["enabled"] ?? "true", "false")
        }
    }

    fileprivate func operations(of declaration: Declaration) -> [Element] {
        [declaration.object.element, inherited.base(of: declaration.object)].compactMap { $0?.first("operations") }.flatMap(\.children)
    }
}
