internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

/// Compares the logical volumes that commits want on this host with those that LVM has.
///
/// Volumes are made and enlarged, never made smaller. One that no commit wants any more stays, unless a commit says that it may be destroyed.
struct VolumePlanner {
    private(set) var changes: [VolumeChange] = []
    private(set) var notices: [Finding] = []
    private(set) var faults = VolumeFaults()
    private let wanted: [DeclaredVolume]
    private let former: [DeclaredVolume]
    private let intent: CommitIntent
    private let isInForce: Bool
    /// What DRBD stands on, and which of these resources the CIB has.
    private let disks: [String: [BackingDevice]]
    private let standing: () -> Set<String>
    /// Bytes that each group has to give.
    private var needs: [String: (bytes: Int, first: DeclaredVolume)] = [:]

    /// - Parameters:
    ///   - bases: the commits whose volumes may be on the host.
    ///   - live: nil where nobody has looked.
    ///   - isInForce: whether the cluster has the commit already.
    ///   - standing: the DRBD resources that the live CIB has.
    ///   - files: what is to become of the files that may name a volume.
    init(
        bases: [DesiredState], desired: DesiredState, live: Known<LiveVolumes>?, on node: NodeName?, intent: CommitIntent, isInForce: Bool,
        standing: @escaping @autoclosure () -> Set<String>, files: () -> VolumeUsers
    ) {
        (self.intent, self.isInForce, self.standing) = (intent, isInForce, standing)
        disks = desired.declaresVolumes ? desired.disks(on: node) : [:]
        wanted = desired.volumes(on: node)
        former = bases.flatMap { $0.volumes(on: node) }
        guard desired.declaresVolumes || bases.contains(where: \.declaresVolumes) else { return }
        switch live {
        case nil: notices.append(Finding(.notice, "the volumes of lvm/ are left out: LVM is asked on the hosts of a cluster only"))
        case .unknown(let reason): passOver(reason)
        case .known(let live): compare(with: live, files)
        }
    }

    /// What is not known to be there is no reason to stop a commit that brings nothing new.
    private mutating func passOver(_ reason: String) {
        notices.append(.warning("no volume of lvm/ is looked after on this host: LVM can't be asked: \(reason)"))
        let known = Set(former.map { "\($0.path) \($0.size)" })
        if wanted.contains(where: { !known.contains("\($0.path) \($0.size)") }) { faults.unobserved = reason }
    }

    private mutating func compare(with live: LiveVolumes, _ files: () -> VolumeUsers) {
        for volume in wanted { compare(volume, with: live) }
        for (name, need) in needs.sorted(by: { $0.key < $1.key }) {
            guard let free = live.groups[name]?.free, need.bytes > free else { continue }
            faults.refusals.append(
                .error(
                    "\(name) has \(free == 0 ? "nothing" : ByteCount.text(free)) free on this host, and the commit needs \(ByteCount.text(need.bytes)): "
                        + "\(ByteCount.text(need.bytes - free)) are missing", at: need.first.place,
                    remedy: "vgextend \(name) DEVICE, by hand; or smaller sizes"))
        }
        let paths = Set(wanted.map(\.path))
        for path in Set(former.map(\.path) + live.ours).subtracting(paths).sorted() {
            if let volume = live[path] { abandon(path, volume, files) }
        }
        for volume in wanted where intent.destroyed.contains(volume.path.asset) {
            notices.append(Finding(.notice, "\(volume.path) stays, although it may be destroyed: the commit declares it", at: volume.place))
        }
    }

    private mutating func compare(_ volume: DeclaredVolume, with live: LiveVolumes) {
        guard let group = live.groups[volume.path.group] else {
            let name = volume.path.group
            return faults.refusals.append(
                .error("there is no volume group \(name) on this host", at: volume.place, remedy: "vgcreate \(name) DEVICE, by hand"))
        }
        guard let size = group.rounded(volume.size) else {
            return faults.refusals.append(.error("\(volume.path) is larger than anything that LVM can make", at: volume.place))
        }
        guard let present = group.volumes[volume.path.name] else {
            create(volume, size)
            return need(size, for: volume)
        }
        if mayBeFinished(present, volume.path), present.size == size { return create(volume, size) }
        if case .none(let what) = present.layout {
            return faults.refusals.append(
                .error(
                    "\(volume.path) is a \(what) on this host, and no volume for data", at: volume.place,
                    remedy: "give the volume another name; or remove the \(what) by hand"))
        }
        if present.size < size { grow(volume, present, to: size) }
        if present.size > size { keepLarger(volume, present) }
    }

