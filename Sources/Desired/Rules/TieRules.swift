internal import CIB
internal import Catalogue
internal import Diagnostics
internal import XML
internal import XenSyntax

/// What runs on DRBD must run where and after it was promoted; what lies on a file system, after it was mounted.
enum TieRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        inventory.replicas.compactMap(unpromotable)
            + inventory.replicas.filter(\.isPromotable).compactMap { silent($0, in: inventory) }
            + inventory.filesystems.flatMap { storage(of: $0, in: inventory) }
            + inventory.guests.flatMap { storage(of: $0, in: inventory) + mounts(of: $0, in: inventory) }
            + inventory.declarations.all(of: .constraint).compactMap { idle($0, in: inventory) }
    }

    /// "then-action: … Default: the value of first-action."
    private static func idle(_ declaration: Declaration, in inventory: Inventory) -> Finding? {
        let order = declaration.object.element
        guard order.name == "rsc_order", let then = order["then"], let action = inventory.ties.laterAction(of: order),
            action == "promote" || action == "demote",
            let later = inventory.outermost(then), !inventory.inherited.isPromotable(later)
        else { return nil }
        return Finding(
            .idleOrder, "\(declaration.object.id.name) orders nothing: it waits with the \(action) of \(then), which is never promoted",
            at: declaration.place(of: then), remedy: "write \"\(then):start\"")
    }

    /// "promotable: If true, the clone's instances can perform a special role": without it DRBD is Secondary everywhere.
    private static func unpromotable(_ replica: Replica) -> Finding? {
        guard !replica.isPromotable, replica.clone.object.element.name != "template" else { return nil }
        let isCloned = replica.clone.object.element.name == "clone"
        return Finding(
            .neverPromoted, "\(replica.resource) is never promoted: \(replica.name) is no promotable clone",
            at: replica.clone.place(of: replica.name),
            remedy: isCloned ? "add \"meta promotable=true\"" : "add \"clone \(replica.name)-Clone \(replica.name) meta promotable=true …\"")
    }

    private static func silent(_ replica: Replica, in inventory: Inventory) -> Finding? {
        guard !inventory.inherited.isTrue("notify", of: replica.clone) else { return nil }
        return Finding(
            .notifyMissing, "ocf:linbit:drbd needs notifications to set promotion scores",
            at: replica.clone.place(of: replica.name), remedy: "add \"meta notify=true\"")
    }

    private static func storage(of filesystem: Filesystem, in inventory: Inventory) -> [Finding] {
        guard let replica = filesystem.device.flatMap(inventory.devices.resource).flatMap({ inventory.replicaByResource[$0] })
        else { return [] }
        return ties(of: filesystem.declaration, to: replica, in: inventory)
    }

    private static func storage(of guest: Guest, in inventory: Inventory) -> [Finding] {
        inventory.storage(of: guest).sorted().compactMap { inventory.replicaByResource[$0] }
            .flatMap { ties(of: guest.declaration, to: $0, in: inventory) }
    }

    /// "Filesystem … order AND colocation": one without the other starts it too early, or in the wrong place.
    private static func ties(of user: Declaration, to replica: Replica, in inventory: Inventory) -> [Finding] {
        let (id, storage) = (user.object.id.name, replica.name)
        let name = inventory.ties.outermost(id)
        var findings: [Finding] = []
        if !inventory.ties.orders(promotionOf: storage, before: id) {
            findings.append(
                Finding(
                    .unordered, "no order makes \(name) wait until \(storage) is promoted", at: user.place(of: id),
                    remedy: "add \"order \(name)-after-\(storage) Mandatory: \(storage):promote \(name):start\""))
        }
        if !inventory.ties.colocates(id, withPromoted: storage) {
            findings.append(
                Finding(
                    .uncolocated, "no colocation keeps \(name) where \(storage) is promoted", at: user.place(of: id),
                    remedy: "add \"colocation \(name)-with-\(storage) inf: \(name) \(storage):Promoted\""))
        }
        return findings
    }

    /// While the file system is not mounted the agent finds no file, and takes a running domU for stopped.
    private static func mounts(of guest: Guest, in inventory: Inventory) -> [Finding] {
        let name = inventory.ties.outermost(guest.name)
        return inventory.filesystems.filter { $0.holds(guest.file) }.compactMap { filesystem in
            let mount = inventory.ties.outermost(filesystem.name)
            let isOrdered = inventory.ties.orders(filesystem.name, before: guest.name)
            let isColocated = inventory.ties.colocates(guest.name, with: filesystem.name)
            guard !isOrdered || !isColocated else { return nil }
            return Finding(
                .unmounted,
                "\(guest.file) lies on \(filesystem.name), and no "
                    + (isOrdered ? "colocation keeps \(name) where that is mounted" : "order makes \(name) wait until that is mounted"),
                at: guest.declaration.place(of: guest.name),
                remedy: isOrdered
                    ? "add \"colocation \(name)-with-\(mount) inf: \(name) \(mount)\""
                    : "add \"order \(name)-after-\(mount) Mandatory: \(mount) \(name)\"")
        }
    }
}

extension Inventory {
    /// The DRBD resources that hold a guest's disks: those that its file names. Without a file here the convention
    /// holds that a resource has its guest's name.
    func storage(of guest: Guest) -> Set<String> {
        guard let definition = domainByFile[guest.fileName] else {
            return [String(guest.fileName.hasSuffix(".cfg") ? guest.fileName.dropLast(4) : guest.fileName)]
        }
        return Set(definition.domain.disks.compactMap { $0.hostPath.flatMap(devices.resource) })
    }
}
