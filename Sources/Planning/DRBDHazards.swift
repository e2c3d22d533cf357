internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Repository
internal import Steps

/// Changes of DRBD's files that `drbdadm adjust` would carry out at the expense of the data, or of a device in use:
/// another disk or metadata device is attached in place of the good one, another minor or node-id takes its place, a
/// resource loses its configuration while it is up.
struct DRBDHazards {
    private var found: [(resource: String, message: String)] = []
    private var wanted: Set<String> = []
    /// Resources that use more of their disks than before, by what their files say.
    private(set) var enlarged: Set<String> = []

    init() {}

    /// What holds for all resources that say nothing else.
    struct Common {
        var old: DRBDConfiguration?
        var new: DRBDConfiguration?
        /// What defines resources on the host and stays as it is, while this changes.
        var unchanged: [SourceText] = []
    }

    init(_ changes: [FileChange], wanted: Set<String>, _ common: Common) {
        let files = changes.filter { $0.format == .drbd }
        let before = Self.resources(files.compactMap(\.old) + common.unchanged, under: common.old)
        let after = Self.resources(files.compactMap(\.new) + common.unchanged, under: common.new)
        let dropped = files.filter { $0.action == .change }.flatMap { file in
            Self.resources([file.old].compactMap(\.self), under: nil).keys.filter { !wanted.contains($0) }
        }
        for (name, footing) in before.sorted(by: { $0.key < $1.key }) {
            guard let next = after[name] else { continue }
            if footing.grows(to: next) { enlarged.insert(name) }
            found += footing.losses(becoming: next).map { (name, "DRBD resource \(name): \($0)") }
        }
        found += dropped.sorted().map { ($0, "DRBD resource \($0) would lose its configuration in a file that stays") }
        self.wanted = wanted
    }

    /// What is at stake. The file of a resource that is down here may change where nothing is about to start it; and one that came up with
    /// a former file is not adjusted to another disk either.
    ///
    /// - Parameter expected: the resources that may be started at any moment.
    func messages(_ conditions: Known<[String: DRBDCondition]>, expected: Set<String>) -> [String] {
        guard case .known(let up) = conditions else { return found.map(\.message) }
        let known = Set(found.map(\.resource))
        let others = up.keys.filter { wanted.contains($0) && !known.contains($0) }.sorted()
        return found.filter { up[$0.resource] != nil || expected.contains($0.resource) }.map(\.message)
            + others.compactMap { name in
                up[name]?.detachment.map { "DRBD resource \(name) is up, and not as its file says: drbdadm adjust would run \"\($0)\"" }
            }
    }

    private static func resources(_ sources: [SourceText], under common: DRBDConfiguration?) -> [String: Footing] {
        let all = sources.flatMap { DRBDConfiguration.parse($0).configuration.resources }
        return Dictionary(all.map { ($0.name, Footing($0, under: common)) }, uniquingKeysWith: { _, last in last })
    }
}

/// What a resource stands on, host by host.
private struct Footing {
    private var hosts: [String: Host] = [:]

    private struct Host {
        let nodeID: Int?
        let volumes: [Int: DRBDVolume]
        let isNamed: Bool
    }

    /// In bytes, for volumes that say nothing else.
    private let size: Int?

    init(_ resource: DRBDResource, under common: DRBDConfiguration?) {
        size = resource.size(under: common)
        for (index, (host, nodeID)) in zip(resource.hosts, resource.nodeIDs).enumerated() {
            let volumes = Dictionary(host.volumes.map { ($0.number, $0) }, uniquingKeysWith: { _, last in last })
            guard case .on(let names) = host.kind else {
                hosts["host \(index + 1)"] = Host(nodeID: nodeID, volumes: volumes, isNamed: false)
                continue
            }
            for name in names { hosts[name] = Host(nodeID: nodeID, volumes: volumes, isNamed: true) }
        }
    }

    /// What `drbdadm adjust` would take away on the hosts that stay; on one that goes, drbdadm would not know the resource any more.
    func losses(becoming next: Footing) -> [String] {
        hosts.sorted { $0.key < $1.key }.flatMap { name, host -> [String] in
            guard let other = next.hosts[name] else { return host.isNamed ? ["it would lose its configuration on \(name)"] : [] }
            return difference("node-id on \(name)", host.nodeID.map(String.init), other.nodeID.map(String.init))
                + host.volumes.sorted { $0.key < $1.key }.flatMap { number, volume in
                    losses(of: volume, becoming: other.volumes[number], next, "volume \(number) on \(name)")
                }
        }
    }

    /// Whether some volume has more than before, and none has less.
    func grows(to next: Footing) -> Bool {
        let sizes = hosts.flatMap { name, host in
            host.volumes.map { number, volume in (volume.size ?? size, next.hosts[name]?.volumes[number].map { $0.size ?? next.size } ?? nil) }
        }
        return sizes.contains { $0 != $1 } && sizes.allSatisfy { old, new in new.map { old ?? Int.max <= $0 } ?? true }
    }

    private func losses(of volume: DRBDVolume, becoming other: DRBDVolume?, _ next: Footing, _ place: String) -> [String] {
        guard let other else { return ["\(place) would be detached, and its minor deleted"] }
        return difference("disk of \(place)", volume.disk, other.disk)
            + difference("meta-disk of \(place)", volume.metaDisk ?? "internal", other.metaDisk ?? "internal")
            + difference("minor of \(place)", volume.device?.minor.map(String.init), other.device?.minor.map(String.init))
            + shrinking(volume.size ?? size, other.size ?? next.size, place)
    }

    private func difference(_ what: String, _ old: String?, _ new: String?) -> [String] {
        old == new ? [] : ["\(what) would change from \"\(old ?? "")\" to \"\(new ?? "")\""]
    }

    /// Adjusting runs `drbdsetup resize --size`, which the kernel takes as the word of somebody who knows.
    private func shrinking(_ old: Int?, _ new: Int?, _ place: String) -> [String] {
        guard let new, old.map({ new < $0 }) ?? true else { return [] }
        let former = old.map { "\($0 >> 10) KiB" } ?? "all of its disk"
        return ["\(place) would be cut from \(former) to \(new >> 10) KiB: what lies beyond is lost"]
    }
}

extension DRBDCondition {
    /// What of its adjustment takes a device away (drbdsetup(8)).
    fileprivate var detachment: String? {
        adjustment.first { line in line.split(separator: " ").contains { ["detach", "del-minor", "down"].contains($0) } }
    }
}
