public import ClusterModel
internal import DRBDSyntax
public import Diagnostics

/// A logical volume that a commit wants on a host.
public struct DeclaredVolume: Hashable, Sendable {
    public let path: VolumePath
    /// Bytes, as the file says: LVM rounds up.
    public let size: Int
    /// Whether every node of the cluster is to have it.
    public let isEverywhere: Bool
    public let place: Place
}

extension DesiredState {
    /// Whether it has files of `lvm/`.
    public var declaresVolumes: Bool { !read.volumes.isEmpty }

    /// The volumes of a host, by group and name.
    /// - Parameter node: nil is any: those that every node has.
    public func volumes(on node: NodeName?) -> [DeclaredVolume] {
        let all = read.volumes.flatMap { file in
            file.content.groups.flatMap { group in
                group.volumes.compactMap { volume -> DeclaredVolume? in
                    let hosts = volume.hosts ?? group.hosts
                    guard hosts.map({ $0.contains(node?.text ?? "") }) ?? true else { return nil }
                    return DeclaredVolume(
                        path: VolumePath(group: group.name, name: volume.name), size: volume.size, isEverywhere: hosts == nil,
                        place: file.source.place(of: volume.name, inGroup: group.name))
                }
            }
        }
        return all.sorted { $0.path < $1.path }
    }

    /// The backing devices of DRBD's resources on a host, by resource.
    public func disks(on node: NodeName?) -> [String: [BackingDevice]] {
        let definitions = read.drbd.flatMap(\.content.resources)
        return Dictionary(
            definitions.map { definition in
                let hosts = definition.hosts.filter { host in node.map { host.names.contains($0.text) } ?? true }
                return (
                    definition.name,
                    hosts.flatMap(\.volumes).compactMap { BackingDevice($0, isSized: ($0.size ?? definition.size) != nil, nodes: definition.nodes) }
                )
            }, uniquingKeysWith: +)
    }

    /// The hosts of a DRBD resource by their names, sorted, and those of them that have a disk for it. Hosts of one that lies on top of another are those of
    /// that, at different times: none by name.
    public func hosts(ofDRBD resource: String) -> (all: [String], storing: [String]) {
        let hosts = read.drbd.flatMap(\.content.resources).filter { $0.name == resource && !$0.isStacked }.flatMap(\.hosts)
        let storing = hosts.filter { $0.volumes.contains { BackingDevice($0, isSized: false, nodes: []) != nil } }
        return (hosts.flatMap(\.names).sorted(), storing.flatMap(\.names).sorted())
    }
}

extension DesiredState {
    /// Whether a DRBD resource stands on a host on volumes alone that this state declares, and a former one does not.
    package func brings(disksOf resource: String, to node: NodeName, since former: DesiredState?) -> Bool {
        guard declaresVolumes, let devices = disks(on: node)[resource], !devices.isEmpty else { return false }
        let known = Set((former?.volumes(on: node) ?? []).map(\.path))
        let new = Set(volumes(on: node).map(\.path)).subtracting(known)
        return devices.allSatisfy { $0.volume.map(new.contains) ?? false }
    }
}

/// What a volume of a DRBD resource stands on, on one host.
public struct BackingDevice: Hashable, Sendable {
    public let number: Int
    public let disk: String
    /// Where its metadata are: nil is on the disk itself.
    public let metaDisk: String?
    public let minor: Int?
    /// Whether DRBD is told how much of it to use.
    public let isSized: Bool
    /// The hosts of the resource by their names, sorted.
    public let nodes: [String]

    /// Nil where the host has no disk for it.
    init?(_ volume: DRBDVolume, isSized: Bool, nodes: [String]) {
        guard let disk = volume.disk, disk != "none" else { return nil }
        number = volume.number
        self.disk = disk
        metaDisk = volume.metaDisk == "internal" ? nil : volume.metaDisk
        minor = volume.device?.minor
        self.isSized = isSized
        self.nodes = nodes.sorted()
    }

    public var volume: VolumePath? { VolumePath(disk) }
}

extension SourceText {
    fileprivate func place(of volume: String, inGroup group: String) -> Place {
        place(of: volume, from: Origin(range(of: group).map { $0.upperBound..<$0.upperBound } ?? 0..<0))
    }
}

extension VolumePath: Comparable, CustomStringConvertible {
    /// `vg0/xps-101`, as LVM's own tools write it.
    public var description: String { "\(group)/\(name)" }

    public var device: String { "/dev/\(self)" }

    /// What `Allow-Destroy` calls it: `lv/vg0/xps-101`.
    public var asset: String { "lv/\(self)" }

    public static func < (a: Self, b: Self) -> Bool { (a.group, a.name) < (b.group, b.name) }
}
