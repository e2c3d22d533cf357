internal import CIB
internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps

// What a node reads and asks before it judges: the real planner, and tools that say what they would.
extension Cluster {
    func evidence(for target: CommitID, head: Commit, _ observed: LiveState, isFresh: Bool, on node: Node) -> Event {
        let host = node.host
        guard host.mirror.contains(target), let commit = git.commit(target), let contents = git.contents(target) else {
            return .failed(.invalid("commit \(target.short) is not in the repository any more"))
        }
        let state = library.state(contents)
        guard state.errors.isEmpty else { return .failed(.invalid(state.errors.map(\.description).joined(separator: "\n"))) }
        let record = ClusterRecord(in: observed.cib)
        let base = record.applied.flatMap { self.state(of: $0, on: host) }
        let known = host.deposits.compactMap { self.state(of: $0.commit, on: host) }
        let bases = known.isEmpty ? [base].compactMap(\.self) : known
        var live = observed
        live.files = LiveFiles(contents: host.files)
        live.drbd = .known(conditions(of: Set(([state] + bases).flatMap(\.files).flatMap(\.resources)), on: host))
        var planner = Planner(
            commit: target, base: (record.applied, base), desired: state, live: live.cib, files: live.files, hostBases: bases,
            cluster: live.cluster, drbd: live.drbd)
        let plan: Plan
        do {
            plan = try planner.plan()
        } catch {
            return .failed(.invalid(error.description))
        }
        var evidence = Evidence(
            plan: plan, live: live, commit: head, policy: state.policy, lineage: lineage(of: commit, record, isFresh, on: host),
            restoresKnownTree: false, concernsHosts: ([state] + bases).contains { !$0.files.isEmpty },
            touched: plan.touched.union(touched(by: state, commit, since: record.good, on: host)))
        evidence.drbdadm = drbdadm(plan, host)
        if plan.needsTransaction { evidence.verification = simulation.now < node.toolsFailUntil ? .unknown("killed") : .content }
        return .planned(evidence)
    }

    private func state(of commit: CommitID, on host: Host) -> DesiredState? {
        guard host.mirror.contains(commit), let contents = git.contents(commit) else { return nil }
        return library.state(contents)
    }

    private func conditions(of resources: Set<String>, on host: Host) -> [String: DRBDCondition] {
        var conditions: [String: DRBDCondition] = [:]
        for resource in resources {
            guard let adjusted = host.drbd[resource] else { continue }
            let isAdjusted = host.definition(of: resource).map { $0.bytes == adjusted.bytes } ?? true
            conditions[resource] = DRBDCondition(adjustment: isAdjusted ? [] : ["net-options \(resource)"])
        }
        return conditions
    }

    private func touched(by state: DesiredState, _ commit: Commit, since good: CommitID?, on host: Host) -> Set<ResourceID> {
        guard let good, good != commit.id, let former = self.state(of: good, on: host) else { return [] }
        return state.touched(since: former)
    }

    private func lineage(of commit: Commit, _ record: ClusterRecord, _ isFresh: Bool, on host: Host) -> Lineage {
        guard let applied = record.applied, commit.id != applied else { return .descendant }
        if record.held != nil, commit.id == record.good { return .descendant }
        if host.mirror.contains(applied), git.isAncestor(applied, of: commit.id) { return .descendant }
        return .behind(applied, isFresh: isFresh)
    }

    // MARK: drbdadm

    private func drbdadm(_ plan: Plan, _ host: Host) -> Opinion {
        let stages = plan.drbdFileStages
        guard !stages.isEmpty else { return .notAsked("the plan has no file of DRBD's") }
        if simulation.now < node(host.name).toolsFailUntil { return .unknown("killed") }
        for stage in stages {
            var files = host.files.filter { $0.key.hasPrefix("/etc/drbd.d/") }
            for change in stage { files[change.path.text] = change.new }
            let clashes = library.clashes(Array(files.values))
            guard clashes.isEmpty else { return .complaints(clashes) }
        }
        return .content
    }
}

extension Library {
    /// What drbdadm would not take: a minor, a port, or a name that two resources have.
    func clashes(_ files: [SourceText]) -> [String] {
        var seen: Set<String> = []
        return files.flatMap(claims).sorted().filter { !seen.insert($0).inserted }.map { "conflicting use of \($0)" }
    }
}

extension SourceText {
    func at(_ path: String) -> SourceText { SourceText(path: path, bytes: bytes) }
}
