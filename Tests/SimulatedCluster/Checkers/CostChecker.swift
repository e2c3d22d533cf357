internal import ClusterModel

/// A wait looks, and not often; who has nothing to do does nothing.
final class CostChecker: Checker {
    private var asked: [NodeName: [Inquiry: [Int]]] = [:]
    /// What may be asked for in a minute: looks at most one a second, and what steps need beside them.
    private static let limits: [Inquiry: Int] = [.fetch: 20, .observe: 40, .plan: 40, .look: 90, .perform: 60, .publish: 40]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .started(let node): asked[node] = nil
        case .asked(let node, let inquiry):
            let now = cluster.simulation.now
            let count = asked[node, default: [:]][inquiry, default: []].count(adding: now)
            let limit = Self.limits[inquiry] ?? 0
            return count > limit ? "\(node) asks \(count) times in a minute to \(inquiry)" : nil
        default: break
        }
        return nil
    }
}

extension [Int] {
    /// How many moments of the last minute there are with this one.
    fileprivate mutating func count(adding now: Int) -> Int {
        append(now)
        if let first = firstIndex(where: { $0 > now - 60000 }), first > 0 { removeFirst(first) }
        return count
    }
}
