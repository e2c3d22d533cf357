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
    func evidence(
        for target: CommitID, head: Commit, _ observed: LiveState, isFresh: Bool, sparing contested: Set<String>, on node: Node
    ) -> Event {
        let host = node.host
        guard host.mirror.contains(target), let commit = git.commit(target), let contents = git.contents(target) else {
            return .failed(.invalid("commit \(target.short) is not in the repository any more"))
        }
        let state = library.state(contents)
        let errors = library.errors(in: contents)
        guard errors.isEmpty else { return .failed(.invalid(errors.map(\.description).joined(separator: "\n"))) }
        let record = observed.record
        let basis = record.basis(of: target)
        let base = basis.flatMap { self.state(of: $0, on: host) } ?? record.applied.flatMap { self.state(of: $0, on: host) }
        let known = host.deposits.compactMap { self.state(of: $0.commit, on: host) }
        let bases = known.isEmpty ? [base].compactMap(\.self) : known
        var live = observed
        let mounts = mountPoints(state, live, on: host)
        live.files = LiveFiles(contents: host.files, unmounted: Set(mounts.filter { !$0.value }.keys))
        live.files.mounted = Set(mounts.filter(\.value).keys)
        if ([state] + bases).contains(where: \.declaresVolumes) { live.volumes = volumes(of: node) }
        live.drbd = .known(conditions(of: Set(([state] + bases).flatMap(\.files).flatMap(\.resources)), on: host))
        let intent = intent(of: commit, head: head, record)
        var key = Library.Question(
            target: target, applied: basis, bases: host.deposits.map(\.commit).filter(host.mirror.contains), cib: live.cib.root,
            files: live.files.contents, mounts: mounts, active: Set((live.cluster?.resources ?? []).filter(\.isActive).map(\.id)),
            lacking: replicasElsewhere(live.cluster, node), failing: live.cluster?.failedStarts(on: node.name) ?? [], drbd: live.drbd.value ?? [:],
            volumes: live.volumes, intent: intent, node: node.name, contested: contested)
        func planned() -> Result<Library.Answer, Findings> {
            library.answer(to: key) {
                var planner = Planner(
                    commit: target, base: (record.applied, base), desired: state, live: live.cib, files: live.files, hostBases: bases,
                    cluster: live.cluster, drbd: live.drbd, metadata: live.metadata, volumes: live.volumes, intent: intent, node: node.name,
                    contested: contested)
                return Result { () throws(Findings) in try planner.plan() }.map { Library.Answer($0, live.files.contents, library) }
            }
        }
        var answer = planned()
        if case .success(let first) = answer, let metadata = metadata(of: first.plan.newcomers, on: node) {
            live.metadata = metadata
            key.metadata = metadata
            answer = planned()
        }
        let found: Library.Answer
        switch answer {
        case .success(let answer): found = answer
        case .failure(let findings): return .failed(.invalid(findings.description))
        }
        let plan = found.plan
        var evidence = Evidence(
            plan: plan, live: live, commit: head, policy: state.policy, lineage: lineage(of: commit, record, isFresh, on: host),
            restoresKnownTree: false, leadsAlone: node.isOnce, concernsHosts: ([state] + bases).contains { !$0.files.isEmpty || $0.declaresVolumes },
            touched: plan.touched.union(touched(by: state, commit, since: record.good, on: host)))
        if record.good == nil, record.applied == target { evidence.unjudged = state.touched(since: nil) }
        if plan.base == target {
            host.holds.see(plan.held, at: live.time)
            (evidence.overdueHolds, evidence.nextOverdue) = host.holds.overdue(
                plan.held, after: { holdLimit ?? state.policy.drift.limit(of: $0) }, at: live.time)
        }
        if let clashes = found.clashes { evidence.drbdadm = opinion(clashes.isEmpty ? .content : .complaints(clashes), host) }
        if plan.needsTransaction { evidence.verification = opinion(.content, host) }
        if plan.needsTransaction, let partition = partition(of: node.name) {
            let isKilled = simulation.now < node.judgesFailUntil
            evidence.forecast = isKilled ? .unknown("it was killed") : .known(scheduler.forecast(found.wanted, partition, hosts))
        }
        return .planned(evidence)
    }

    /// The DRBD primitives that run on other nodes only.
    private func replicasElsewhere(_ cluster: ClusterStatus?, _ node: Node) -> Set<String> {
        // Where all are up the plan does not ask.
        let active = (cluster?.resources ?? []).filter { $0.isActive && $0.id.hasPrefix("drbd-") }
        let names = Set(active.map(\.id))
        guard node.host.drbd.count < names.count else { return [] }
        return names.subtracting(active.filter { $0.nodes.contains(node.name.text) }.map(\.id))
    }

    private func state(of commit: CommitID, on host: Host) -> DesiredState? {
        guard host.mirror.contains(commit), let contents = git.contents(commit) else { return nil }
        return library.state(contents)
    }

    /// Where the cluster mounts, or is going to mount, its file systems, and whether it says, and the host's own table too, that this is done here.
    private func mountPoints(_ wanted: DesiredState, _ live: LiveState, on host: Host) -> [String: Bool] {
        guard shared != nil else { return [:] }
        let filesystems = ResourceTree(live.cib.objects + wanted.declarations.map(\.object)).filesystems
        let mounts = filesystems.map { ($0.directory, live.cluster?.isActive($0.name, on: host.name.text) ?? true) }
        return Dictionary(mounts, uniquingKeysWith: { $0 || $1 }).mapValues { $0 && host.isMounted }
    }

    /// LVM is a tool like any other.
    private func volumes(of node: Node) -> Known<LiveVolumes> {
        simulation.now < node.judgesFailUntil ? .unknown("it was killed") : .known(node.host.known)
    }

    /// What is on the disks is asked where a commit brings something.
    private func metadata(of newcomers: [DRBDNewcomer], on node: Node) -> [String: Known<DRBDMetadata>]? {
        let unknown = newcomers.filter { !$0.askedFor.isEmpty }
        guard !unknown.isEmpty else { return nil }
        let fails = simulation.now < node.disksFailUntil
        return Dictionary(uniqueKeysWithValues: unknown.map { ($0.name, fails ? .unknown("it was killed") : node.host.metadata(of: $0)) })
    }

    private func intent(of commit: Commit, head: Commit, _ record: ClusterRecord) -> CommitIntent {
        CommitIntent(
            destroyed: commit.id == head.id ? Set(commit.names(inTrailer: Trailer.destroy)) : [],
            isWayBack: record.held != nil && commit.id == record.good)
    }

    private func conditions(of resources: Set<String>, on host: Host) -> [String: DRBDCondition] {
        var conditions: [String: DRBDCondition] = [:]
        for resource in resources {
            guard let adjusted = host.drbd[resource] else { continue }
            conditions[resource] = DRBDCondition(sizes: drbdSizes[resource].map { [0: $0] } ?? [:], isSteady: isConnected(resource))
            guard let definition = host.definition(of: resource), definition.bytes != adjusted.bytes else { continue }
            let isMoved = definition.devices != adjusted.devices
            conditions[resource]?.adjustment = [isMoved ? "drbdsetup detach 1" : "drbdsetup net-options \(resource)"]
        }
        return conditions
    }

    private func touched(by state: DesiredState, _ commit: Commit, since good: CommitID?, on host: Host) -> Set<ResourceID> {
        guard let good, good != commit.id, let former = self.state(of: good, on: host) else { return [] }
        return state.touched(since: former)
    }

    private func lineage(of commit: Commit, _ record: ClusterRecord, _ isFresh: Bool, on host: Host) -> Lineage {
        guard let applied = record.applied, commit.id != applied else { return .descendant }
        if record.held != nil, commit.id == record.good { return host.mirror.contains(applied) ? .descendant : .fromUnknown(applied) }
        if host.mirror.contains(applied), git.isAncestor(applied, of: commit.id) { return .descendant }
        if isFresh, !host.mirror.contains(applied) { return .fromUnknown(applied) }
        return isFresh && git.isRepeated(applied, before: commit.id) ? .descendant : .behind(applied, isFresh: isFresh)
    }

    /// What a tool says, if it can be asked.
    private func opinion(_ opinion: Opinion, _ host: Host) -> Opinion {
        simulation.now < node(host.name).judgesFailUntil ? .unknown("it was killed") : opinion
    }
}

extension SourceText {
    func at(_ path: String) -> SourceText { SourceText(path: path, bytes: bytes) }
}
