internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML
internal import XenSyntax

/// Domains that are to move from host to host while they run, with something that can't come along.
enum BoundDomainRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.xenPrimitives.filter(\.migrates).flatMap { domU -> [Finding] in
            guard let definition = cluster.domainByFile[domU.fileName] else { return [] }
            return disks(of: definition, domU, cluster) + devices(of: definition, domU)
        }
    }

    private static func disks(of definition: DomainDefinition, _ domU: XenPrimitive, _ cluster: DeclaredCluster) -> [Finding] {
        definition.domain.disks.enumerated().compactMap { index, disk in
            guard let path = disk.hostPath, let bond = cluster.bond(of: path) else { return nil }
            var finding = Finding(
                .boundDomain, "\(domU.name) can't migrate: \(path) is \(bond.description)",
                at: definition.place(of: path, in: "disk", at: index), remedy: Rule.boundDomain.remedy)
            if bond == .unknownFileSystem { finding.severity = .notice }
            return finding
        }
    }

    /// "pci=[ … ]: Specifies the host PCI devices to passthrough to this guest." (xl.cfg(5))
    private static func devices(of definition: DomainDefinition, _ domU: XenPrimitive) -> [Finding] {
        definition.domain.devices.prefix(1).map { device in
            Finding(
                .boundDomain, "\(domU.name) can't migrate: it has a PCI device of its host",
                at: definition.place(of: device.specification, in: "pci"), remedy: "drop allow-migrate, or the device")
        }
    }
}

/// What keeps a disk on its host.
private enum Bond: Equatable, CustomStringConvertible {
    case volume
    /// Pacemaker mounts it, on one node at a time.
    case fileSystem(String)
    /// It may be mounted everywhere, by somebody else.
    case unknownFileSystem

    var description: String {
        switch self {
        case .volume: "a volume of each host, not replicated"
        case .fileSystem(let name): "on \(name), which one node mounts at a time"
        case .unknownFileSystem: "on no file system that the cluster mounts"
        }
    }
}

extension DeclaredCluster {
    /// Nil for what both hosts may have: devices of DRBD and of a SAN, and files of a file system that several nodes mount.
    fileprivate func bond(of path: String) -> Bond? {
        if path.hasPrefix("/dev/") {
            return VolumePath(path).map { volumes.describes($0.group) } ?? false ? .volume : nil
        }
        guard path.hasPrefix("/") else { return nil }
        let holders = filesystems.filter { $0.holds(path) }
        guard let holder = holders.max(by: { ($0.directory ?? "").count < ($1.directory ?? "").count }) else { return .unknownFileSystem }
        let clones: Set = ["clone", "master"]
        return outermost(holder.name).map { clones.contains($0.object.element.name) } ?? false ? nil : .fileSystem(holder.name)
    }
}
