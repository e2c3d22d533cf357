internal import CIB
internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XML
internal import XenSyntax

/// The devices that domUs and file systems use.
enum DeviceRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let uses = cluster.deviceUses
        var guesses = cluster.devices.guesses
        return uses.compactMap { mistaken($0, cluster.devices, &guesses) } + shared(uses, cluster.devices) + beneath(uses, cluster)
            + cluster.filesystems.compactMap { unsafeClone($0, in: cluster) }
    }

    /// What DRBD writes to is DRBD's alone: who uses it beside DRBD reads old data, and writes what the peer never gets.
    private static func beneath(_ uses: [DeviceUse], _ cluster: DeclaredCluster) -> [Finding] {
        let disks = cluster.backingDisks
        guard !disks.isEmpty else { return [] }
        return uses.compactMap { use in
            guard let resource = disks[BackingDisk.canonical(use.path)] else { return nil }
            return Finding(
                .bypassedResource, "\(use.path) is the disk beneath \(resource)", at: use.place, remedy: "write \(cluster.devices.link(of: resource))"
            )
        }
    }

    /// "$FSTYPE on $DEVICE is NOT cluster-aware!" (ocf:heartbeat:Filesystem): the agent refuses to run as a clone then.
    private static func unsafeClone(_ filesystem: Filesystem, in cluster: DeclaredCluster) -> Finding? {
        guard let type = filesystem.type, !Filesystem.shareable.contains(type), !filesystem.isForced,
            !(filesystem.isReadOnly && !Filesystem.journalled.contains(type)),
            let clone = cluster.outermost(filesystem.name), clone.object.element.name == "clone" || clone.object.element.name == "master"
        else { return nil }
        return Finding(
            .unsafeClone, "\(filesystem.name) would mount \(type) on several nodes at once", at: filesystem.declaration.place(of: type),
            remedy: Rule.unsafeClone.remedy)
    }

    /// Where a resource has volume sections, /dev/drbd/by-res/NAME is a directory.
    private static func mistaken(_ use: DeviceUse, _ devices: Devices, _ guesses: inout (names: Guesses, paths: Guesses)) -> Finding? {
        guard let mistake = devices.mistake(in: use.path, &guesses) else { return nil }
        if mistake.isDirectory {
            return Finding(.deviceIsDirectory, "\(use.path) is a directory", at: use.place, remedy: "write \(mistake.meant ?? use.path)")
        }
        return Finding(
            .missingDevice, "no file of drbd/ defines \(use.path)", at: use.place,
            remedy: mistake.meant.map { "did you mean \"\($0)\"?" } ?? Rule.missingDevice.remedy)
    }

    /// Each domU runs anywhere, beside any other: who writes to a device must be its only user.
    private static func shared(_ uses: [DeviceUse], _ devices: Devices) -> [Finding] {
        var first: [String: DeviceUse] = [:]
        return uses.compactMap { use in
            let device = devices.canonical(use.path)
            guard let other = first[device] else {
                first[device] = use
                return nil
            }
            guard use.isDomain, use.writes || other.writes else { return nil }
            let message = other.user == use.user ? "\(use.path) is another disk of this domU already" : "\(use.path) is used by \(other.user) too"
            return Finding(.sharedDevice, message, at: use.place, remedy: Rule.sharedDevice.remedy)
        }
    }
}

/// A device of the hosts, or an image, in someone's hands.
private struct DeviceUse {
    /// `xps-101.cfg`, or the name of a Filesystem.
    let user: String
    let isDomain: Bool
    let path: String
    let writes: Bool
    let place: Place?
}

extension DeviceUse {
    init?(_ filesystem: Filesystem) {
        guard let device = filesystem.device, device.hasPrefix("/dev/") else { return nil }
        self.init(user: filesystem.name, isDomain: false, path: device, writes: true, place: filesystem.declaration.place(of: device))
    }

    init?(_ disk: XenDisk, at index: Int, of definition: DomainDefinition) {
        guard let path = disk.hostPath, path.hasPrefix("/"), let target = disk.target else { return nil }
        self.init(
            user: String(definition.fileName), isDomain: true, path: path, writes: !disk.isReadOnly,
            place: definition.place(of: target, in: "disk", at: index))
    }
}

extension DeclaredCluster {
    fileprivate var deviceUses: [DeviceUse] {
        filesystems.compactMap(DeviceUse.init)
            + domains.flatMap { definition in definition.domain.disks.enumerated().compactMap { DeviceUse($1, at: $0, of: definition) } }
    }
}

extension DeclaredCluster {
    /// The resource on top of each disk of a host, metadata's too.
    fileprivate var backingDisks: [String: String] {
        let all = resources.flatMap { definition in
            definition.hosts.flatMap(\.volumes).flatMap { volume in
                let meta = volume.metaDisk.map { $0.prefix { $0 != " " } }.map(String.init)
                return [volume.disk, meta].compactMap(\.self).filter { $0.hasPrefix("/") }.map { (BackingDisk.canonical($0), definition.name) }
            }
        }
        return Dictionary(all, uniquingKeysWith: { first, _ in first })
    }
}

extension XenDisk {
    /// Of `drbd:NAME` the device that Xen's script attaches.
    var hostPath: String? { isPromoting ? target.map { Devices.byResource + $0 } : target }
}
