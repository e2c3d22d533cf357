internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML
internal import XenSyntax

/// What runs on DRBD must run where and after it was promoted; what lies on a file system, after it was mounted.
enum TieRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.drbdPrimitives.compactMap(unpromotable)
            + cluster.drbdPrimitives.filter(\.isPromotable).compactMap { silent($0, in: cluster) }
            + cluster.filesystems.flatMap { storage(of: $0, in: cluster) }
            + cluster.xenPrimitives.flatMap { storage(of: $0, in: cluster) + mounts(of: $0, in: cluster) }
            + cluster.declarations.all(of: .constraint).compactMap { idle($0, in: cluster) }
    }

    /// then-action is first-action, where nothing else is said (Pacemaker Explained, "Ordering Properties").
    private static func idle(_ declaration: Declaration, in cluster: DeclaredCluster) -> Finding? {
        let order = declaration.object.element
        guard order.name == "rsc_order", let then = order["then"], let action = cluster.graph.laterAction(of: order),
            action == "promote" || action == "demote",
            let later = cluster.outermost(then), !cluster.inherited.isPromotable(later.object)
        else { return nil }
        return Finding(
            .idleOrder, "\(declaration.object.id.name) orders nothing: it waits with the \(action) of \(then), which is never promoted",
            at: declaration.place(of: then), remedy: "write \"\(then):start\"")
    }

    /// "If true, clone instances can perform a special role" (Pacemaker Explained, "Clone Options"): without it DRBD is
    /// Secondary everywhere.
    private static func unpromotable(_ drbd: DRBDPrimitive) -> Finding? {
        guard !drbd.isPromotable, drbd.clone.object.element.name != "template" else { return nil }
        let isCloned = drbd.clone.object.element.name == "clone"
        return Finding(
            .neverPromoted, "\(drbd.resource) is never promoted: \(drbd.name) is no promotable clone",
            at: drbd.clone.place(of: drbd.name),
            remedy: isCloned ? "add \"meta promotable=true\"" : "add \"clone \(drbd.name)-Clone \(drbd.name) meta promotable=true …\"")
    }

    private static func silent(_ drbd: DRBDPrimitive, in cluster: DeclaredCluster) -> Finding? {
        guard !cluster.inherited.isTrue("notify", of: drbd.clone.object) else { return nil }
        return Finding(
            .notifyMissing, "ocf:linbit:drbd needs notifications to set promotion scores",
            at: drbd.clone.place(of: drbd.name), remedy: "add \"meta notify=true\"")
    }

    private static func storage(of filesystem: Filesystem, in cluster: DeclaredCluster) -> [Finding] {
        guard let drbd = filesystem.device.flatMap(cluster.devices.resource).flatMap({ cluster.drbdByResource[$0] })
        else { return [] }
        return graph(of: filesystem.declaration, to: drbd, in: cluster)
    }

    private static func storage(of domU: XenPrimitive, in cluster: DeclaredCluster) -> [Finding] {
        domU.storage.compactMap { cluster.drbdByResource[$0] }
            .flatMap { graph(of: domU.declaration, to: $0, in: cluster) }
    }

    /// It needs an order and a colocation: one without the other starts it too early, or in the wrong place.
    private static func graph(of user: Declaration, to drbd: DRBDPrimitive, in cluster: DeclaredCluster) -> [Finding] {
        let (id, storage) = (user.object.id.name, drbd.name)
        let name = cluster.graph.outermost(id)
        var findings: [Finding] = []
        if !cluster.graph.orders(promotionOf: storage, before: id) {
            findings.append(
                Finding(
                    .unordered, "no order makes \(name) wait until \(storage) is promoted", at: user.place(of: id),
                    remedy: "add \"order \(name)-after-\(storage) Mandatory: \(storage):promote \(name):start\""))
        }
        if !cluster.graph.colocates(id, withPromoted: storage) {
            findings.append(
                Finding(
                    .uncolocated, "no colocation keeps \(name) where \(storage) is promoted", at: user.place(of: id),
                    remedy: "add \"colocation \(name)-with-\(storage) inf: \(name) \(storage):Promoted\""))
        }
        return findings
    }

    /// While the file system is not mounted the agent finds no file, and takes a running domU for stopped.
    private static func mounts(of domU: XenPrimitive, in cluster: DeclaredCluster) -> [Finding] {
        let name = cluster.graph.outermost(domU.name)
        return cluster.filesystems.filter { $0.holds(domU.file) }.compactMap { filesystem in
            let mount = cluster.graph.outermost(filesystem.name)
            let isOrdered = cluster.graph.orders(filesystem.name, before: domU.name)
            let isColocated = cluster.graph.colocates(domU.name, with: filesystem.name)
            guard !isOrdered || !isColocated else { return nil }
            return Finding(
                .unmounted,
                "\(domU.file) lies on \(filesystem.name), and no "
                    + (isOrdered ? "colocation keeps \(name) where that is mounted" : "order makes \(name) wait until that is mounted"),
                at: domU.declaration.place(of: domU.name),
                remedy: isOrdered
                    ? "add \"colocation \(name)-with-\(mount) inf: \(name) \(mount)\""
                    : "add \"order \(name)-after-\(mount) Mandatory: \(mount) \(name)\"")
        }
    }
}
