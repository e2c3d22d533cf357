internal import Catalogue
internal import Diagnostics
internal import XenSyntax

/// Each domU's file against the cluster's resources.
enum DomainFileRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        unmatched(in: inventory) + inventory.guests.flatMap { misplaced($0, inventory) + misnamed($0, inventory) }
            + inventory.domains.flatMap(promotingDisks)
    }

    /// Only where the repository holds domUs' files at all.
    private static func unmatched(in inventory: Inventory) -> [Finding] {
        guard !inventory.domains.isEmpty else { return [] }
        let names = inventory.domains.map { String($0.fileName) }
        let missing = inventory.guests.filter { inventory.domainByFile[$0.fileName] == nil }.map { guest in
            Finding(
                .missingDomain, "xen/\(guest.fileName) is missing, the file of \(guest.name)",
                at: guest.declaration.place(of: guest.file),
                remedy: didYouMean(String(guest.fileName), among: names) ?? Rule.missingDomain.remedy)
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

    /// The file is there, and put elsewhere on the hosts.
    private static func misplaced(_ guest: Guest, _ inventory: Inventory) -> [Finding] {
        let directory = inventory.policy.xenDirectory
        guard guest.directory != directory, inventory.domainByFile[guest.fileName] != nil else { return [] }
        return [
            Finding(
                .missingDomain, "\(guest.fileName) is put into \(directory), and \(guest.name) looks for it in \(guest.directory)",
                at: guest.declaration.place(of: guest.file), remedy: "write xmfile=\(directory)/\(guest.fileName), or change hosts.xen")
        ]
    }

    /// "name: Name of the virtual machine" (the agent): it starts the domain of the file, and looks for this one.
    private static func misnamed(_ guest: Guest, _ inventory: Inventory) -> [Finding] {
        guard let domain = guest.domain, let name = inventory.domainByFile[guest.fileName]?.domain.name, name != domain else { return [] }
        return [
            Finding(
                .foreignName, "\(guest.name) looks for the domain \(domain), and \(guest.fileName) names it \(name)",
                at: guest.declaration.valuePlace(domain, of: "name") ?? guest.declaration.place(of: domain),
                remedy: "write the same name in both")
        ]
    }

    private static func promotingDisks(_ definition: DomainDefinition) -> [Finding] {
        definition.domain.disks.enumerated().filter { $1.script == "block-drbd" }.map { index, disk in
            Finding(
                .promotingDisk, "Xen would promote this DRBD resource itself, in competition with Pacemaker",
                at: definition.place(of: disk.specification, in: "disk", at: index),
                remedy: disk.target.map { "write phy:\(Devices.byResource)\($0)" })
        }
    }
}
