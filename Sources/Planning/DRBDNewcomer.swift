public import ClusterModel
public import Diagnostics
internal import LiveState
public import Repository
internal import Steps

/// A DRBD resource that a commit brings: it is in the commit's CIB and files, and no primitive of the live CIB stands for it. What the CIB has
/// Pacemaker brings up; this one nobody would.
///
/// It makes no difference whether its file is in place already, and whether it was up before: what a power cut or a crash has interrupted is
/// found to be missing.
public struct DRBDNewcomer: Hashable, Sendable {
    public let name: String
    /// What it stands on here; nothing on a host that has no disk for it.
    public let devices: [BackingDevice]
    /// Whether something else has its minor, or its disk, until just before the transaction: drbdmeta can't be asked.
    public let isOccupied: Bool
    /// Whether its file is written just before the transaction.
    let isLate: Bool
    let isUp: Bool
    /// Volumes whose disk this plan makes: they are empty then.
    private let made: Set<Int>
    private let metadata: Known<DRBDMetadata>
    /// Nodes of the cluster that have a disk for it, sorted.
    public let hosts: [NodeName]
    /// Whether it stands, on all its hosts, on volumes that come with the commit: what is on those nobody has ever read.
    let isOnNewDisks: Bool
    /// Whether this one is a host of it; of the others is known only who they are.
    public let isHere: Bool
    /// Whether the cluster has it already, and this host alone comes to it: it gets its data from the others.
    public private(set) var isJoining = false

    /// Those of which it has to be known what they hold.
    public var askedFor: [BackingDevice] { devices.filter { !made.contains($0.number) } }

    /// - Parameter metadata: what its disks hold.
    init(
        _ name: String, _ devices: [BackingDevice], _ stages: FileStages, making volumes: [VolumeChange], isUp: Known<Bool>,
        metadata: Known<DRBDMetadata>?, hosts: [NodeName], isOnNewDisks: Bool, isHere: Bool
    ) {
        self.name = name
        self.devices = devices
        self.hosts = hosts
        self.isOnNewDisks = isOnNewDisks
        self.isHere = isHere
        let late = stages.replacing.filter { $0.resources.contains(name) }
        isLate = !late.isEmpty
        isOccupied = late.contains { $0.action == .create }
        self.isUp = isUp.value ?? false
        let new = Set(volumes.filter { $0.action == .create }.map(\.path))
        made = Set(devices.filter { $0.volume.map(new.contains) ?? false }.map(\.number))
        let isEmpty = made.count == devices.count
        self.metadata = isUp.reason.map { .unknown($0) } ?? metadata ?? (isEmpty ? .known(DRBDMetadata([:])) : .unknown("nobody has looked"))
    }

    /// As one that the cluster has already. Only what holds nothing is written to then, and what has its metadata comes up where Pacemaker has tried in
    /// vain; that is nil where something else keeps it from starting.
    ///
    /// - Parameters:
    ///   - isKnown: whether somebody has looked at the disks.
    ///   - hasFailed: whether Pacemaker could not start it here.
    func joining(isKnown: Bool, hasFailed: Bool) -> DRBDNewcomer? {
        let isFree =
            empty.allSatisfy { $0.metaDisk == nil } && devices.allSatisfy { if case .foreign = content(of: $0) { false } else { true } }
        let isLeftBehind = isFree && (!empty.isEmpty || hasFailed && !devices.isEmpty)
        guard isHere, unknown == nil ? isLeftBehind : !isKnown else { return nil }
        var newcomer = self
        newcomer.isJoining = true
        return newcomer
    }

    /// Why it can't be told what its disks hold.
    var unknown: String? { metadata.reason }
    var isKnown: Bool { unknown == nil }

    /// Disks that get metadata.
    var empty: [BackingDevice] { devices.filter { content(of: $0) == .nothing } }

    /// Whether it has no data on this host.
    public var isNew: Bool { !devices.isEmpty && devices.allSatisfy { [.nothing, .justCreated].contains(content(of: $0)) } }

    /// Nil where it is not known.
    func content(of device: BackingDevice) -> DRBDMetadata.Content? {
        made.contains(device.number) ? .nothing : metadata.value?.disks[device.number]
    }
}

/// Why DRBD resources of a commit can't be brought up on this host.
public struct DRBDFaults: Hashable, Sendable {
    /// This host would have to change, by a person's hand.
    public internal(set) var refusals: [Finding] = []
    public internal(set) var unobserved: [String] = []
}
