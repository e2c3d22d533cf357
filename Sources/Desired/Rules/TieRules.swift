internal import CIB
internal import Catalogue
internal import Diagnostics
internal import XML
internal import XenSyntax

/// What runs on DRBD must run where and after it was promoted; what lies on a file system, after it was mounted.
enum TieRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        inventory.replicas.compactMap(silent)
            + inventory.filesystems.flatMap { storage(of: $0, in: inventory) }
            + inventory.guests.flatMap { storage(of: $0, in: inventory) + mounts(of: $0, in: inventory) }
            + inventory.declarations.all.compactMap { idle($0, in: inventory) }
    }

    /// "then-action: … Default: the value of first-action."
    private static func idle(_ declaration: Declaration, in inventory: Inventory) -> Finding? {
        let order = declaration.object.element
        guard order.name == "rsc_order", let then = order["then"], let action = order["then-action"] ?? order["first-action"],
            action == "promote" || action == "demote",
            let later = inventory.declarations[ObjectID(.resource, inventory.ties.outermost(then))], !later.object.element.isPromotable
        else { return nil }
        return Finding(
            .idleOrder, "\(declaration.object.id.name) orders nothing: it waits with the \(action) of \(then), which is never promoted",
            at: declaration.place(of: then), remedy: "write \"\(then):start\"")
    }

    private static func silent(_ replica: Replica) -> Finding? {
        guard let clone = replica.clone else { return nil }
        guard !Scalar.boolean.same(clone.object.element.meta("notify") ?? "false", "true") else { return nil }
        return Finding(
            .notifyMissing, "ocf:linbit:drbd needs notifications to set promotion scores",
            at: clone.place(of: clone.object.id.name), remedy: "add \"meta notify=true\"")
    }

    private static func storage(of filesystem: Declaration, in inventory: Inventory) -> [Finding] {
        guard let device = filesystem.object.element.parameter("device"),
            let replica = inventory.resource(ofDevice: device).flatMap({ inventory.replicaByResource[$0] })
        else { return [] }
        return ties(of: filesystem, to: replica, in: inventory)
    }

    private static func storage(of guest: Guest, in inventory: Inventory) -> [Finding] {
        inventory.storage(of: guest).sorted().compactMap { inventory.replicaByResource[$0] }
            .flatMap { ties(of: guest.declaration, to: $0, in: inventory) }
    }

    /// "Filesystem … order AND colocation": one without the other starts it too early, or in the wrong place.
    private static func ties(of user: Declaration, to replica: Replica, in inventory: Inventory) -> [Finding] {
        guard let storage = replica.clone?.object.id.name else { return [] }
        let name = inventory.ties.outermost(user.object.id.name)
        var findings: [Finding] = []
        if !inventory.ties.orders(promotionOf: storage, before: name) {
            findings.append(
                Finding(
                    .unordered, "no order makes \(name) wait until \(storage) is promoted",
                    at: user.place(of: user.object.id.name),
                    remedy: "add \"order \(name)-after-\(storage) Mandatory: \(storage):promote \(name):start\""))
        }
        if !inventory.ties.colocates(name, withPromoted: storage) {
            findings.append(
                Finding(
                    .uncolocated, "no colocation keeps \(name) where \(storage) is promoted",
                    at: user.place(of: user.object.id.name),
                    remedy: "add \"colocation \(name)-with-\(storage) inf: \(name) \(storage):Promoted\""))
        }
        return findings
    }

    /// While the file system is not mounted the agent finds no file, and takes a running domU for stopped.
    private static func mounts(of guest: Guest, in inventory: Inventory) -> [Finding] {
        let name = inventory.ties.outermost(guest.name)
        return inventory.filesystems.compactMap { filesystem in
            guard let directory = filesystem.object.element.parameter("directory"), guest.file.hasPrefix(directory + "/") else {
                return nil
            }
            let mount = inventory.ties.outermost(filesystem.object.id.name)
            guard !inventory.ties.orders(filesystem.object.id.name, before: guest.name) else { return nil }
            return Finding(
                .unmounted,
                "\(guest.file) lies on \(filesystem.object.id.name), and no order makes \(name) wait until that is mounted",
                at: guest.declaration.place(of: guest.name),
                remedy: "add \"order \(name)-after-\(mount) Mandatory: \(mount) \(name)\"")
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
        return Set(definition.domain.disks.compactMap { disk in
            disk.script == "block-drbd" ? disk.target : disk.target.flatMap(resource(ofDevice:))
        })
    }
}
