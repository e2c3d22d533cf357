internal import ClusterModel
internal import LiveState
internal import Planning
internal import Repository
internal import Steps

// LVM on a host: what is on a volume survives everything but its removal.
extension Host {
    private static let group = "vg0"
    /// Bytes.
    private static let extent = 4 << 20

    /// The disks of what is in force, with their data; with a repository that declares none, somebody has made all that it will ever name.
    ///
    /// - Parameter spare: what is on the others of these.
    func equip(with contents: Contents, isConfigured: Bool, spare: [String: DiskContent]) {
        guard Scheduler.drbdHosts.contains(name) else { return }
        let isDeclared = contents.volumes != .undeclared
        let inForce = isConfigured ? contents.disks : []
        let names = isDeclared ? inForce : Self.disks
        for (index, disk) in Self.disks.enumerated() where names.contains(disk) {
            let data = DiskContent.metadata(DiskContent.Generation(lineage: index + 1))
            disks[VolumePath(group: Self.group, name: disk)] = inForce.contains(disk) ? data : spare[disk] ?? data
        }
        let volume = LiveVolumes.Volume(size: contents.diskSize, tags: isDeclared ? [LiveVolumes.tag] : [])
        volumes.groups[Self.group] = LiveVolumes.Group(
            extentSize: Self.extent, free: 100 << 30, volumes: Dictionary(uniqueKeysWithValues: names.map { ($0, volume) }))
    }

    static let disks = ["web", "web-new", "db", "m"]

    /// As LVM tells it.
    var known: LiveVolumes {
        var known = volumes
        for (group, content) in volumes.groups {
            if isFull { known.groups[group]?.free = 0 }
            for name in content.volumes.keys { known.groups[group]?.volumes[name]?.isOpen = isOpen(VolumePath(group: group, name: name)) }
        }
        return known
    }

    /// Whether a DRBD resource that is up has it.
    func isOpen(_ path: VolumePath) -> Bool { drbd.values.contains { $0.disk == path } }

    func hasDisk(of definition: DRBDDefinition) -> Bool { definition.disk.map { volumes[$0] != nil } ?? true }

    // MARK: The executor's work

    /// - Parameters:
    ///   - leftover: what its extents held before.
    ///   - isCutOff: whether it ends before that is wiped.
    func create(_ change: VolumeChange, _ leftover: DiskContent, isCutOff: Bool) -> StepOutcome {
        guard let size = change.new else { return .nothingToDo }
        if let present = volumes[change.path] {
            guard present.size == size else { return .moved("\(change.path) is there by now") }
            return present.isUnfinished && change.isForDRBD ? clear(change.path) : .nothingToDo
        }
        guard take(size, of: change.path.group) else { return .failed("insufficient free space") }
        let tags: Set = change.isForDRBD ? [LiveVolumes.tag, LiveVolumes.newTag] : [LiveVolumes.tag]
        volumes[change.path] = LiveVolumes.Volume(size: size, tags: tags)
        disks[change.path] = leftover
        return change.isForDRBD && !isCutOff ? clear(change.path) : .done
    }

    private func clear(_ path: VolumePath) -> StepOutcome {
        guard !isOpen(path) else { return .failed("\(path) is in use") }
        if case .foreign = disks[path] { disks[path] = .nothing }
        volumes[path]?.tags.remove(LiveVolumes.newTag)
        return .done
    }

    func grow(_ change: VolumeChange) -> StepOutcome {
        guard let size = change.new, let present = volumes[change.path] else { return .moved("\(change.path) is gone") }
        guard present.size < size else { return present.size == size ? .nothingToDo : .moved("\(change.path) is larger by now") }
        guard take(size - present.size, of: change.path.group) else { return .failed("insufficient free space") }
        volumes[change.path]?.size = size
        return .done
    }

    func remove(_ change: VolumeChange) -> StepOutcome {
        guard let present = volumes[change.path] else { return .nothingToDo }
        guard !isOpen(change.path) else { return .failed("\(change.path) in use") }
        volumes[change.path] = nil
        disks[change.path] = nil
        volumes.groups[change.path.group]?.free += present.size
        return .done
    }

    private func take(_ bytes: Int, of group: String) -> Bool {
        guard !isFull, let free = volumes.groups[group]?.free, free >= bytes else { return false }
        volumes.groups[group]?.free -= bytes
        return true
    }
}
