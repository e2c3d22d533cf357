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
        } + inventory.replicas.compactMap { refusedPromotion($0, in: inventory) }
    }

    private static func findings(_ guest: Guest, on resource: String, in inventory: Inventory) -> [Finding] {
        guard let replica = inventory.replicaByResource[resource], let clone = replica.clone else { return [] }
        guard replica.isDualPrimary else {
            return [
                Finding(
                    .singlePrimary, "\(guest.name) can't migrate: \(clone.object.id.name) is promoted on one node at most",
                    at: guest.declaration.place(of: "allow-migrate"), remedy: "set promoted-max=2, or drop allow-migrate")
            ]
        }
        return blocks(clone, guest)
    }

    private static func blocks(_ clone: Declaration, _ guest: Guest) -> [Finding] {
        let element = clone.object.element
        var findings: [Finding] = []
        if let max = element.meta("clone-max").flatMap({ Int($0) }), max < 2 {
            findings.append(
                Finding(
                    .migrationBlocked, "\(guest.name) can't migrate: \(clone.object.id.name) runs on one node only",
                    at: clone.place(of: "clone-max"), remedy: "set clone-max=2"))
        }
        if !Scalar.boolean.same(element.meta("interleave") ?? "false", "true") {
            findings.append(
                Finding(
                    .migrationBlocked, "without interleave=true \(guest.name) waits for \(clone.object.id.name) on every node",
                    at: clone.place(of: clone.object.id.name), remedy: "set interleave=true"))
        }
        return findings
    }

    /// DRBD refuses the second promotion that the clone asks for.
    private static func refusedPromotion(_ replica: Replica, in inventory: Inventory) -> Finding? {
        guard replica.isDualPrimary, let definition = inventory.resourceByName[replica.resource], !inventory.allowsTwoPrimaries(definition)
        else { return nil }
        let clone = replica.clone?.object.id.name ?? ""
        return Finding(
            .singlePrimary, "\(replica.resource) allows one primary, and \(clone) promotes it on \(replica.promotedMax) nodes",
            at: definition.place(of: replica.resource), remedy: "set \"allow-two-primaries yes\" in its net section, or promoted-max=1")
    }
}
