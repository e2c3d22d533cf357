public import ClusterModel
internal import Diagnostics
public import LiveState
public import Repository

/// The DRBD resources that have to be told of a disk that has grown, or is about to. One node of each tells it to all.
public struct VolumeGrowth {
    /// In their order: those that this node has to tell of.
    let resources: [String]
    let notices: [Finding]
    /// Whether DRBD uses what there is. One that was told may have to be told again: the other side's disk may grow later.
    var isEmpty: Bool { resources.isEmpty && notices.isEmpty }

    init(_ desired: DesiredState, _ volumes: LiveVolumes?, _ conditions: [String: DRBDCondition], on node: NodeName?, online: [String]?) {
        let short = Self.candidates(desired, volumes, conditions, on: node)
        let disks = short.isEmpty ? [:] : desired.disks(on: node)
        let own = short.filter { name in disks[name]?.first?.nodes.first { online?.contains($0) ?? true } == node?.text }
        resources = own.filter { conditions[$0]?.isSteady == true }
        notices = own.filter { conditions[$0]?.isSteady != true }.map { name in
            .warning(
                "DRBD does not use the whole of the disks of \(name) yet: it is not connected, or not UpToDate, on all sides",
                remedy: "it is told when it is; drbdadm status \(name) shows what is missing")
        }
    }

    /// Resources that are up and use less of a disk than the commit wants it to be. One that is down looks at its disks when it comes up.
    public static func candidates(
        _ desired: DesiredState, _ volumes: LiveVolumes?, _ conditions: [String: DRBDCondition], on node: NodeName?
    ) -> [String] {
        guard node != nil, let volumes, !conditions.isEmpty, desired.declaresVolumes else { return [] }
        let wanted = Dictionary(desired.volumes(on: node).map { ($0.path, $0.size) }, uniquingKeysWith: { first, _ in first })
        return desired.disks(on: node).compactMap { name, devices -> String? in
            guard let condition = conditions[name] else { return nil }
            let isShort = devices.contains { device in
                guard let path = device.volume, !device.isSized, let size = wanted[path] else { return false }
                return volumes[path].map { $0.size < size } ?? false || device.isShort(of: size, condition)
            }
            return isShort ? name : nil
        }.sorted()
    }
}

extension BackingDevice {
    /// Whether DRBD uses so much less of its disk that its metadata can't be the reason: a bit for 4 KiB and peer, of which there are
    /// 31 at most (drbdmeta(8), "max-peers"), and an activity log.
    fileprivate func isShort(of size: Int, _ condition: DRBDCondition) -> Bool {
        guard let used = condition.sizes[number] else { return false }
        return used < size - (31 * size >> 15) - (4 << 20)
    }
}
