internal import ClusterModel
internal import Diagnostics
internal import Planning
internal import Records
internal import Safety
internal import Steps

/// No DRBD resource is taken down, and no file removed, that something runs on, or that the CIB in force still wants.
final class DataChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .performing(let node, let step, _) = happening else { return nil }
        let host = cluster.node(node).host
        let wishes = cluster.partition(of: node)?.wishes ?? []
        let isMakingRoom = step.stage == .replace
        switch step.action {
        case .down(let resource):
            if host.primaries.contains(resource) { return "\(node) takes \(resource) down, which is primary" }
            let users = wishes.filter { $0.kind == .drbd(resource) }
            guard let user = users.first else { return nil }
            if host.running[user.id] != nil { return "\(node) takes \(resource) down under \(user.id)" }
            return isMakingRoom ? nil : "\(node) takes \(resource) down, which the CIB has"
        case .removeFile(let change):
            let domain = wishes.first { $0.kind == .domain(file: change.path.text) }
            if let domain { return "\(node) removes the file of \(domain.id), which the CIB has" }
            for resource in change.resources where host.drbd[resource] != nil && !isDefinedElsewhere(resource, host, change.path.text) {
                return "\(node) removes the file of \(resource), which is up"
            }
            for resource in change.resources where wishes.contains(where: { $0.kind == .drbd(resource) }) && !isMakingRoom {
                return "\(node) removes the file of \(resource), which the CIB has"
            }
            return nil
        default: return nil
        }
    }

    private func isDefinedElsewhere(_ resource: String, _ host: Host, _ path: String) -> Bool {
        host.files.contains { $0.key != path && $0.value.text.contains("resource \(resource) {") }
    }
}
