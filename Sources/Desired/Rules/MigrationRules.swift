internal import CIB
internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import XML

/// Live migration needs both hosts to hold the disk at once: two primaries, on two nodes.
enum MigrationRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        inventory.guests.filter(\.migrates).flatMap { guest in
            inventory.storage(of: guest).sorted().flatMap { findings(guest, on: $0, in: inventory) }
        } + crosswiseMounts(in: inventory) + inventory.replicas.compactMap { refusedPromotion($0, in: inventory) }
    }

    private static func findings(_ guest: Guest, on resource: String, in inventory: Inventory) -> [Finding] {
        guard let replica = inventory.replicaByResource[resource], replica.isPromotable else { return [] }
        guard replica.isDualPrimary else {
            return [
                Finding(
                    .singlePrimary, "\(guest.name) can't migrate: \(replica.name) is promoted on one node at most",
                    at: guest.declaration.place(of: "allow-migrate"), remedy: "set promoted-max=2, or drop allow-migrate")
            ]
        }
        return [narrow(replica, guest, inventory.inherited), crosswise(replica.clone, guest, inventory.inherited)].compactMap(\.self)
    }

    private static func narrow(_ replica: Replica, _ guest: Guest, _ options: Inheritance) -> Finding? {
        guard let max = options.meta("clone-max", of: replica.clone).flatMap({ Int($0) }), max < 2 else { return nil }
        return Finding(
            .migrationBlocked, "\(guest.name) can't migrate: \(replica.name) runs on one node only",
            at: replica.clone.place(of: "clone-max"), remedy: "set clone-max=2")
    }

    /// "interleave: If this is true, Pacemaker will order … based on instances on the same node" (Pacemaker Explained).
    private static func crosswise(_ clone: Declaration, _ guest: Guest, _ options: Inheritance) -> Finding? {
        let name = clone.object.id.name
        guard !options.isTrue("interleave", of: clone) else { return nil }
        return Finding(
            .migrationBlocked, "without interleave=true \(guest.name) waits for \(name) on every node",
            at: clone.place(of: name), remedy: "set interleave=true")
    }

    /// The file systems on which the files of migrating domUs lie, each told once.
    private static func crosswiseMounts(in inventory: Inventory) -> [Finding] {
        let guests = inventory.guests.filter(\.migrates)
        return inventory.filesystems.compactMap { filesystem in
            guard let guest = guests.first(where: { filesystem.holds($0.file) }), let clone = inventory.outermost(filesystem.name),
                clone.object.element.name == "clone"
            else { return nil }
            return crosswise(clone, guest, inventory.inherited)
        }
    }

    /// DRBD refuses the second promotion that the clone asks for.
    private static func refusedPromotion(_ replica: Replica, in inventory: Inventory) -> Finding? {
        guard replica.isPromotable, replica.isDualPrimary, let definition = inventory.resourceByName[replica.resource], !inventory.allowsTwoPrimaries(definition)
        else { return nil }
        return Finding(
            .singlePrimary, "\(replica.resource) allows one primary, and \(replica.name) promotes it on \(replica.promotedMax) nodes",
            at: definition.place(of: replica.resource), remedy: "set \"allow-two-primaries yes\" in its net section, or promoted-max=1")
    }
}
