internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XenSyntax

/// The disks of DRBD and of domUs against the logical volumes of `lvm/`.
enum VolumeRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let volumes = cluster.volumes
        guard !volumes.isEmpty else { return [] }
        return cluster.resources.flatMap { missing($0, in: volumes) + sizes(of: $0, in: volumes) + demands(of: $0, on: volumes) }
            + cluster.domains.flatMap { missing($0, in: volumes) }
    }

    /// Only in the groups that lvm/ describes.
    private static func missing(_ definition: ResourceDefinition, in volumes: DeclaredVolumes) -> [Finding] {
        var seen: Set<String> = []
        let used = definition.disks.map { (host: $0.host, path: $0.path) } + definition.metadataDevices
        return used.compactMap { host, disk in
            guard let path = volumes.undeclared(disk, on: host), seen.insert(disk).inserted else { return nil }
            return missing(path, on: host, at: definition.place(of: disk))
        }
    }

    /// A domU may run on any host.
    private static func missing(_ definition: DomainDefinition, in volumes: DeclaredVolumes) -> [Finding] {
        definition.domain.disks.enumerated().compactMap { index, disk in
            guard let target = disk.hostPath, let path = volumes.undeclared(target, on: nil) else { return nil }
            return missing(path, on: nil, at: definition.place(of: target, in: "disk", at: index))
        }
    }

    private static func missing(_ path: VolumePath, on host: String?, at place: Place) -> Finding {
        Finding(
            .volumeMissing, "lvm/ declares no volume \(path.name) in the group \(path.group)\(host.map { " on \($0)" } ?? "")", at: place,
            remedy: Rule.volumeMissing.remedy)
    }

    private static func sizes(of definition: ResourceDefinition, in volumes: DeclaredVolumes) -> [Finding] {
        let disks = Dictionary(grouping: definition.disks, by: \.volume)
        return disks.sorted { $0.key < $1.key }.compactMap { _, disks in
            let sizes = disks.compactMap { host, _, disk, _ in VolumePath(disk).flatMap { volumes.size(of: $0, on: host) } }
            guard let least = sizes.min(), let most = sizes.max(), least != most, let disk = disks.first?.path else { return nil }
            return Finding(
                .volumeSizes, "the disks of \(definition.name) are of \(ByteCount.text(least)) and \(ByteCount.text(most))",
                at: definition.place(of: disk), remedy: Rule.volumeSizes.remedy)
        }
    }
}

extension VolumeRules {
    /// DRBD attaches no device that is smaller than the size that it is told to use.
    private static func demands(of definition: ResourceDefinition, on volumes: DeclaredVolumes) -> [Finding] {
        let short = definition.disks.lazy.compactMap { host, _, disk, demand -> (demand: Int, size: Int, disk: String)? in
            guard let demand, let size = VolumePath(disk).flatMap({ volumes.size(of: $0, on: host) }), demand > size else { return nil }
            return (demand, size, disk)
        }.first
        guard let short else { return [] }
        return [
            Finding(
                .volumeSizes, "DRBD is to use \(ByteCount.text(short.demand)) of \(short.disk), which has \(ByteCount.text(short.size))",
                at: definition.place(of: "size"), remedy: "make the volume larger, or leave size out")
        ]
    }
}

extension ResourceDefinition {
    fileprivate typealias Disk = (host: String?, volume: Int, path: String, demand: Int?)

    /// The devices of metadata that stand on no disk of their own volume; a host without a name is nil.
    fileprivate var metadataDevices: [(host: String?, path: String)] {
        hosts.flatMap { host -> [(host: String?, path: String)] in
            let names: [String?] = host.names.isEmpty ? [nil] : host.names
            return names.flatMap { name in host.volumes.compactMap(\.metadataDevice).map { (name, $0) } }
        }
    }

    /// The backing device of each volume on each host, and how many bytes of it are asked for; a host without a name is nil.
    fileprivate var disks: [Disk] {
        hosts.flatMap { host -> [Disk] in
            let names: [String?] = host.names.isEmpty ? [nil] : host.names
            return names.flatMap { name in
                host.volumes.compactMap { volume in volume.disk.map { (name, volume.number, $0, volume.size ?? size) } }
            }
        }
    }
}
