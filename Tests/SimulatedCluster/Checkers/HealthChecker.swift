internal import CIB
internal import ClusterModel
internal import LiveState
internal import Records
internal import Steps

/// Nobody calls a commit good when what it touches has failed since, and does not run, or fails again and again.
final class HealthChecker: Checker {
    private var touched: [CommitID: Set<String>] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .configured(let partition, let former, .daemon(let node, let step)) = happening else { return nil }
        switch step.action {
        case .transact:
            guard let commit = ClusterRecord(in: partition.cib).applied else { return nil }
            touched[commit, default: []].formUnion(partition.wishes.map(\.id).filter { hasChanged($0, former, partition.cib) })
            return nil
        case .record(.good(let commit)):
            return failure(of: touched[commit] ?? [], partition, cluster).map { "\(node) calls \(commit.brief) good, and \($0)" }
        default: return nil
        }
    }

    private func hasChanged(_ resource: String, _ former: CIB, _ cib: CIB) -> Bool {
        former[ObjectID(.resource, resource)]?.element != cib[ObjectID(.resource, resource)]?.element
    }

    private func failure(of resources: Set<String>, _ partition: Partition, _ cluster: Cluster) -> String? {
        for wish in partition.wishes where wish.isWanted && resources.contains(wish.id) {
            let failures = partition.failCounts.filter { $0.key.resource.text == wish.id }.values.max() ?? 0
            let runs = partition.members.contains { cluster.node($0).host.running[wish.id] != nil }
            if failures > 2 || failures > 0 && !runs { return "\(wish.id) has failed \(failures) times\(runs ? "" : ", and does not run")" }
        }
        return nil
    }
}
