internal import ClusterModel
internal import Records
internal import Repository
internal import Steps

/// A commit that was not healthy is left alone; and nobody calls good, or holds, what is not in force.
final class HoldChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        guard case .configured(let partition, let former, .daemon(let node, let step)) = happening else { return nil }
        let (before, after) = (ClusterRecord(in: former), partition.record)
        switch step.action {
        case .transact:
            guard let held = before.held, after.applied == held, before.applied != held else { return nil }
            return "\(node) commits \(held.brief), which is held"
        case .record(.good(let commit)): return before.applied == commit ? nil : "\(node) calls \(commit.brief) good, which is not in force"
        case .record(.held(let commit, _)):
            guard before.applied == commit || before.begun == commit else { return "\(node) holds \(commit.brief), which is not in force" }
            if cluster.git.contents(commit)?.rollback == .off { return "\(node) holds \(commit.brief), whose policy wants no way back" }
            return before.good == commit ? "\(node) holds \(commit.brief), and there is nothing else to go back to" : nil
        default: return nil
        }
    }
}
