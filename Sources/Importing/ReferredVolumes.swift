internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XenSyntax

/// The logical volumes that a host's DRBD resources and domUs stand on: what else a host has is no business of the cluster.
struct ReferredVolumes {
    private var users: [VolumePath: Users] = [:]

    /// Who is said to have a volume.
    private enum Users: Equatable {
        case all
        case hosts(Set<String>)
    }

    /// - Parameter files: of the repository.
    init(_ files: [ImportedRepository.File]) {
        for file in files {
            let source = SourceText(path: file.path, bytes: file.bytes)
            switch FileKind(path: file.path) {
            case .drbd: for resource in DRBDConfiguration.parse(source).configuration.resources { add(resource) }
            case .xen: for disk in XenConfiguration.parse(source).configuration.domain.disks { add(disk.target, .all) }
            default: break
            }
        }
    }

    private mutating func add(_ resource: DRBDResource) {
        var paths: [String: Set<String>] = [:]
        var all: Set<String> = []
        for host in resource.hosts {
            guard case .on(let names) = host.kind else { continue }
            all.formUnion(names)
            for disk in host.volumes.compactMap(\.disk) { paths[disk, default: []].formUnion(names) }
        }
        for (path, names) in paths { add(path, names == all ? .all : .hosts(names)) }
    }

    private mutating func add(_ path: String?, _ new: Users) {
        guard let volume = path.flatMap(VolumePath.init) else { return }
        if case .hosts(let known) = users[volume] ?? new, case .hosts(let names) = new {
            users[volume] = .hosts(known.union(names))
        } else {
            users[volume] = .all
        }
    }

    /// A file of `lvm/` for each group that holds any of them.
    func files(of groups: [VolumeGroup]) -> [ImportedRepository.File] {
        groups.compactMap { group in
            let volumes = group.volumes.compactMap { referred($0, in: group) }
            guard !volumes.isEmpty else { return nil }
            let text = VolumeGroups([VolumeGroup(name: group.name, volumes: volumes)]).description
            return ImportedRepository.File("lvm/\(group.name).yaml", Array(text.utf8))
        }
    }

    private func referred(_ volume: LogicalVolume, in group: VolumeGroup) -> LogicalVolume? {
        switch users[VolumePath(group: group.name, name: volume.name)] {
        case nil: nil
        case .all: volume
        case .hosts(let names): LogicalVolume(name: volume.name, size: volume.size, hosts: names.sorted())
        }
    }
}
