internal import DRBDSyntax
internal import LiveState
internal import Repository
internal import XenSyntax

/// What the domUs have that run on this host, and are about to get: the disk that two of them write to is lost.
struct DomainHoldings {
    enum Holder: Equatable {
        /// The domU that asks, under that name.
        case itself(device: String)
        case another(domain: String)
    }

    private struct Holding {
        let domain: String
        let device: String
        let isReadOnly: Bool
    }

    private let devices: HostDevices
    private var disks: [String: [Holding]] = [:]
    private var addresses: [String: String] = [:]

    init(_ running: [String: LiveDomain], devices: HostDevices) {
        self.devices = devices
        for (name, domain) in running.sorted(by: { $0.key < $1.key }) {
            for disk in domain.disks {
                guard let target = disk.target else { continue }
                disks[devices.canonical(target), default: []].append(
                    Holding(domain: name, device: disk.device, isReadOnly: disk.isReadOnly))
            }
            for interface in domain.interfaces { addresses[interface.mac] = name }
        }
    }

    /// Who has what a disk stands on; nil where nobody has, or all may read it.
    func holder(of disk: XenDisk, for domain: String) -> Holder? {
        guard let target = disk.hostTarget else { return nil }
        let holdings = disks[devices.canonical(target)] ?? []
        if let other = holdings.first(where: { $0.domain != domain && !($0.isReadOnly && disk.isReadOnly) }) { return .another(domain: other.domain) }
        return holdings.first { $0.domain == domain }.map { .itself(device: $0.device) }
    }

    mutating func take(_ disk: XenDisk, as device: String, for domain: String) {
        guard let target = disk.hostTarget else { return }
        disks[devices.canonical(target), default: []].append(Holding(domain: domain, device: device, isReadOnly: disk.isReadOnly))
    }

    func holder(ofMAC mac: String, besides domain: String) -> String? { addresses[mac].flatMap { $0 == domain ? nil : $0 } }

    mutating func take(mac: String, for domain: String) { addresses[mac] = domain }
}

/// The devices of hosts under one name each: DRBD's have several.
struct HostDevices {
    private let names: [String: String]

    init(_ desired: DesiredState) {
        names = Dictionary(
            desired.read.drbd.flatMap(\.content.resources).flatMap { resource in
                resource.hosts.flatMap(\.volumes).flatMap { volume -> [(String, String)] in
                    let link = "/dev/drbd/by-res/\(resource.name)"
                    let others = [volume.device?.path, volume.device?.minor.map { "/dev/drbd\($0)" }, volume.number == 0 ? link : nil]
                    return others.compactMap(\.self).map { ($0, "\(link)/\(volume.number)") }
                }
            }, uniquingKeysWith: { first, _ in first })
    }

    func canonical(_ path: String) -> String {
        let path = DevicePath.canonical(path)
        return names[path] ?? path
    }
}

extension XenDisk {
    /// The device or file on the host: "When this is used as a path, /dev will be prepended if the path doesn't start with a '/'"
    /// (xl-disk-configuration(5), target). What another script is told may be anything.
    fileprivate var hostTarget: String? {
        guard let target else { return nil }
        if isPromoting { return "/dev/drbd/by-res/\(target)" }
        guard script == nil else { return nil }
        return target.hasPrefix("/") ? target : "/dev/" + target
    }
}
