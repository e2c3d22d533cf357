internal import CIB
internal import ClusterModel
internal import LiveState
internal import Reconciling
internal import Records
internal import Steps

/// Nobody calls a commit good while what it touches has failed and does not run, or fails again and again.
final class HealthChecker: Checker {
    private var touched: [CommitID: Set<String>] = [:]
    /// How often what had failed, whenever that had become another number.
    private var counts: [String: [(time: Int, count: Int)]] = [:]
    /// Milliseconds.
    private static let watched = 8000

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        if case .took(let node, let event) = happening, case .looked = event, let partition = cluster.partition(of: node) {
            count(partition, cluster.simulation.now)
        }
        guard case .configured(let partition, let former, .daemon(let node, let step)) = happening else { return nil }
        switch step.action {
        case .transact:
            guard let commit = partition.record.applied else { return nil }
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

    private func count(_ resource: String, _ partition: Partition) -> Int {
        partition.failCounts.filter { $0.key.resource.text == resource }.values.max() ?? 0
    }

    private func count(_ partition: Partition, _ now: Int) {
        for resource in Set(partition.failCounts.keys.map(\.resource.text)) {
            let count = count(resource, partition)
            if counts[resource]?.last?.count != count { counts[resource, default: []].append((now, count)) }
        }
    }

    private func failure(of resources: Set<String>, _ partition: Partition, _ cluster: Cluster) -> String? {
        for wish in partition.wishes where wish.isWanted && resources.contains(wish.id) {
            let failures = count(wish.id, partition)
            let before = counts[wish.id]?.last { $0.time <= cluster.simulation.now - Self.watched }?.count ?? 0
            let runs = partition.members.contains { cluster.node($0).host.running[wish.id] != nil }
            if failures > before + 1 || failures > 0 && !runs { return "\(wish.id) has failed \(failures) times\(runs ? "" : ", and does not run")" }
        }
        return nil
    }
}
