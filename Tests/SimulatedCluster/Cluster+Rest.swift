internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps

// When nothing disturbs any more: does it come to rest, and where?
extension Cluster {
    /// Everything that was broken works again.
    func mend() {
        say("from here on nothing disturbs")
        git.mood = .answering
        for name in names {
            groups[name] = 0
            let node = node(name)
            (node.lag, node.toolsHangUntil, node.toolsFailUntil, node.judgesFailUntil, node.disksFailUntil) = (0, 0, 0, 0, 0)
            if !node.host.hasPower { node.host.hasPower = true }
            if !node.host.isInCluster { node.host.isInCluster = true }
            if node.isFrozen {
                node.isFrozen = false
                drain(node)
            }
            start(name, after: 100)
            node.host.own["/etc/drbd.d/manual.res"] = nil
            node.host.isFull = false
        }
        // A daemon that has no power yet hears nobody.
        simulation.after(5000) { [weak self] in self?.resume() }
        scheduler.stopsHangUntil = [:]
        regroup()
        for partition in partitions {
            partition.cleanUp()
            guard let name = partition.members.min() else { continue }
            restoreRecord(on: name)
            if partition.cib.property("maintenance-mode") == "true" { Administrator(cluster: self).maintain(on: name, false) }
        }
        if shared != nil { Administrator(cluster: self).setRole(of: "fs", "Started", on: names[0]) }
        for partition in partitions { scheduler.evaluate(partition) }
    }

    private func resume() {
        for node in names.map(node) where node.isAlive && !isSuspendedForATime(node) { deliver(.requested(.resume), to: node) }
    }

    /// What ends by itself nobody has to end.
    private func isSuspendedForATime(_ node: Node) -> Bool {
        node.machine?.standing(at: .start).suspension?.until != nil
    }

    /// Whether every daemon has nothing to do, or waits for what does not come by itself.
    var isAtRest: Bool {
        let waits = names.map { node($0).machine?.waiting?.name }
        // The others wait for the DC, and the DC, at its gate, for a person.
        let lasting = Set<Wait.Name>([.judgement, .healthy, .able, .gate, .prepared] + (waits.contains(.gate) ? [.transaction] : []))
        return zip(names, waits).allSatisfy { name, wait in node(name).machine?.isResting == true || wait.map(lasting.contains) ?? false }
    }

    var whatItWaitsFor: String {
        names.map { name in
            let machine = node(name).machine
            return "\(name): \(machine?.waiting.map { "\($0.name): \($0.reason)" } ?? (machine?.isResting == true ? "rests" : "works"))"
        }.joined(separator: "; ")
    }

    /// - Returns: what is wrong with where it has come to rest.
    var isWhereItBelongs: String? {
        guard partitions.count == 1, let partition = partitions.first else { return "the nodes have not found each other" }
        let record = partition.record
        if let suspension = record.suspension { return "the record has a suspension still: \(suspension.description)" }
        let head = git.head
        let contents = git.contents(head) ?? Contents()
        guard record.applied == head else { return whyNotInForce(head, contents, record) }
        if record.good == head {
            statistics.count("ended: converged")
            return leftovers(head)
        }
        // The DC may be just the node that can't follow, and has said so: then a person has to help.
        let isRefused = partition.announcements.values.contains { $0.refusal?.commit == head }
        if contents.isSound, !isRefused { return "\(head.brief) is in force, and is not found good: \(whatItWaitsFor)" }
        if record.good != nil, record.held != head, !isRefused, contents.rollback == .auto {
            return "\(head.brief) is not healthy, and nobody goes back: \(whatItWaitsFor)"
        }
        statistics.count("ended: unhealthy")
        return nil
    }

    private func whyNotInForce(_ head: CommitID, _ contents: Contents, _ record: ClusterRecord) -> String? {
        if record.held == head {
            statistics.count("ended: rolled back")
            return record.applied == record.good ? leftovers(record.good ?? head) : "held, and not back at \(record.good?.brief ?? "-")"
        }
        let isRefused = names.contains { announcement in partitions[0].announcements[announcement]?.refusal?.commit == head }
        if isRefused || contents.text == .invalid || contents.stopsAll {
            statistics.count("ended: refused")
            return record.applied.flatMap { record.good == $0 ? leftovers($0) : nil }
        }
        // A part of it is in, and does not start: where there is nothing to go back to a person has to help.
        if record.begun == head, !contents.isSound, partitions[0].announcements.values.contains(where: { $0.unhealthy?.commit == head }) {
            statistics.count("ended: unhealthy")
            return nil
        }
        return "\(head.brief) (\(contents)) is not in force: \(whatItWaitsFor)"
    }

    /// What another round would still do.
    private func leftovers(_ commit: CommitID) -> String? {
        for name in names {
            switch judged(commit, by: node(name)) {
            case nil: continue
            case .planned(let evidence):
                let steps = evidence.plan.steps
                guard steps.isEmpty else { return "\(name) rests, and has something to do: \(steps.map(\.id).list)" }
            default: return "\(name) can't plan"
            }
        }
        return nil
    }

    /// Nil where the node does not know the commit, or is in no cluster.
    private func judged(_ commit: CommitID, by node: Node) -> Event? {
        guard let partition = partition(of: node.name), let head = git.commit(git.head), node.host.mirror.contains(commit) else { return nil }
        let status = scheduler.status(of: partition, seenBy: node.name)
        let live = LiveState(node: node.name, cib: partition.cib, cluster: status, peers: node.view, time: time)
        return evidence(for: commit, head: head, live, isFresh: true, sparing: [], on: node)
    }

    /// What no machine puts right it says, and a person does what it advises.
    /// - Returns: whether there was anything.
    func heedAdvice() -> Bool {
        guard let applied = partitions.first?.record.applied else { return false }
        var hasHelped = false
        for node in names.map(node) {
            if takeDownWhatHasMoved(applied, on: node) { hasHelped = true }
            if !node.host.mirror.contains(applied) {
                say("a person pushes \(applied.brief) again")
                node.host.mirror.insert(applied)
                hasHelped = true
            }
        }
        return hasHelped
    }

    /// Two halves of a cluster may have brought a disk in use to different places.
    private func takeDownWhatHasMoved(_ applied: CommitID, on node: Node) -> Bool {
        guard case .planned(let evidence) = judged(applied, by: node) else { return false }
        let hazards = evidence.plan.hazards
        let resources = node.host.drbd.keys.filter { resource in hazards.contains { $0.hasPrefix("DRBD resource \(resource)") } }
        return Administrator(cluster: self).release(resources.sorted(), on: node)
    }
}
