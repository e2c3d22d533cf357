internal import CIB
internal import ClusterModel
internal import Records
internal import Steps

/// A commit is watched before it is called good: what fails comes some seconds after the start.
final class SettlingChecker: Checker {
    /// When each commit came in force first.
    private var applied: [CommitID: Int] = [:]
    /// Milliseconds: as the policy says where it says nothing.
    private static let stable = 10_000

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .configured(let partition, let former, .daemon(let node, let step)) = happening else { return nil }
        switch step.action {
        case .transact:
            // Of a record that was lost nobody knows what was in force.
            guard let commit = partition.record.applied, let before = ClusterRecord(in: former).applied, before != commit else { return nil }
            if applied[commit] == nil { applied[commit] = cluster.simulation.now }
        case .record(.good(let commit)):
            guard let moment = applied[commit], cluster.simulation.now - moment < Self.stable else { return nil }
            return "\(node) calls \(commit.brief) good after \(cluster.simulation.now - moment) ms"
        default: break
        }
        return nil
    }
}
