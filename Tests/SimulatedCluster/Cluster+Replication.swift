internal import ClusterModel
internal import LiveState
internal import Planning
internal import Repository
internal import Steps

// What DRBD does between the hosts: a side that has data, or newer ones, is what the other one becomes.
extension Cluster {
    /// DRBD uses as much as the smallest of its disks has, less its metadata.
    func usableSize(of resource: String) -> Int? {
        let sizes = names.compactMap { name -> Int? in
            let host = node(name).host
            return host.definition(of: resource)?.disk.flatMap { host.volumes[$0]?.size }
        }
        return sizes.min().map { $0 - (1 << 20) }
    }

    /// - Returns: whether the disk could be attached.
    @discardableResult
    func bringUp(_ resource: String, _ definition: DRBDDefinition, on host: Host) -> Bool {
        if let disk = definition.disk { guard case .metadata = host.disks[disk] else { return false } }
        let isFirst = !nodes.values.contains { $0.host.drbd[resource] != nil }
        if host.drbd[resource] == nil { host.drbd[resource] = definition }
        // Sides that meet tell each other how large their disks are, and take what both have.
        if isFirst || isConnected(resource) { drbdSizes[resource] = usableSize(of: resource) }
        replicate(resource)
        return true
    }

    func isConnected(_ resource: String) -> Bool {
        let peers = names.filter { Scheduler.drbdHosts.contains($0) }
        return peers.allSatisfy { node($0).host.drbd[resource] != nil } && Set(peers.map { partition(of: $0).map(ObjectIdentifier.init) }).count == 1
    }

    /// Both sides are there: the better data are on both from now on. Data of another origin are left alone ("Unrelated data, aborting!").
    func replicate(_ resource: String) {
        guard isConnected(resource) else { return }
        let hosts = sides(of: resource)
        let known = hosts.compactMap { $0.generation(of: resource) }
        guard Set(known.map(\.lineage)).count == 1, let best = known.max(by: { $0.version < $1.version }) else { return }
        for host in hosts { host.set(best, of: resource) }
    }

    func replicateAll() { for resource in hosts.reduce(into: Set<String>(), { $0.formUnion($1.drbd.keys) }) { replicate(resource) } }

    /// A domU has begun to write to its disk.
    func write(to resource: String, on host: Host) {
        guard var generation = host.generation(of: resource) else { return }
        generation.version += 1
        host.set(generation, of: resource)
        replicate(resource)
    }

    private func sides(of resource: String) -> [Host] {
        names.filter { Scheduler.drbdHosts.contains($0) }.map { node($0).host }.filter { $0.drbd[resource] != nil }
    }

    // MARK: The executor's work

    func bringUpNew(_ resource: String, on host: Host) -> StepOutcome {
        guard host.drbd[resource] == nil else { return .nothingToDo }
        guard let definition = host.definition(of: resource) else { return .failed("no resource \(resource) defined") }
        return bringUp(resource, definition, on: host) ? .done : .failed("no valid meta-data signature found")
    }

    /// It is up, has no data, and is not connected, or another host has to begin.
    func hasToWait(for resource: String, _ begins: Bool, on host: Host) -> Bool {
        replicate(resource)
        return host.drbd[resource] != nil && host.generation(of: resource) == nil && !(begins && isConnected(resource))
    }

    func begin(_ resource: String, _ begins: Bool, on host: Host) -> StepOutcome {
        guard host.drbd[resource] != nil else { return .moved("\(resource) is not up") }
        if hasToWait(for: resource, begins, on: host) { return .waiting("\(resource) is not connected") }
        if host.generation(of: resource) != nil { return .nothingToDo }
        lineages += 1
        for side in sides(of: resource) { side.set(DiskContent.Generation(lineage: lineages), of: resource) }
        return .done
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

extension Host {
    /// Nil while there are no data on this side.
    func generation(of resource: String) -> DiskContent.Generation? {
        (drbd[resource] ?? definition(of: resource))?.disk.flatMap { disks[$0]?.generation }
    }

    fileprivate func set(_ generation: DiskContent.Generation, of resource: String) {
        if let disk = drbd[resource]?.disk { disks[disk] = .metadata(generation) }
    }

    func createMetadata(on devices: [BackingDevice]) -> StepOutcome {
        var outcome = StepOutcome.nothingToDo
        for path in devices.compactMap(\.volume) {
            switch disks[path] {
            case .nothing:
                disks[path] = .metadata(nil)
                outcome = .done
            case .metadata: break
            case .foreign(let what): return .failed("\(path) holds \(what)")
            case nil: return .failed("there is no \(path)")
            }
        }
        return outcome
    }

    /// As the tools tell it.
    func metadata(of newcomer: DRBDNewcomer) -> Known<DRBDMetadata> {
        var metadata = DRBDMetadata([:])
        for device in newcomer.askedFor {
            switch device.volume.flatMap({ disks[$0] }) {
            case .nothing: metadata.disks[device.number] = .nothing
            case .foreign(let what): metadata.disks[device.number] = .foreign(what)
            case .metadata(let generation): metadata.disks[device.number] = generation == nil && !newcomer.isOccupied ? .justCreated : .data
            case nil: return .unknown("\(device.disk): No such file or directory")
            }
        }
        return .known(metadata)
    }
}