    private mutating func create(_ volume: DeclaredVolume, _ size: Int) {
        let isForDRBD = !resources(on: volume.path).isEmpty
        changes.append(VolumeChange(.create, volume.path, new: size, isEverywhere: volume.isEverywhere, isForDRBD: isForDRBD))
    }

    private func resources(on path: VolumePath) -> Set<String> {
        Set(disks.filter { $0.value.contains { $0.volume == path } }.keys)
    }

    /// One that we were cut off from making may have come into use since: of what the CIB has nothing is wiped.
    private func mayBeFinished(_ present: LiveVolumes.Volume, _ path: VolumePath) -> Bool {
        guard present.isUnfinished, present.isOpen == false, !isInForce else { return false }
        let users = resources(on: path)
        return !users.isEmpty && users.isDisjoint(with: standing())
    }

    private mutating func need(_ bytes: Int, for volume: DeclaredVolume) {
        let (sum, overflow) = (needs[volume.path.group]?.bytes ?? 0).addingReportingOverflow(bytes)
        needs[volume.path.group] = (overflow ? .max : sum, needs[volume.path.group]?.first ?? volume)
    }

    private mutating func grow(_ volume: DeclaredVolume, _ present: LiveVolumes.Volume, to size: Int) {
        if case .special(let what) = present.layout {
            return faults.refusals.append(
                .error(
                    "\(volume.path) has \(ByteCount.text(present.size)) on this host, and is to have \(ByteCount.text(size)): it is \(what), "
                        + "and how such a volume grows is for a person to say",
                    at: volume.place, remedy: "lvextend --size \(size)b \(volume.path), by hand"))
        }
        changes.append(VolumeChange(.change, volume.path, old: present.size, new: size, isEverywhere: volume.isEverywhere))
        need(size - present.size, for: volume)
    }

    /// What lies beyond would be lost. Whoever has made it larger by hand, or goes back to what was healthy, loses nothing while it stays so.
    private mutating func keepLarger(_ volume: DeclaredVolume, _ present: LiveVolumes.Volume) {
        let (has, says) = (ByteCount.text(present.size), ByteCount.text(volume.size))
        let message = "\(volume.path) has \(has) on this host, and the repository says \(says): a volume is never made smaller"
        let remedy = "write \(volume.path.name): \(has)"
        guard intent.isWayBack || former.contains(where: { $0.path == volume.path && $0.size == volume.size }) else {
            return faults.refusals.append(
                .error(message, at: volume.place, remedy: remedy + "; a smaller one takes a new name, and its data have to be copied by hand"))
        }
        notices.append(.warning(message, at: volume.place, remedy: remedy))
    }
}

// What no commit wants any more.
extension VolumePlanner {
    private mutating func abandon(_ path: VolumePath, _ volume: LiveVolumes.Volume, _ files: () -> VolumeUsers) {
        guard intent.destroyed.contains(path.asset) else {
            notices.append(
                Finding(
                    .notice, "the volume \(path) stays with its data on this host: the repository does not declare it any more",
                    remedy: "a commit may remove it with the line \"\(Trailer.destroy): \(path.asset)\" at the end of its message"))
            return
        }
        if let fault = hindrance(path, volume, files) {
            // A commit in force is not refused any more for what somebody has begun to use since.
            return isInForce ? notices.append(.warning(fault.message, remedy: fault.remedy)) : faults.refusals.append(fault)
        }
        changes.append(VolumeChange(.delete, path, old: volume.size, isEverywhere: former.first { $0.path == path }?.isEverywhere ?? true))
    }

    private func hindrance(_ path: VolumePath, _ volume: LiveVolumes.Volume, _ files: () -> VolumeUsers) -> Finding? {
        let title = "\(path) may be destroyed, and is not"
        guard volume.isOurs else { return .error("\(title): it was not made by Coxswain on this host", remedy: "lvremove \(path), by hand") }
        guard volume.layout == .linear else {
            return .error(
                "\(title): it is no plain volume any more; it may have snapshots", remedy: "lvs shows what it is; remove those first, by hand")
        }
        let files = files()
        if let user = files.user(of: path) { return .error("\(title): \(user) names it", remedy: "take that out in a commit of its own first") }
        guard let isOpen = volume.isOpen else { return .error("\(title): LVM does not tell whether it is in use") }
        guard isOpen, !files.isGoing(path) else { return nil }
        return .error("\(title): something on this host uses it", remedy: "lsblk /dev/\(path) shows what; end that first")
    }
}

extension LiveVolumes {
    fileprivate var ours: [VolumePath] {
        groups.flatMap { name, group in group.volumes.filter(\.value.isOurs).keys.map { VolumePath(group: name, name: $0) } }
    }
}
