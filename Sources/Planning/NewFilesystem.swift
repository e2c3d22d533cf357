internal import CIB
public import ClusterModel
internal import Repository
internal import Steps

/// A file system that the cluster is to mount from this commit on, and what it lies on here. Nobody but a person makes one.
public struct NewFilesystem: Hashable, Sendable {
    public let name: ResourceID
    public let device: String
    /// `ocfs2`, `ext4`; nil where the resource leaves it to mount(8).
    public let type: String?
    /// The disk of this host beneath it: what DRBD replicates stands at the beginning of its disk too.
    public let disk: String
    /// Whether the commit brings that disk, or DRBD has no data on it anywhere.
    public let isMade: Bool
}

/// Those of a plan.
struct NewFilesystems {
    private let disks: [String: [BackingDevice]]
    private let newcomers: [DRBDNewcomer]
    private let made: Set<String>
    private(set) var all: [NewFilesystem] = []

    init(_ changes: [Change], _ desired: DesiredState, _ volumes: [VolumeChange], _ newcomers: [DRBDNewcomer], on node: NodeName?) {
        let created = Set(changes.filter { $0.action == .create && $0.id.kind == .resource }.map(\.id))
        self.newcomers = newcomers
        made = Set(volumes.filter { $0.action == .create }.map(\.path.device))
        disks = node == nil || created.isEmpty ? [:] : desired.disks(on: node)
        guard node != nil, !created.isEmpty else { return }
        let tree = desired.resourceTree
        for declaration in desired.declarations where created.contains(declaration.object.id) {
            let object = declaration.object
            guard tree.mountPoint(of: object) != nil, let device = tree.parameter("device", of: object), let (disk, isMade) = bottom(of: device)
            else { continue }
            all.append(
                NewFilesystem(
                    name: ResourceID(object.id.name), device: device, type: tree.parameter("fstype", of: object), disk: disk, isMade: isMade))
        }
    }

    /// Nil for what is no volume of this host.
    private func bottom(of device: String) -> (disk: String, isMade: Bool)? {
        guard device.hasPrefix("/dev/drbd") else { return VolumePath(device).map { ($0.device, made.contains($0.device)) } }
        for (resource, devices) in disks {
            guard let volume = devices.first(where: { Self.names(of: $0, in: resource).contains(device) }) else { continue }
            return (volume.disk, made.contains(volume.disk) || newcomers.contains { $0.name == resource && $0.isNew })
        }
        return nil
    }

    /// "/dev/drbd/by-res/<resource>", with the number of the volume below it where there are several, and /dev/drbd<minor> (drbd.rules of drbd-utils).
    private static func names(of device: BackingDevice, in resource: String) -> Set<String> {
        let short = device.number == 0 ? ["/dev/drbd/by-res/\(resource)"] : []
        return Set(short + ["/dev/drbd/by-res/\(resource)/\(device.number)"] + (device.minor.map { ["/dev/drbd\($0)"] } ?? []))
    }
}
