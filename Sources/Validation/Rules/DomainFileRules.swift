internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XenSyntax

/// Each domU's file against the cluster's resources.
enum DomainFileRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        unmatched(in: cluster) + cluster.xenPrimitives.flatMap { misplaced($0, cluster) + misnamed($0, cluster) }
            + cluster.domains.flatMap(promotingDisks)
    }

    /// Only where the repository holds domUs' files at all.
    private static func unmatched(in cluster: DeclaredCluster) -> [Finding] {
        guard !cluster.domains.isEmpty else { return [] }
        var guesses = Guesses(among: cluster.domains.map { String($0.fileName) })
        let missing = cluster.xenPrimitives.filter { cluster.domainByFile[$0.fileName] == nil }.map { domU in
            Finding(
                .missingDomain, "xen/\(domU.fileName) is missing, the file of \(domU.name)",
                at: domU.declaration.place(of: domU.file),
                remedy: guesses.didYouMean(String(domU.fileName)) ?? Rule.missingDomain.remedy)
        }
        let used = Set(cluster.xenPrimitives.map(\.fileName))
        let unused = cluster.domains.filter { !used.contains($0.fileName) }.map { definition in
            Finding(
                .unusedDomain, "no primitive of ocf:heartbeat:Xen uses \(definition.fileName)",
                at: definition.domain.name.map { definition.place(of: $0, in: "name") } ?? definition.file.place(at: 0),
                remedy: Rule.unusedDomain.remedy)
        }
        return missing + unused
    }

    /// The file is there, and put elsewhere on the hosts.
    private static func misplaced(_ domU: XenPrimitive, _ cluster: DeclaredCluster) -> [Finding] {
        let directory = cluster.policy.xenDirectory
        guard domU.directory != directory, cluster.domainByFile[domU.fileName] != nil else { return [] }
        return [
            Finding(
                .missingDomain, "\(domU.fileName) is put into \(directory), and \(domU.name) looks for it in \(domU.directory)",
                at: domU.declaration.place(of: domU.file), remedy: "write xmfile=\(directory)/\(domU.fileName), or change hosts.xen")
        ]
    }

    /// `name`: "Name of the virtual machine." (ocf_heartbeat_Xen(7)) The agent starts the domain of the file, and looks for this one.
    private static func misnamed(_ domU: XenPrimitive, _ cluster: DeclaredCluster) -> [Finding] {
        guard let definition = cluster.domainByFile[domU.fileName], let name = definition.domain.name else { return [] }
        guard let domain = domU.domain else { return misread(domU, definition, name) }
        guard name != domain else { return [] }
        return [
            Finding(
                .foreignName, "\(domU.name) looks for the domain \(domain), and \(domU.fileName) names it \(name)",
                at: domU.declaration.valuePlace(domain, of: "name") ?? domU.declaration.place(of: domain),
                remedy: "write the same name in both")
        ]
    }

    /// The agent does not read the file as xl does.
    private static func misread(_ domU: XenPrimitive, _ definition: DomainDefinition, _ name: String) -> [Finding] {
        let domain = XenConfiguration.nameForAgent(in: definition.file, of: domU.name)
        guard domain != name else { return [] }
        return [
            Finding(
                .foreignName, "\(domU.name) looks for the domain \(domain): its agent reads more than \(name) in that line",
                at: definition.place(of: name, in: "name"),
                remedy: "write name = \"\(name)\" on a line of its own, with nothing after it; or give the primitive the parameter name")
        ]
    }

    private static func promotingDisks(_ definition: DomainDefinition) -> [Finding] {
        definition.domain.disks.enumerated().filter { $1.isPromoting }.map { index, disk in
            Finding(
                .promotingDisk, "Xen would promote this DRBD resource itself, in competition with Pacemaker",
                at: definition.place(of: disk.specification, in: "disk", at: index),
                remedy: disk.target.map { "write phy:\(Devices.byResource)\($0)" })
        }
    }
}
