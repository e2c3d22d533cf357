internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Safety
internal import Steps

/// What a commit does not touch does not suffer from it: no transaction stops it, and no commit is called good while what ran before, and is wanted
/// still, does not.
final class InnocentChecker: Checker {
    /// What each leader's plan touches, and what ran besides when it made its transaction.
    private var touched: [NodeName: Set<ResourceID>] = [:]
    private var ran: [NodeName: (commit: CommitID, places: [String: Set<NodeName>])] = [:]
    /// What of that did not run when it looked last.
    private var missing: [NodeName: String] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .started(let node): (touched[node], ran[node], missing[node]) = (nil, nil, nil)
        case .planned(let node, let evidence): touched[node] = evidence.touched
        case .performing(let node, let step, let fingerprint):
            guard case .transact = step.action, let commit = fingerprint.commit, let partition = cluster.partition(of: node) else { return nil }
            guard ran[node]?.commit != commit else { return nil }
            (ran[node], missing[node]) = ((commit, bystanders(touched[node] ?? [], partition, cluster)), nil)
        case .took(let node, .looked(let glance)):
            if let status = glance.cluster, let partition = cluster.partition(of: node) { missing[node] = missing(node, status, partition) }
        case .configured(let partition, let former, .daemon(let node, let step)):
            switch step.action {
            case .transact: return stopped(by: node, partition, former, cluster)
            case .record(.good(let commit)):
                guard ran[node]?.commit == commit, let name = missing[node] else { return nil }
                return "\(node) calls \(commit.brief) good, and \(name), which ran before and is not touched, does not"
            default: return nil
            }
        default: break
        }
        return nil
    }

    private func bystanders(_ touched: Set<ResourceID>, _ partition: Partition, _ cluster: Cluster) -> [String: Set<NodeName>] {
        var places: [String: Set<NodeName>] = [:]
        let failing = Set(partition.failCounts.keys.map(\.resource.text))
        for wish in partition.wishes where wish.isWanted && !touched.contains(ResourceID(wish.id)) && !failing.contains(wish.id) {
            let hosts = partition.online.filter { cluster.node($0).host.running[wish.id]?.hasFailed == false }
            if !hosts.isEmpty { places[wish.id] = hosts }
        }
        return places
    }

    private func missing(_ node: NodeName, _ status: ClusterStatus, _ partition: Partition) -> String? {
        guard let places = ran[node]?.places, partition.cib.property("maintenance-mode") != "true" else { return nil }
        let up = Set(status.nodes.filter { $0.isOnline && $0.isAvailable }.map { NodeName($0.name) })
        let wanted = Set(partition.wishes.filter(\.isWanted).map(\.id))
        return places.keys.sorted().first { name in
            wanted.contains(name) && places[name]?.isSubset(of: up) == true && !status.isActive(name)
        }
    }

    /// The domUs may suffer: every commit says so.
    private func stopped(by node: NodeName, _ partition: Partition, _ former: CIB, _ cluster: Cluster) -> String? {
        guard partition.cib.property("stop-all-resources") == "true" else { return nil }
        let before = Set(ResourceWish.all(in: former).filter(\.isWanted).map(\.id)).subtracting(["web", "db"] + (touched[node] ?? []).map(\.text))
        let victim = partition.wishes.first { wish in
            before.contains(wish.id) && !wish.isWanted && partition.members.contains { cluster.node($0).host.running[wish.id] != nil }
        }
        return victim.map { "\(node) stops \($0.id), which it does not touch" }
    }
}
