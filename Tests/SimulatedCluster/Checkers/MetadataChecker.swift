internal import CIB
internal import ClusterModel
internal import LiveState
internal import Repository
internal import Safety
internal import Steps

/// What disks hold is never lost to DRBD: nothing is done to one that somebody else has, data stay what they are, a resource begins once; and none
/// comes into the CIB that has no data, which Pacemaker could not promote.
final class MetadataChecker: Checker {
    private var known: [NodeName: [VolumePath: DiskContent]] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .performing(let node, let step, _):
            look(cluster)
            switch step.action {
            case .createMetadata(let resource, let devices):
                return intrusion(devices.compactMap(\.volume), on: node).map { "\(node) does create-md \(resource) over \($0)" }
            case .up(let resource):
                let disk = cluster.node(node).host.definition(of: resource)?.disk
                return intrusion([disk].compactMap(\.self), on: node).map { "\(node) brings \(resource) up on \($0)" }
            default: return nil
            }
        case .performed(let node, let step, _, let outcome):
            defer { look(cluster) }
            if case .firstSync(let resource, _, _) = step.action, outcome == .done, let side = sideWithData(of: resource, cluster) {
                return "\(node) lets \(resource) begin, which has data on \(side)"
            }
            return loss(cluster)
        case .configured(let partition, let former, .daemon(let node, let step)):
            guard case .transact = step.action else { return nil }
            let new = partition.cib.drbdResources.subtracting(former.drbdResources).sorted()
            let empty = new.first { resource in !partition.members.contains { cluster.node($0).host.hasData(of: resource) } }
            return empty.map { "\(node) brings \($0) into the CIB, which has no data anywhere" }
        default: return nil
        }
    }

    private func look(_ cluster: Cluster) { for name in cluster.names { known[name] = cluster.node(name).host.disks } }

    private func intrusion(_ paths: [VolumePath], on node: NodeName) -> String? {
        paths.lazy.compactMap { path in if case .foreign(let what) = self.known[node]?[path] { "\(what) on \(path)" } else { nil } }.first
    }

    private func sideWithData(of resource: String, _ cluster: Cluster) -> NodeName? {
        cluster.names.first { name in
            cluster.node(name).host.definition(of: resource)?.disk.flatMap { known[name]?[$0]?.generation } != nil
        }
    }

    /// Only what a volume that was made a moment ago held from before may go, and a volume with all that is on it (`VolumeChecker`).
    private func loss(_ cluster: Cluster) -> String? {
        for name in cluster.names {
            let host = cluster.node(name).host
            for (path, former) in known[name] ?? [:] {
                guard let volume = host.volumes[path], let present = host.disks[path], present != former else { continue }
                switch (former, present) {
                case (.nothing, _), (.metadata(nil), .metadata): continue
                case (.metadata(let old?), .metadata(let new?)) where old.lineage == new.lineage && old.version <= new.version: continue
                case (.foreign, .nothing) where volume.isOurs && !host.isOpen(path): continue
                default: return "\(path) on \(name) held \(former), and holds \(present)"
                }
            }
        }
        return nil
    }
}

extension Host {
    fileprivate func hasData(of resource: String) -> Bool { drbd[resource] != nil && generation(of: resource) != nil }
}
