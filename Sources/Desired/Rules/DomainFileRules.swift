internal import Catalogue
internal import Diagnostics
internal import XenSyntax

/// Each domU's file against the cluster's resources.
enum DomainFileRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        unmatched(in: inventory) + inventory.domains.flatMap(promotingDisks)
    }

    /// Only where the repository holds domUs' files at all.
    private static func unmatched(in inventory: Inventory) -> [Finding] {
        guard !inventory.domains.isEmpty else { return [] }
        let missing = inventory.guests.filter { inventory.domainByFile[$0.fileName] == nil }.map { guest in
            Finding(
                .missingDomain, "xen/\(guest.fileName) is missing, the file of \(guest.name)",
                at: guest.declaration.place(of: guest.file),
                remedy: didYouMean(String(guest.fileName), among: inventory.domains.map { String($0.fileName) }) ?? Rule.missingDomain.remedy)
        }
        let used = Set(inventory.guests.map(\.fileName))
        let unused = inventory.domains.filter { !used.contains($0.fileName) }.map { definition in
            Finding(
                .unusedDomain, "no primitive of ocf:heartbeat:Xen uses \(definition.fileName)",
                at: definition.domain.name.map { definition.place(of: $0, in: "name") } ?? definition.file.place(at: 0),
                remedy: Rule.unusedDomain.remedy)
        }
        return missing + unused
    }

    private static func promotingDisks(_ definition: DomainDefinition) -> [Finding] {
        definition.domain.disks.enumerated().filter { $1.script == "block-drbd" }.map { index, disk in
            Finding(
                .promotingDisk, "Xen would promote this DRBD resource itself, in competition with Pacemaker",
                at: definition.place(of: disk.specification, in: "disk", at: index),
                remedy: disk.target.map { "write phy:\(Inventory.byResource)\($0)" })
        }
    }
}
