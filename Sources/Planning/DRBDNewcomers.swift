internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps
internal import XML

/// The DRBD resources that a commit brings, and what is in their way on this host.
struct DRBDNewcomers {
    private(set) var all: [DRBDNewcomer] = []
    private(set) var faults = DRBDFaults()

    init() {}

    /// Only where the edits bring a resource the CIB is looked through for what is new in it.
    init(
        _ transaction: Transaction, _ desired: DesiredState, since base: DesiredState?, _ files: [FileChange], _ stages: Once<FileStages>,
        _ volumes: [VolumeChange], _ present: LiveVolumes?,
        drbd: Known<[String: DRBDCondition]>, metadata: [String: Known<DRBDMetadata>]?, on node: NodeName, cluster: ClusterStatus?
    ) {
        self.init()
        let late = Self.latecomers(transaction, drbd, on: node, cluster)
        let names = transaction.drbdNewcomers
        guard !names.isEmpty || !late.isEmpty else { return }
        let inUse = transaction.from.drbdResources
        let stages = stages.value { FileStages(files, inUse: inUse) }
        self = DRBDNewcomers(
            names, of: desired, since: base, stages, volumes, present, drbd: drbd, metadata: metadata, on: node, cluster: cluster)
        let coming = DRBDNewcomers(
            late, of: desired, since: base, stages, volumes, present, drbd: drbd, metadata: metadata, on: node, cluster: cluster)
        let failed = Self.failedStarts(transaction, on: node, cluster)
        all += coming.all.compactMap { $0.joining(isKnown: metadata != nil, hasFailed: failed.contains($0.name)) }
    }

    /// Resources that Pacemaker could not start here: its minor or its disk was another one's still, say. It does not try again by itself.
    private static func failedStarts(_ transaction: Transaction, on node: NodeName, _ cluster: ClusterStatus?) -> Set<String> {
        let failed = cluster?.failedStarts(on: node) ?? []
        guard !failed.isEmpty else { return [] }
        let tree = transaction.from.resourceTree
        return Set(failed.compactMap { tree[$0].flatMap(tree.drbdResource) })
    }

    /// Resources that run on another host, and are not even up on this one: it was off, it may be, when they came, and nobody has made their
    /// metadata here.
    private static func latecomers(
        _ transaction: Transaction, _ drbd: Known<[String: DRBDCondition]>, on node: NodeName, _ cluster: ClusterStatus?
    ) -> Set<String> {
        guard let cluster, let up = drbd.value else { return [] }
        let active = cluster.resources.filter(\.isActive)
        let elsewhere = Set(active.map(\.id)).subtracting(active.filter { $0.nodes.contains(node.text) }.map(\.id))
        guard !elsewhere.isEmpty else { return [] }
        let tree = transaction.from.resourceTree
        let names = Set(elsewhere.compactMap { tree[$0].flatMap(tree.drbdResource) }).filter { up[$0] == nil }
        return names.isEmpty ? [] : names.intersection(transaction.to.drbdResources)
    }

    /// - Parameters:
    ///   - names: those that the commit's CIB has, and the live one has not.
    ///   - metadata: nil where nobody has looked: then it is only said whom to ask about.
    private init(
        _ names: Set<String>, of desired: DesiredState, since base: DesiredState?, _ stages: FileStages, _ volumes: [VolumeChange],
        _ present: LiveVolumes?,
        drbd: Known<[String: DRBDCondition]>, metadata: [String: Known<DRBDMetadata>]?, on node: NodeName, cluster: ClusterStatus?
    ) {
        let disks = desired.disks(on: node)
        for name in names.sorted() {
            let (hosts, storing) = desired.hosts(ofDRBD: name)
            guard !hosts.isEmpty else { continue }
            let isHere = hosts.contains(node.text)
            let members = storing.filter { host in cluster?.nodes.contains { $0.name == host } ?? true }
            let devices = isHere ? disks[name] ?? [] : []
            let newcomer = DRBDNewcomer(
                name, devices, stages, making: volumes, isUp: drbd.map { $0[name] != nil }, metadata: metadata?[name],
                hosts: members.map { NodeName($0) },
                isOnNewDisks: storing.allSatisfy { desired.brings(disksOf: name, to: NodeName($0), since: base) }, isHere: isHere)
            all.append(newcomer)
            guard isHere else { continue }
            if let reason = newcomer.unknown {
                if metadata != nil { faults.unobserved.append("what the disk of DRBD resource \(name) holds on this host can't be told: \(reason)") }
            } else {
                for device in devices {
                    look(device, of: newcomer)
                    compare(device, of: newcomer, present)
                }
            }
        }
    }

    /// The other hosts take it for new.
    private mutating func compare(_ device: BackingDevice, of newcomer: DRBDNewcomer, _ present: LiveVolumes?) {
        guard newcomer.isNew, newcomer.isOnNewDisks, let volume = device.volume, present?[volume]?.isOurs == false else { return }
        faults.refusals.append(
            .error(
                "the volume \(volume) was there on this host before the commit that is to make it: DRBD resource \(newcomer.name) would begin with sides that "
                    + "differ in what is on it",
                remedy: "declare it in a commit of its own first: then the disk of one host is copied to the others; or lvremove \(volume), by hand"))
    }

    private mutating func look(_ device: BackingDevice, of newcomer: DRBDNewcomer) {
        let (disk, name) = (device.disk, newcomer.name)
        switch newcomer.content(of: device) {
        case .foreign(let what):
            faults.refusals.append(
                .error(
                    "\(disk) holds \(what) on this host, and DRBD resource \(name) is to stand on it: nothing is overwritten",
                    remedy:
                        "what may go: wipefs --all \(disk), and zeros over its first MiB, by hand; what is to stay: make room for metadata, drbdadm "
                        + "create-md and up \(name) on every host, and drbdadm primary --force \(name) once on the one that has the data"))
        case .nothing:
            guard let place = device.metaDisk else { return }
            faults.refusals.append(
                .error(
                    "DRBD resource \(name) has no metadata on \(place) on this host: those on a disk of their own are made by hand",
                    remedy: "drbdadm create-md \(name)/\(device.number)"))
        case .justCreated, .data, nil: break
        }
    }
}

extension Transaction {
    /// The DRBD resources that its CIB has, and the live one has not. Most primitives say themselves what they stand for: then what is written tells,
    /// and the whole CIB need not be made for it.
    fileprivate var drbdNewcomers: Set<String> {
        let changed = edits.changed.map { CIBObject(id: $0, element: $1) }
        let written = ResourceTree((changed + edits.added).filter { $0.id.kind == .resource })
        guard !written.isEmpty else { return [] }
        let wanted = written.saysAll ? written.drbdResources : to.drbdResources
        return wanted.isEmpty ? [] : wanted.subtracting(from.drbdResources)
    }
}

extension ResourceTree {
    fileprivate var isEmpty: Bool { objects.isEmpty }

    /// Whether nothing that stands elsewhere can name a DRBD resource for a primitive among these: a template, a list that is taken over, what is around
    /// it.
    fileprivate var saysAll: Bool {
        objects.allSatisfy { object in
            let element = object.element
            guard element.name == "primitive" else { return element.name != "template" && element.first("instance_attributes") == nil }
            guard element["template"] == nil, !element.children.contains(where: { $0["id-ref"] != nil }) else { return false }
            return agent(of: object) != .drbd || drbdResource(of: object) != nil
        }
    }
}
