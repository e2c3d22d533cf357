internal import CIB
internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import XML

/// Quorum and fencing: what keeps two nodes from writing to one disk.
enum FencingRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        let options = inventory.options
        return [
            options.flatMap(quorumIgnored), options.flatMap { unfenced($0, in: inventory) }, unfencedResources(in: inventory),
        ].compactMap { $0 }
    }

    private static func quorumIgnored(_ options: Declaration) -> Finding? {
        guard options.object.element.pair("no-quorum-policy") == "ignore" else { return nil }
        return Finding(
            .quorumIgnored, "without quorum a partition would go on, and start what the other one runs",
            at: options.place(of: "no-quorum-policy"), remedy: Rule.quorumIgnored.remedy)
    }

    private static func unfenced(_ options: Declaration, in inventory: Inventory) -> Finding? {
        let element = options.object.element
        guard let value = element.pair("stonith-enabled") ?? element.pair("fencing-enabled"), Scalar.boolean.same(value, "false")
        else { return nil }
        let place = options.place(of: "stonith-enabled")
        guard inventory.replicas.contains(where: \.isDualPrimary) else {
            return Finding(
                .unfenced, "without fencing a node that hangs can't be taken over safely", at: place, remedy: Rule.unfenced.remedy)
        }
        return Finding(
            .dualPrimaryUnfenced, "two primaries without fencing: a split brain corrupts what both write", at: place,
            remedy: Rule.unfenced.remedy)
    }

    /// One finding for all: the remedy is one line in the common section.
    private static func unfencedResources(in inventory: Inventory) -> Finding? {
        let unfenced = inventory.resources.filter {
            inventory.allowsTwoPrimaries($0) && inventory.fencing(of: $0) == "dont-care"
        }
        guard let first = unfenced.first else { return nil }
        let others = unfenced.count > 1 ? " (and \(unfenced.count - 1) more)" : ""
        return Finding(
            .dualPrimaryWithoutFencing, "\(first.name)\(others) may have two primaries, and DRBD fences neither",
            at: first.place(of: "allow-two-primaries"), remedy: Rule.dualPrimaryWithoutFencing.remedy)
    }
}
