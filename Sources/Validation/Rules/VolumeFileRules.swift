internal import Catalogue
internal import Diagnostics
internal import Repository

/// The files of `lvm/` by themselves: each volume once on each host, and only where its group is.
enum VolumeFileRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let files = cluster.files.volumes
        return repeated(in: files) + files.flatMap { file in file.content.groups.flatMap { astray(in: $0, file.source) } }
    }

    private struct Holding {
        let hosts: [String]?
        let path: String
    }

    /// A group may be described in several files, one for each host; a volume of it on one host in one of them only.
    private static func repeated(in files: [ReadFile<VolumeGroups>]) -> [Finding] {
        var holdings: [String: [Holding]] = [:]
        return files.flatMap { file in
            file.content.groups.flatMap { group in
                group.volumes.compactMap { volume -> Finding? in
                    let holding = Holding(hosts: volume.hosts ?? group.hosts, path: file.source.path)
                    let others = holdings[group.name + "/" + volume.name, default: []]
                    holdings[group.name + "/" + volume.name] = others + [holding]
                    guard let other = others.first(where: { overlap($0.hosts, holding.hosts) }) else { return nil }
                    return Finding(
                        .repeatedVolume, "\(other.path) has a volume \(volume.name) in \(group.name) too",
                        at: place(of: volume.name, in: group, file.source), remedy: Rule.repeatedVolume.remedy)
                }
            }
        }
    }

    private static func overlap(_ a: [String]?, _ b: [String]?) -> Bool {
        guard let a, let b else { return true }
        return !Set(a).isDisjoint(with: b)
    }

    private static func astray(in group: VolumeGroup, _ source: SourceText) -> [Finding] {
        guard let hosts = group.hosts else { return [] }
        return group.volumes.compactMap { volume in
            guard let stranger = volume.hosts?.first(where: { !hosts.contains($0) }) else { return nil }
            return Finding(
                .strayVolume, "\(volume.name) is to be on \(stranger), where there is no \(group.name)",
                at: place(of: stranger, in: volume, of: group, source),
                remedy: didYouMean(stranger, among: hosts) ?? Rule.strayVolume.remedy)
        }
    }

    private static func place(of name: String, in group: VolumeGroup, _ source: SourceText) -> Place {
        source.place(of: name, from: Origin(source.range(of: group.name).map { $0.upperBound..<$0.upperBound } ?? 0..<0))
    }

    private static func place(of host: String, in volume: LogicalVolume, of group: VolumeGroup, _ source: SourceText) -> Place {
        let start = source.range(of: group.name).flatMap { source.range(of: volume.name, from: $0.upperBound) }
        return source.place(of: host, from: Origin(start ?? 0..<0))
    }
}
