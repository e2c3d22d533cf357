internal import CIB
internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XML

/// Live migration needs both hosts to hold the disk at once: two primaries, on two nodes.
enum MigrationRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.xenPrimitives.filter(\.migrates).flatMap { domU in
            domU.storage.flatMap { findings(domU, on: $0, in: cluster) }
        } + crosswiseMounts(in: cluster) + cluster.drbdPrimitives.compactMap { refusedPromotion($0, in: cluster) }
    }

    private static func findings(_ domU: XenPrimitive, on resource: String, in cluster: DeclaredCluster) -> [Finding] {
        guard let drbd = cluster.drbdByResource[resource], drbd.isPromotable else { return [] }
        guard drbd.isDualPrimary else {
            return [
                Finding(
                    .singlePrimary, "\(domU.name) can't migrate: \(drbd.name) is promoted on one node at most",
                    at: domU.declaration.place(of: "allow-migrate"), remedy: "set promoted-max=2, or drop allow-migrate")
            ]
        }
        return [narrow(drbd, domU, cluster.inherited), crosswise(drbd.clone, domU, cluster.inherited)].compactMap(\.self)
    }

    private static func narrow(_ drbd: DRBDPrimitive, _ domU: XenPrimitive, _ options: ResourceTree) -> Finding? {
        guard let max = options.meta("clone-max", of: drbd.clone.object).flatMap({ Int($0) }), max < 2 else { return nil }
        return Finding(
            .migrationBlocked, "\(domU.name) can't migrate: \(drbd.name) runs on one node only",
            at: drbd.clone.place(of: "clone-max"), remedy: "set clone-max=2")
    }

    /// Of interleave: "if this option is true, the ordering is relative only to instances on the same node" (Pacemaker
    /// Explained, "Clone Options").
    private static func crosswise(_ clone: Declaration, _ domU: XenPrimitive, _ options: ResourceTree) -> Finding? {
        let name = clone.object.id.name
        guard !options.isTrue("interleave", of: clone.object) else { return nil }
        return Finding(
            .migrationBlocked, "without interleave=true \(domU.name) waits for \(name) on every node",
            at: clone.place(of: name), remedy: "set interleave=true")
    }

    /// The file systems on which the files of migrating domUs lie, each told once.
    private static func crosswiseMounts(in cluster: DeclaredCluster) -> [Finding] {
        let xenPrimitives = cluster.xenPrimitives.filter(\.migrates)
        return cluster.filesystems.compactMap { filesystem in
            guard let domU = xenPrimitives.first(where: { filesystem.holds($0.file) }), let clone = cluster.outermost(filesystem.name),
                clone.object.element.name == "clone"
            else { return nil }
            return crosswise(clone, domU, cluster.inherited)
        }
    }

    /// DRBD refuses the second promotion that the clone asks for.
    private static func refusedPromotion(_ drbd: DRBDPrimitive, in cluster: DeclaredCluster) -> Finding? {
        guard drbd.isPromotable, drbd.isDualPrimary, let definition = cluster.resourceByName[drbd.resource], !cluster.allowsTwoPrimaries(definition)
        else { return nil }
        return Finding(
            .singlePrimary, "\(drbd.resource) allows one primary, and \(drbd.name) promotes it on \(drbd.promotedMax) nodes",
            at: definition.place(of: drbd.resource), remedy: "set \"allow-two-primaries yes\" in its net section, or promoted-max=1")
    }
}
