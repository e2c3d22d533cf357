internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps

// LVM on a host: what is on a volume survives everything but its removal.
extension Host {
    private static let group = "vg0"
    /// Bytes.
    private static let extent = 4 << 20

    /// The disks of what is in force; with a repository that declares none, somebody has made all that it will ever name.
    func equip(with contents: Contents, isConfigured: Bool) {
        guard Scheduler.drbdHosts.contains(name) else { return }
        let isDeclared = contents.volumes != .undeclared
        let names = isDeclared ? isConfigured ? contents.disks : [] : ["web", "web-new", "db", "m"]
        let volume = LiveVolumes.Volume(size: contents.diskSize, tags: isDeclared ? [LiveVolumes.tag] : [])
        volumes.groups[Self.group] = LiveVolumes.Group(
            extentSize: Self.extent, free: 100 << 30, volumes: Dictionary(uniqueKeysWithValues: names.map { ($0, volume) }))
    }

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

    func hasDisk(of definition: SourceText) -> Bool { definition.disk.map { volumes[$0] != nil } ?? true }

    // MARK: The executor's work

    func create(_ change: VolumeChange) -> StepOutcome {
        guard let size = change.new else { return .nothingToDo }
        if let present = volumes[change.path] { return present.size == size ? .nothingToDo : .moved("\(change.path) is there by now") }
        guard take(size, of: change.path.group) else { return .failed("insufficient free space") }
        volumes[change.path] = LiveVolumes.Volume(size: size, tags: [LiveVolumes.tag])
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
        volumes.groups[change.path.group]?.free += present.size
        return .done
    }

    private func take(_ bytes: Int, of group: String) -> Bool {
        guard !isFull, let free = volumes.groups[group]?.free, free >= bytes else { return false }
        volumes.groups[group]?.free -= bytes
        return true
    }
}

extension Cluster {
    /// DRBD uses as much as the smallest of its disks has, less its metadata.
    func usableSize(of resource: String) -> Int? {
        let sizes = names.compactMap { name -> Int? in
            let host = node(name).host
            return host.definition(of: resource)?.disk.flatMap { host.volumes[$0]?.size }
        }
        return sizes.min().map { $0 - (1 << 20) }
    }

    func bringUp(_ resource: String, _ definition: SourceText, on host: Host) {
        let isFirst = !nodes.values.contains { $0.host.drbd[resource] != nil }
        if host.drbd[resource] == nil { host.drbd[resource] = definition }
        // Sides that meet tell each other how large their disks are, and take what both have.
        if isFirst || isConnected(resource) { drbdSizes[resource] = usableSize(of: resource) }
    }

    func isConnected(_ resource: String) -> Bool {
        let peers = names.filter { Scheduler.drbdHosts.contains($0) }
        return peers.allSatisfy { node($0).host.drbd[resource] != nil } && Set(peers.map { partition(of: $0)?.members }).count == 1
    }

    func resize(_ resource: String, on host: Host) -> StepOutcome {
        guard host.drbd[resource] != nil else { return .nothingToDo }
        guard isConnected(resource) else { return .moved("\(resource) is not connected") }
        let size = usableSize(of: resource)
        guard size != drbdSizes[resource] else { return .nothingToDo }
        drbdSizes[resource] = size
        return .done
    }
}

extension SourceText {
    /// The disk of a sample's DRBD resource.
    var disk: VolumePath? {
        devices.first { $0.hasPrefix("  disk ") }.flatMap { VolumePath(String($0.dropFirst(7).prefix { $0 != ";" })) }
    }
}
