import CIB
import ClusterModel
import Diagnostics
import Reconciling
import Records
import Steps
import Testing

@testable import SimulatedCluster

/// A cluster whose history is written by hand: what happens to it, and when. All that must hold in a drawn history is looked at here too.
final class Scenario {
    let cluster: Cluster
    let log = Log()
    var person: Administrator { Administrator(cluster: cluster) }

    /// The contents are in force, and all nodes are at rest.
    init(_ contents: Contents = Contents(), nodes: [NodeName] = ["alpha", "bravo"], fetch: Duration = .seconds(10), seed: UInt64 = 1) {
        var pace = Pace()
        pace.fetch = fetch
        cluster = Cluster(
            nodes, isTwoNode: true, contents, seed: seed, library: Library(), faults: Faults(seed: seed, rarity: 0),
            trace: Trace(isOn: true), pace: pace)
        cluster.watchdog.add(log)
        cluster.begin(isConfigured: true)
        run(30)
    }

    deinit { cluster.dissolve() }

    // MARK: Time

    func run(_ seconds: Int) { run(milliseconds: seconds * 1000) }

    func run(milliseconds: Int) {
        let end = cluster.simulation.now + milliseconds
        while cluster.watchdog.violation == nil, cluster.simulation.step(until: end) {}
    }

    /// - Returns: whether it came to that within the time.
    func run(upTo seconds: Int, until isSo: () -> Bool) -> Bool {
        let end = cluster.simulation.now + seconds * 1000
        while cluster.watchdog.violation == nil, !isSo() { guard cluster.simulation.step(until: end) else { return isSo() } }
        return isSo()
    }

    // MARK: What is

    func record(of name: NodeName = "alpha") -> ClusterRecord {
        ClusterRecord(in: cluster.partition(of: name)?.cib ?? cluster.node(name).host.cib)
    }

    func host(_ name: NodeName) -> SimulatedCluster.Host { cluster.node(name).host }

    func text(_ path: String, on name: NodeName) -> String? { host(name).files[path]?.text }

    func isGood(_ commit: CommitID) -> Bool { record().applied == commit && record().good == commit }

    var dc: NodeName { cluster.partitions.first?.dc ?? "alpha" }
    var follower: NodeName { dc == "alpha" ? "bravo" : "alpha" }

    /// Why a node waits, in words; empty where it does not.
    func wait(_ name: NodeName) -> String { cluster.node(name).machine?.waiting?.reason ?? "" }

    // MARK: What happens

    @discardableResult
    func push(_ message: String = "change", onto parent: CommitID? = nil, _ change: (inout Contents) -> Void) -> CommitID {
        var contents = cluster.git.contents(parent ?? cluster.git.head) ?? Contents()
        change(&contents)
        cluster.push(contents, message, onto: parent)
        return cluster.git.head
    }

    /// From here on nothing is broken: it has to come to rest at the newest commit, and what must hold has held.
    func end(_ location: SourceLocation = #_sourceLocation) {
        let head = cluster.git.head
        let isIn = run(upTo: 900) { isGood(head) && cluster.names.allSatisfy { cluster.node($0).machine?.isResting == true } }
        #expect(isIn, "\(head.brief) is not in force: \(cluster.whatItWaitsFor)", sourceLocation: location)
        run(60)
        check(location)
    }

    func check(_ location: SourceLocation = #_sourceLocation) {
        #expect(cluster.watchdog.violation == nil, "\(cluster.trace.lines.suffix(40).joined(separator: "\n"))", sourceLocation: location)
    }
}

/// All that was done and told.
final class Log: Checker {
    private(set) var conclusions: [(node: NodeName, conclusion: Conclusion)] = []
    private(set) var steps: [(node: NodeName, step: StepID)] = []
    private(set) var waits: [String] = []
    /// To what people have asked for.
    private(set) var answers: [String] = []
    private(set) var delays: [(node: NodeName, delay: Delay)] = []
    /// The commits that have come in force, in their order.
    private(set) var applied: [CommitID] = []
    /// How often the repository's server was asked, by each node.
    private(set) var fetches: [NodeName: Int] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .told(let node, .concluded(let conclusion)): conclusions.append((node, conclusion))
        case .told(let node, .delayed(let delay)): delays.append((node, delay))
        case .told(_, .answered(_, let text)): answers.append(text)
        case .told(_, .waiting(_, _, let reason)): waits.append(reason)
        case .asked(let node, .fetch): fetches[node, default: 0] += 1
        case .performing(let node, let step, _): steps.append((node, step.id))
        case .configured(let partition, let former, _):
            let commit = ClusterRecord(in: partition.cib).applied
            if let commit, commit != ClusterRecord(in: former).applied { applied.append(commit) }
        default: break
        }
        return nil
    }

    func results(of commit: CommitID, on node: NodeName? = nil) -> [CommitResult] {
        conclusions.filter { $0.conclusion.commit == commit && (node == nil || $0.node == node) }.map(\.conclusion.result)
    }

    func text(of commit: CommitID, _ result: CommitResult, on node: NodeName? = nil) -> String? {
        conclusions.last { $0.conclusion.commit == commit && $0.conclusion.result == result && (node == nil || $0.node == node) }?.conclusion.text
    }

    func did(_ step: StepID, on node: NodeName? = nil) -> Bool { steps.contains { $0.step == step && (node == nil || $0.node == node) } }
}
