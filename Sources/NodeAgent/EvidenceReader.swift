internal import CIB
public import ClusterModel
internal import Diagnostics
internal import Executing
internal import FoundationEssentials
public import GitStore
internal import Host
public import LiveState
internal import Observing
internal import Planning
public import Records
internal import Repository
public import Safety
internal import Steps

/// Looks at both sides, makes the plan, and asks those who have to be asked. It changes nothing.
///
/// A plan that is only shown and one that is carried out are made and judged from the same evidence.
public actor EvidenceReader {
    public nonisolated let settings: Settings
    public nonisolated let desired: DesiredReader
    nonisolated let deposits: Deposits
    nonisolated let hostMemory = HostMemory()
    let calls = BlockingCalls()
    let mirror: Mirror
    /// What knows the CIB that was read last; nil where it is read once.
    private var cibReader: CIBReader?
    /// What crm_verify said last, and of what: while nothing moves it is not asked again.
    var verified: (commit: CommitID?, version: Version, opinion: Opinion)?
    /// The same of crm_simulate.
    var simulated: (commit: CommitID?, version: Version, forecast: Known<Forecast>)?

    /// - Parameter isRepeating: whether the cluster will be looked at again and again.
    public init(_ settings: Settings, mirror: Mirror, isRepeating: Bool = false) {
        self.settings = settings
        cibReader = isRepeating ? CIBReader() : nil
        self.mirror = mirror
        desired = DesiredReader(mirror, path: settings.path)
        deposits = Deposits(stateDirectory: settings.stateDirectory)
    }

    /// What is asked for, where a person can do without.
    public enum Depth: Hashable, Sendable {
        case whole
        /// Without crm_verify and crm_simulate.
        case quick
        /// The host's files alone, and of these none that goes: before Pacemaker starts.
        case hostOnly

        /// Why crm_verify is not asked.
        var brevity: String? {
            switch self {
            case .whole: nil
            case .quick: "--quick"
            case .hostOnly: "this host's files are all that is looked at"
            }
        }
    }

    // MARK: The cluster

    /// One look at the cluster: its CIB, its status, what the nodes have announced.
    public func observe(as node: NodeName, depth: Depth = .whole) async throws -> LiveState {
        let cib = try await readCIB(keepingStatus: depth == .whole)
        let time = Int64(Date().timeIntervalSince1970)
        guard settings.cib == .cluster else { return LiveState(node: node, cib: cib, time: time) }
        return LiveState(
            node: node, cib: cib, cluster: try await ClusterObserver().status(), peers: try await ClusterObserver().announcements(), time: time)
    }

    /// The name of the cluster that is looked at: as this node was told, as its record says, as a commit does.
    public func cluster(at commit: Commit, _ record: ClusterRecord) async -> String {
        if let known = settings.cluster ?? record.part?.cluster { return known }
        return await desired.policy(of: commit)?.policy.cluster ?? Policy.defaultCluster
    }

    private func readCIB(keepingStatus: Bool) async throws -> CIB {
        guard cibReader != nil else { return try await settings.cib.read(keepingStatus: keepingStatus) }
        let text = try await settings.cib.text()
        return try cibReader?.read(text, keepingStatus: keepingStatus) ?? CIB(parsing: text, keepingStatus: keepingStatus)
    }

    /// A cheap look.
    public func look(withStatus: Bool) async throws -> Glance {
        guard settings.cib == .cluster else { return Glance(version: nil, cluster: nil, peers: [:]) }
        let cluster = withStatus ? try await ClusterObserver().status() : nil
        return Glance(version: nil, cluster: cluster, peers: try await ClusterObserver().announcements())
    }

    // MARK: The evidence

    /// - Parameters:
    ///   - reading: what is wanted.
    ///   - head: the newest commit, whose message speaks.
    ///   - isFresh: whether the server of the repository has been heard.
    /// - Throws: `Findings` where the desired state can't be planned for.
    public func evidence(
        for reading: DesiredReader.Reading, head: Commit?, _ observed: LiveState, isFresh: Bool, depth: Depth = .whole,
        leadsAlone: Bool = false, sparing contested: Set<String> = []
    ) async throws -> Evidence {
        let record = observed.record
        let base = try await base(of: reading.commit?.id, record)
        let deposited = try deposits.all()
        let hostBases = try await hostBases(of: deposited, record, orElse: base)
        var live = try await lookAtHost(observed, reading.state, hostBases, deposited, depth)
        let intent = intent(of: reading.commit, head, record)
        func planned(_ live: LiveState) throws -> Plan {
            var planner = Planner(
                commit: reading.commit?.id, base: (record.applied, base), desired: reading.state.forHost(settings.hasHost), live: live.cib,
                files: live.files, hostBases: hostBases, cluster: live.cluster, drbd: live.drbd, metadata: live.metadata,
                volumes: live.volumes, domains: live.domains, intent: intent, node: live.node, part: settings.part(reading.state.policy),
                contested: contested)
            return try planner.plan()
        }
        var plan = try planned(live)
        if depth == .hostOnly {
            plan = plan.comingFiles
        } else if let metadata = await metadata(of: plan.newcomers, plan.additions, plan, live.files, reading.state.policy) {
            live.metadata = metadata
            plan = try planned(live)
        }
        let lineage = try await lineage(of: reading.commit, record, isFresh)
        plan = plan.noticing(lineage.notices + (await lostRecord(plan, head ?? reading.commit, record)))
        let (status, unclear) = await statusInFile(plan, live, depth)
        live.statusInFile = status
        let company = try await company(of: head ?? reading.commit, record)
        var evidence = Evidence(
            plan: plan, live: live, commit: head ?? reading.commit, policy: reading.state.policy,
            lineage: lineage,
            restoresKnownTree: try await restoresKnownTree(reading, plan, record, company),
            leadsAlone: leadsAlone, concernsHosts: ([reading.state] + hostBases).contains { !$0.files.isEmpty || $0.declaresVolumes },
            touched: plan.touched.union(try await touched(by: reading, since: record)))
        evidence.plan = plan.noticing(evidence.unstoppable + evidence.namesakesInFile + unclear + verdicts(on: plan, of: reading))
        evidence.newestCIB = plan.needsTransaction ? await PacemakerTools.newestCIB(reading: plan.live) : nil
        evidence.company = company
        evidence.allowedAgents = settings.agents
        if record.good == nil, record.applied == reading.commit?.id { evidence.unjudged = reading.state.touched(since: nil) }
        evidence.part = settings.part(reading.state.policy)
        evidence.recordedPart = isWayBack(reading.commit, record) ? nil : record.part
        evidence.isShallow = try await mirror.isShallow()
        if depth == .whole { evidence.signatures = await signatures(beneath: plan.newFilesystems) }
        async let drbdadm = self.drbdadm(plan, live.files, reading.state.policy)
        async let verification = self.verification(plan, depth)
        async let forecast = depth != .whole ? nil : self.forecast(plan)
        (evidence.drbdadm, evidence.verification, evidence.forecast) = (await drbdadm, await verification, await forecast)
        evidence.adjustments = await adjustmentsOfWhatIsUp(evidence)
        return evidence
    }

    /// The state that the CIB was brought to; where that commit is gone, the one in force.
    private func base(of target: CommitID?, _ record: ClusterRecord) async throws -> DesiredState? {
        let basis = try await desired.base(record.basis(of: target), in: record.part)
        return basis == nil && record.begun != nil ? try await desired.base(record.applied, in: record.part) : basis
    }

    private func hostBases(of deposited: [Deposit], _ record: ClusterRecord, orElse base: DesiredState?) async throws -> [DesiredState] {
        var states: [DesiredState] = []
        var seen: Set<CommitID> = []
        for commit in deposited.map(\.commit) where seen.insert(commit).inserted {
            if let state = try await desired.base(commit, in: record.part) { states.append(state) }
        }
        return states.isEmpty ? [base].compactMap(\.self) : states
    }

    /// Only the newest commit restarts anything, on its way in; or destroys anything, when it is in force and healthy; one that is gone back to does not.
    private func intent(of commit: Commit?, _ head: Commit?, _ record: ClusterRecord) -> CommitIntent {
        let speaker = head == nil || commit?.id == head?.id ? commit : nil
        let restarted = speaker?.id == record.applied ? [] : speaker?.names(inTrailer: Trailer.restart) ?? []
        return CommitIntent(
            destroyed: Set(speaker?.names(inTrailer: Trailer.destroy) ?? []), restarted: Set(restarted.map(ResourceID.init(_:))),
            isWayBack: isWayBack(commit, record))
    }

    /// What the commit has changed since the one that was healthy last: it answers for that, however many transactions it took.
    private func touched(by reading: DesiredReader.Reading, since record: ClusterRecord) async throws -> Set<ResourceID> {
        guard let good = record.good, good != reading.commit?.id, let former = try await desired.base(good, in: record.part) else { return [] }
        return reading.state.touched(since: former)
    }

    /// Nobody goes behind what the cluster has, but for the way back to what was healthy, and for a person who names a revision.
    private func lineage(of commit: Commit?, _ record: ClusterRecord, _ isFresh: Bool) async throws -> Lineage {
        guard let commit, let applied = record.applied, commit.id != applied else { return .descendant }
        if isWayBack(commit, record) { return try await mirror.isReachable(applied) ? .descendant : .fromUnknown(applied) }
        if settings.revision.map(commit.id.isNamed(by:)) == true { return .descendant }
        if try await mirror.contains(applied), try await mirror.isAncestor(applied, of: commit.id) { return .descendant }
        if isFresh, try await !mirror.isReachable(applied), try await !mirror.isShallow() { return .fromUnknown(applied) }
        // A history that was rewritten, and undoes nothing: a message was amended, or what goes had come to nothing.
        if isFresh, try await mirror.isRepeated(applied, before: commit.id) {
            return .rewritten(applied, isWelcome: settings.followsRewrittenHistory)
        }
        return .behind(applied, isFresh: isFresh)
    }

    /// Somebody has taken the record out of the CIB: what was deleted in git since then is not deleted, and nobody would know why.
    private func lostRecord(_ plan: Plan, _ head: Commit?, _ record: ClusterRecord) async -> [Finding] {
        guard let head, record.applied == nil, record.unreadable.isEmpty, !plan.unmanaged.isEmpty else { return [] }
        let cluster = await cluster(at: head, record)
        for commit in (try? await mirror.history(from: head.id, limit: Self.depth)) ?? [] {
            guard await NoteWriter.hasConverged(commit.id, cluster: cluster, in: mirror) else { continue }
            return [
                .warning(
                    "the CIB has no record of a commit, and a note says that \(commit.id.short) was in force on cluster \(cluster): what is not in git "
                        + "any more stays, as unmanaged",
                    remedy: "where this is still that cluster: crm configure property coxswain: applied=\(commit.id.hex)")
            ]
        }
        return []
    }

    /// Commits that are looked through for one that was in force.
    private static let depth = 50

    private func isWayBack(_ commit: Commit?, _ record: ClusterRecord) -> Bool { record.held != nil && commit?.id == record.good }

    /// The other commits that come in with the newest one: `applied..HEAD`.
    private func company(of head: Commit?, _ record: ClusterRecord) async throws -> [Commit] {
        guard let head, let applied = record.applied, applied != head.id, try await mirror.contains(applied) else { return [] }
        return try await mirror.range(from: applied, to: head.id).filter { $0.id != head.id }
    }
}
