internal import ClusterModel
internal import Reconciling
internal import Records
internal import Steps

/// What became of a commit is told, and told once; what was done stands in it. What it waits for is told once, before that, and not after.
final class NoteChecker: Checker {
    /// How each commit ended last, as a node told.
    private var last: [NodeName: [CommitID: (result: CommitResult, text: String)]] = [:]
    /// What a node has done, and has not told of in a conclusion.
    private var untold: [NodeName: Set<StepID>] = [:]
    /// What was told of as delayed, by what, in the life of a node.
    private var delays: [NodeName: [CommitID: Set<Wait.Name>]] = [:]

    /// Steps that only write into the cluster's record.
    private static let words = ["lead ", "hold ", "confirm ", "suspend", "resume", "lift "]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .started(let node): (last[node], untold[node], delays[node]) = (nil, nil, nil)
        case .took(let node, .performed(let step, .done)):
            untold[node, default: []].insert(step)
        case .told(let node, .concluded(let conclusion)): return conclude(conclusion, node)
        case .told(let node, .delayed(let delay)): return delayed(delay, node)
        case .end:
            if let open = unfinished(in: cluster) { return open }
            for (node, all) in untold.sorted(by: { $0.key < $1.key }) where cluster.node(node).machine?.isResting == true {
                let steps = all.filter { step in !Self.words.contains { step.text.hasPrefix($0) } }
                guard !steps.isEmpty else { continue }
                return "\(node) has done \(steps.sorted().list), and no note says so"
            }
        default: break
        }
        return nil
    }

    private func delayed(_ delay: Delay, _ node: NodeName) -> String? {
        if let end = last[node]?[delay.commit], end.result != .failed {
            return "\(node) tells that \(delay.commit.brief) waits, which is \(end.result)"
        }
        guard delays[node, default: [:]][delay.commit, default: []].insert(delay.wait).inserted else {
            return "\(node) tells twice that \(delay.commit.brief) waits for \(delay.wait)"
        }
        return delay.lasted < .seconds(60) ? "\(node) tells too soon that \(delay.commit.brief) waits" : nil
    }

    /// A node at rest has said what became of all that waited.
    private func unfinished(in cluster: Cluster) -> String? {
        for (node, commits) in delays.sorted(by: { $0.key < $1.key }) where cluster.node(node).machine?.isResting == true {
            if let commit = commits.keys.first(where: { last[node]?[$0] == nil }) {
                return "\(node) has told that \(commit.brief) waits, and not how it ended"
            }
        }
        return nil
    }

    private func conclude(_ conclusion: Conclusion, _ node: NodeName) -> String? {
        let done = conclusion.work?.done ?? []
        let former = last[node]?[conclusion.commit]
        last[node, default: [:]][conclusion.commit] = (conclusion.result, conclusion.text)
        let isNews = done.contains { untold[node]?.contains($0.id) == true }
        for step in done { untold[node]?.remove(step.id) }
        guard let former, former.result == conclusion.result, !isNews else { return nil }
        guard former.text == conclusion.text || conclusion.result == .converged || conclusion.result == .failed else { return nil }
        return "\(node) tells twice that \(conclusion.commit.brief) is \(conclusion.result)"
    }
}
