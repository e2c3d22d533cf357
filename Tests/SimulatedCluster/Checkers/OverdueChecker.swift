internal import ClusterModel
internal import Reconciling

/// A wait that has a limit ends, or it is told that the commit has not come in that time.
final class OverdueChecker: Checker {
    private var waits: [NodeName: (name: Wait.Name, commits: [CommitID?], since: Int)] = [:]
    /// When a node last told how a commit ended.
    private var concluded: [NodeName: [CommitID: Int]] = [:]
    /// These have none, or one of their own.
    private static let unlimited: Set<Wait.Name> = [.resumed, .healthy, .contested]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .started(let node): (waits[node], concluded[node]) = (nil, nil)
        case .told(let node, .concluded(let conclusion)): concluded[node, default: [:]][conclusion.commit] = cluster.simulation.now
        case .took(let node, .timer): return look(node, cluster)
        default: break
        }
        return nil
    }

    private func look(_ node: NodeName, _ cluster: Cluster) -> String? {
        guard let machine = cluster.node(node).machine, let wait = machine.waiting, !Self.unlimited.contains(wait.name) else {
            waits[node] = nil
            return nil
        }
        let commits = [machine.commit, machine.headCommit]
        guard let known = waits[node], known.name == wait.name, known.commits == commits else {
            waits[node] = (wait.name, commits, cluster.simulation.now)
            return nil
        }
        let limit = Int(cluster.pace.patience.components.seconds) * 1000 + 30_000
        guard cluster.simulation.now - known.since > limit, let head = machine.headCommit else { return nil }
        let told = concluded[node] ?? [:]
        guard told[head] == nil, commits.compactMap({ $0.flatMap { told[$0] } }).allSatisfy({ $0 < known.since }) else { return nil }
        return "\(node) waits for \(wait.name), and no note says so: \(wait.reason)"
    }
}
