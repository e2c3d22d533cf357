public import Diagnostics

/// A file of `lvm/`: volume groups, and the logical volumes that they hold on which hosts.
///
///     vg0:
///       hosts: [alpha, bravo]
///       volumes:
///         cluster-ocfs: 10GiB
///         scratch: {size: 5GiB, hosts: [alpha]}
public struct VolumeGroups: Hashable, Sendable {
    public var groups: [VolumeGroup]

    public init(_ groups: [VolumeGroup] = []) { self.groups = groups }

    /// Reads the file. Unknown keys and wrong values are errors.
    public static func parse(_ source: SourceText) -> (volumes: VolumeGroups, findings: [Finding]) {
        var reader = YAMLReader(source)
        guard let root = reader.root() else { return (VolumeGroups(), reader.findings) }
        var groups: [VolumeGroup] = []
        for (key, value) in reader.pairs(of: root, in: "a file of lvm/", expected: "the names of volume groups") {
            guard let name = reader.groupName(key) else { continue }
            groups.append(VolumeGroup(name, value, with: &reader))
        }
        return (VolumeGroups(groups), reader.findings)
    }

    /// Whether both describe the same volumes, in whatever order.
    public func isEquivalent(to other: VolumeGroups) -> Bool { Set(groups.map(\.sorted)) == Set(other.groups.map(\.sorted)) }
}

public struct VolumeGroup: Hashable, Sendable {
    public let name: String
    /// Nil for every node of the cluster.
    public var hosts: [String]?
    public var volumes: [LogicalVolume]

    public init(name: String, hosts: [String]? = nil, volumes: [LogicalVolume] = []) {
        self.name = name
        self.hosts = hosts
        self.volumes = volumes
    }

    /// All that it names, its own hosts and those of its volumes.
    var namedHosts: [String] { (hosts ?? []) + volumes.flatMap { $0.hosts ?? [] } }

    fileprivate var sorted: VolumeGroup {
        VolumeGroup(name: name, hosts: hosts?.sorted(), volumes: volumes.map(\.sorted).sorted { $0.name < $1.name })
    }
}

public struct LogicalVolume: Hashable, Sendable {
    public let name: String
    /// Bytes.
    public let size: Int
    /// Nil for every host of the group.
    public var hosts: [String]?

    public init(name: String, size: Int, hosts: [String]? = nil) {
        self.name = name
        self.size = size
        self.hosts = hosts
    }

    fileprivate var sorted: LogicalVolume { LogicalVolume(name: name, size: size, hosts: hosts?.sorted()) }
}

extension VolumeGroup {
    fileprivate init(_ name: String, _ value: YAMLReader.Value, with reader: inout YAMLReader) {
        self.init(name: name)
        for (key, value) in reader.pairs(of: value, in: name, knowing: ["hosts", "volumes"]) {
            if key == "hosts" { hosts = reader.hosts(value) } else { readVolumes(value, with: &reader) }
        }
    }

    private mutating func readVolumes(_ value: YAMLReader.Value, with reader: inout YAMLReader) {
        for (key, value) in reader.pairs(of: value, in: "volumes", expected: "NAME: SIZE") {
            guard let name = reader.volumeName(key, in: self.name) else { continue }
            if let volume = LogicalVolume(name, value, with: &reader) { volumes.append(volume) }
        }
    }
}

extension LogicalVolume {
    /// `10GiB`, or `{size: 10GiB, hosts: [alpha]}`.
    fileprivate init?(_ name: String, _ value: YAMLReader.Value, with reader: inout YAMLReader) {
        guard value.isMapping else {
            guard let size = reader.size(value) else { return nil }
            self.init(name: name, size: size)
            return
        }
        var size: Int?
        var hosts: [String]?
        let before = reader.findings.count
        for (key, value) in reader.pairs(of: value, in: name, knowing: ["size", "hosts"]) {
            if key == "size" { size = reader.size(value) } else { hosts = reader.hosts(value) }
        }
        guard let size else {
            if reader.findings.count == before { reader.refuse(value, "\(name) has no size", expected: "size: 10GiB") }
            return nil
        }
        self.init(name: name, size: size, hosts: hosts)
    }
}

extension VolumeGroups: CustomStringConvertible {
    /// The text, in the order of the value.
    public var description: String { groups.map(\.text).joined() }
}

extension VolumeGroup {
    fileprivate var text: String {
        var lines = ["\"\(name)\":"]
        if let hosts { lines.append("  hosts: \(hosts.list)") }
        lines.append(volumes.isEmpty ? "  volumes: {}" : "  volumes:")
        for volume in volumes {
            let size = ByteCount.text(volume.size)
            lines.append("    \"\(volume.name)\": \(volume.hosts.map { "{size: \(size), hosts: \($0.list)}" } ?? size)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension [String] {
    fileprivate var list: String { "[\(map { "\"\($0)\"" }.joined(separator: ", "))]" }
}
