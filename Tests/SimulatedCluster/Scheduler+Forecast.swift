internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning

// What the simulated Pacemaker would do with another CIB: it is asked before a transaction, as crm_simulate is.
extension Scheduler {
    func forecast(_ wanted: [ResourceWish], _ partition: Partition, _ hosts: [Host]) -> Forecast {
        let present = hosts.filter { partition.online.contains($0.name) }
        return Forecast(of: interruptions(wanted, present), without: interruptions(partition.wishes, present))
    }

    private func interruptions(_ wishes: [ResourceWish], _ hosts: [Host]) -> Transition {
        let wishes = Dictionary(wishes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var transition = Transition()
        for host in hosts {
            var known: [String: Transition.Kind?] = [:]
            for id in host.running.keys.sorted() {
                guard let kind = interruption(of: id, wishes, host, &known) else { continue }
                transition.actions.append(.init(kind, ResourceID(id), from: host.name, to: kind == .stop ? nil : host.name))
            }
        }
        return transition
    }

    /// What goes, or is to be another thing; and with it what has to be where that is.
    private func interruption(
        of id: String, _ wishes: [String: ResourceWish], _ host: Host, _ known: inout [String: Transition.Kind?]
    ) -> Transition.Kind? {
        if let kind = known[id] { return kind }
        known[id] = .some(nil)
        var kind: Transition.Kind? = .stop
        if let wish = wishes[id], wish.isWanted {
            let companions = wish.companions.filter { host.running[$0] != nil }.compactMap { interruption(of: $0, wishes, host, &known) }
            kind = companions.contains(.stop) ? .stop : !companions.isEmpty || isStale(id, wish, host) ? .restart : nil
        }
        known[id] = .some(kind)
        return kind
    }
}
