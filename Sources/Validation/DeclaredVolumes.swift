internal import Repository

/// The logical volumes that `lvm/` declares, by group.
struct DeclaredVolumes {
    private let groups: [String: [VolumeGroup]]

    init(_ groups: [VolumeGroup]) { self.groups = Dictionary(grouping: groups, by: \.name) }

    var isEmpty: Bool { groups.isEmpty }

    func describes(_ group: String) -> Bool { groups[group] != nil }

    /// The volume that a path leads to, in a group that is described here, be it for other hosts, and without it; nil for anything else.
    func undeclared(_ disk: String, on host: String?) -> VolumePath? {
        guard let path = VolumePath(disk), describes(path.group), size(of: path, on: host) == nil else { return nil }
        return path
    }

    /// In bytes.
    func size(of path: VolumePath, on host: String?) -> Int? {
        groups(path.group, on: host).flatMap(\.volumes).first { $0.name == path.name && holds($0.hosts, host) }?.size
    }

    private func groups(_ name: String, on host: String?) -> [VolumeGroup] {
        groups[name, default: []].filter { holds($0.hosts, host) }
    }

    private func holds(_ hosts: [String]?, _ host: String?) -> Bool {
        guard let hosts, let host else { return true }
        return hosts.contains(host)
    }
}
