internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Executing
internal import GitStore
internal import Host
internal import LiveState
internal import Observing
internal import Planning
internal import Repository

// What is on this host, as far as the commits in question care.
extension EvidenceReader {
    func lookAtHost(
        _ observed: LiveState, _ wanted: DesiredState, _ bases: [DesiredState], _ deposited: [Deposit], _ depth: Depth
    ) async throws -> LiveState {
        guard settings.hasHost else { return observed }
        var live = observed
        let tree = FileTree(root: settings.root ?? "/")
        let mounts = try await mounts(wanted, live)
        let secretive = wanted.secretFiles
        let errors = try live.cib.status?.hardErrors(on: live.node.text) ?? []
        live.files = try await calls.run("reading this host's files", limit: .seconds(60)) { [hostMemory] in
            let observer = HostObserver(tree: tree, memory: hostMemory)
            var files = observer.files(for: ([wanted] + bases).map(\.policy), mounts: mounts)
            files.add(observer.files(at: wanted.files.filter(\.format.isOfTheSystem).map(wanted.policy.path)))
            if wanted.files.contains(where: { $0.format == .ocfs2 }) { files.registeredNodes = observer.registeredNodes() }
            Self.add(deposited, to: &files, observer)
            hostMemory.keep(files)
            if !errors.isEmpty { files.times = observer.times(of: wanted.placedFiles.map(\.path.text)) }
            files.secrets = SecretObserver(tree: tree).secrets(secretive.secretNames)
            files.exposed = Set(secretive.map(wanted.policy.path).filter { files.contents[$0] != nil && tree.isExposed($0) })
            return files
        }
        live.files.ledElsewhere = ledElsewhere(wanted, live)
        let files = ([wanted] + bases).flatMap(\.files).filter { $0.format == .drbd }
        let resources = Set(files.flatMap(\.resources) + live.files.deposited.values.joined())
        if settings.actsOnHost, !resources.isEmpty { live.drbd = await DRBDKernel().conditions(of: resources, isThere: peersThere(wanted, live)) }
        if settings.actsOnHost, depth != .hostOnly, ([wanted] + bases).contains(where: \.declaresVolumes) {
            live.volumes = await VolumeObserver().volumes()
            if case .known(let conditions) = live.drbd { live.drbd = .known(await measured(conditions, wanted, live)) }
        }
        if settings.actsOnHost, depth != .hostOnly, live.cluster != nil, wanted.files.contains(where: { $0.format == .xen }) {
            live.domains = await DomainObserver().domains()
        }
        return live
    }

    /// Whether a peer's host is up and may run resources. Module 8.4 calls its only peer by the address: that is the other host of the resource.
    private func peersThere(_ wanted: DesiredState, _ live: LiveState) -> @Sendable (_ resource: String, _ peer: String) -> Bool {
        let there = Set((live.cluster?.nodes ?? []).filter { $0.isOnline && $0.isAvailable && !$0.isPending }.map(\.name))
        let node = live.node.text
        return { resource, peer in
            guard !there.contains(peer) else { return true }
            let others = wanted.hosts(ofDRBD: resource).all.filter { $0 != node }
            return !others.contains(peer) && others.count == 1 && there.isSuperset(of: others)
        }
    }

    /// What stands on the disks of file systems that the cluster is to mount.
    func signatures(beneath filesystems: [NewFilesystem]) async -> [String: Known<[String]>] {
        guard settings.actsOnHost else { return [:] }
        var found: [String: Known<[String]>] = [:]
        for filesystem in filesystems where !filesystem.isMade && found[filesystem.disk] == nil {
            do {
                found[filesystem.disk] = .known(try await DRBDDisks().signatures(on: filesystem.disk))
            } catch {
                found[filesystem.disk] = .unknown("\(error)")
            }
        }
        return found
    }

    /// How much of its disks each resource uses; and of those that are to use more, whether they can.
    private func measured(
        _ conditions: [String: DRBDCondition], _ wanted: DesiredState, _ live: LiveState
    ) async -> [String: DRBDCondition] {
        var conditions = conditions
        for (name, devices) in wanted.disks(on: live.node) where conditions[name] != nil {
            for device in devices { conditions[name]?.sizes[device.number] = device.minor.flatMap(DRBDKernel.size) }
        }
        for name in VolumeGrowth.candidates(wanted, live.volumes?.value, conditions, on: live.node) {
            conditions[name]?.isSteady = await DRBDKernel().isSteady(name)
        }
        return conditions
    }

    /// What we have put here, and nobody has changed since.
    private static func add(_ deposits: [Deposit], to files: inout LiveFiles, _ observer: HostObserver) {
        for deposit in deposits where !files.isUnmounted(deposit.path.text) {
            let path = deposit.path.text
            if files.contents[path] == nil, files.unreadable[path] == nil {
                files.contents.merge(observer.files(at: [path]).contents) { known, _ in known }
            }
            guard let content = files.contents[path], GitObjectID(blob: content.bytes) == deposit.digest else { continue }
            files.deposited[path] = deposit.resources
        }
    }

    private func filesystems(_ wanted: DesiredState, _ live: LiveState) -> [ManagedFilesystem] {
        ResourceTree(live.cib.objects + wanted.declarations.map(\.object)).filesystems
    }

    /// File systems that several nodes have mounted at once, the leader among them, which is another one.
    private func ledElsewhere(_ wanted: DesiredState, _ live: LiveState) -> Set<String> {
        guard let cluster = live.cluster, let leader = cluster.dc, leader != live.node.text else { return [] }
        let filesystems = self.filesystems(wanted, live)
        return Set(filesystems.filter { cluster.isActive($0.name, on: leader) && cluster.isActive($0.name, on: live.node.text) }.map(\.directory))
    }

    /// Where the cluster mounts, or is going to mount, its own file systems, and whether it has done so on this node. Before Pacemaker runs
    /// nobody says: then the mount table alone does.
    private func mounts(_ wanted: DesiredState, _ live: LiveState) async throws -> [String: Bool] {
        guard settings.actsOnHost else { return [:] }
        let filesystems = self.filesystems(wanted, live)
        let here = live.node.text
        return Dictionary(
            filesystems.map { ($0.directory, live.cluster?.isActive($0.name, on: here) ?? true) }, uniquingKeysWith: { $0 || $1 })
    }
}
