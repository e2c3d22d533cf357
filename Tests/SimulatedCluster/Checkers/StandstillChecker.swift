internal import CIB
internal import ClusterModel
internal import LiveState
internal import Reconciling
internal import Records
internal import Repository

/// While nobody disturbs the leader, a commit in force is called good, held, or not healthy in time; and what the commit in force wants, and the newest
/// one too, is not kept stopped by a ban of our own.
final class StandstillChecker: Checker {
    private struct Watch {
        var state: [String]
        var since: Int
    }

    /// What stands still, on the watch of a leader that can work.
    private var watches: [NodeName: Watch] = [:]
    /// What a leader can't bring to its end, and has said so.
    private var failed: Set<CommitID> = []
    /// Milliseconds: the limit of health, and time for a leader that has just come; for what is stopped.
    private static let judgement = 300_000
    private static let ban = 150_000

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .started(let node), .joined(let node): watches[node] = nil
        case .told(_, .concluded(let conclusion)): if conclusion.result == .failed { failed.insert(conclusion.commit) }
        case .took(let node, .looked), .took(let node, .observed): return look(node, cluster)
        default: break
        }
        return nil
    }

    private func look(_ name: NodeName, _ cluster: Cluster) -> String? {
        guard let partition = cluster.partition(of: name), partition.dc == name, isAble(cluster.node(name), partition, cluster) else {
            watches[name] = nil
            return nil
        }
        let (commit, stopped) = (unjudged(partition, cluster), banned(partition, cluster))
        let state = [commit?.hex ?? "", stopped ?? "", cluster.git.head.hex]
        guard commit != nil || stopped != nil, let watch = watches[name], watch.state == state else {
            watches[name] = commit == nil && stopped == nil ? nil : Watch(state: state, since: cluster.simulation.now)
            return nil
        }
        let lasted = cluster.simulation.now - watch.since
        if let commit, lasted > Self.judgement { return "\(name) has not judged \(commit.brief) for \(lasted / 1000) s" }
        if let stopped, lasted > Self.ban { return "\(stopped) is kept stopped for \(lasted / 1000) s, and is wanted" }
        return nil
    }

    /// Whether this leader has all that it needs.
    private func isAble(_ node: Node, _ partition: Partition, _ cluster: Cluster) -> Bool {
        let last = max(node.toolsHangUntil, node.toolsFailUntil, node.judgesFailUntil, node.disksFailUntil)
        return partition.hasQuorum && !node.isFrozen && cluster.simulation.now >= last && cluster.git.mood == .answering
            && node.host.fetchedHead == cluster.git.head && !node.host.isFull && partition.record.unreadable.isEmpty
            && partition.cib.property("maintenance-mode") != "true"
    }

    private func unjudged(_ partition: Partition, _ cluster: Cluster) -> CommitID? {
        let record = partition.record
        guard record.suspension == nil, let commit = record.applied, record.good != commit, record.held != commit, commit == cluster.git.head,
            !failed.contains(commit)
        else { return nil }
        return partition.announcements.values.contains { $0.unhealthy?.commit == commit || $0.refusal?.commit == commit } ? nil : commit
    }

    private func banned(_ partition: Partition, _ cluster: Cluster) -> String? {
        let names = partition.banned
        guard !names.isEmpty, let applied = partition.record.applied, partition.announcements.values.allSatisfy({ $0.intent == nil }) else {
            return nil
        }
        let states = [applied, cluster.git.head].map { cluster.git.contents($0).map(cluster.library.state) }
        return names.first { name in states.allSatisfy { $0?.declares(ObjectID(.resource, name)) == true } }
    }
}
