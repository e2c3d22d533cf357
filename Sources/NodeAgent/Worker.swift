internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Executing
internal import FoundationEssentials
public import GitStore
internal import Host
internal import LiveState
internal import Observing
internal import Planning
internal import Presenting
public import Reconciling
internal import Records
internal import Repository
internal import Safety
internal import Steps

/// Performs the stages that the reconciler asks for, on one node. All that it decides was decided by the plan.
public actor Worker {
    let settings: Settings
    let surveyor: Surveyor
    let mirror: Mirror
    let journal: EventLog
    /// Whether this process leads whatever the cluster says: a person runs `apply`, or there is no cluster.
    let leadsAlone: Bool

    /// The look at the world that the stages of this round work from.
    var survey: Surveyor.Survey?
    var approved: ApprovalBox?
    private(set) var newest: Commit?
    private var serverIsAway = false
    var stoppingSince: ContinuousClock.Instant?
    /// The commit whose result Pacemaker has accepted last, and what it was planned for.
    private var verified: (commit: CommitID?, version: Version)?
    let agents = AgentLibrary()
    /// The commit whose resources have been compared with their agents last.
    var advised: CommitID?
    /// What has been done for the commit, in however many rounds.
    var deeds = Deeds(nil, started: Date())

    public init(_ settings: Settings, mirror: Mirror, journal: EventLog, leadsAlone: Bool) {
        self.settings = settings
        self.mirror = mirror
        self.journal = journal
        self.leadsAlone = leadsAlone
        surveyor = Surveyor(settings, mirror: mirror)
    }

    /// Performs a stage and says how it ended.
    public func perform(_ stage: Reconciling.Stage) async -> Reconciler.Event {
        do {
            return try await attempt(stage)
        } catch let findings as Findings {
            return .ended(stage, .invalid(findings.description))
        } catch let failure as GitFailure where stage == .plan && [.missing, .empty].contains(failure.reason) {
            return .ended(stage, .invalid(failure.description))
        } catch {
            return .ended(stage, .failed("\(error)"))
        }
    }

    private func attempt(_ stage: Reconciling.Stage) async throws -> Reconciler.Event {
        switch stage {
        case .fetch: return try await fetch()
        case .plan: return try await plan()
        case .prepare: return .ended(stage, try await prepare())
        case .gather: return .ended(stage, try await gather())
        case .stop: return .ended(stage, try await stop())
        case .commit: return .ended(stage, try await commit())
        case .verify: return .ended(stage, try await verify())
        case .follow: return .ended(stage, .waiting("the DC has not committed \(survey?.commit?.id.short ?? "") yet"))
        case .retire: return .ended(stage, try await retire())
        }
    }

    // MARK: Looking

    private func fetch() async throws -> Reconciler.Event {
        let commit = try await newestCommit()
        if commit.id != newest?.id {
            journal.say("found commit \(commit.id.short) \"\(commit.subject)\"", fields: ["commit": commit.id.hex])
        }
        newest = commit
        return .found(commit.id)
    }

    /// The last verified commit stays in force while the server is away, for a process that has just started too.
    private func newestCommit() async throws -> Commit {
        do {
            for finding in try await mirror.fetch(limit: .seconds(60)).findings { journal.say(finding.description, .warning) }
        } catch let failure as GitFailure {
            guard let last = try? await mirror.resolve(settings.revision) else { throw failure }
            if !serverIsAway { journal.say("going on with \(last.id.short): \(failure)", .warning) }
            serverIsAway = true
            return last
        }
        if serverIsAway { journal.say("the repository answers again") }
        serverIsAway = false
        return try await mirror.resolve(settings.revision)
    }

    /// Once for each commit, when its work is done. A mirror that is not packed goes on working.
    func packMirror() async {
        do {
            try await mirror.maintain(limit: .seconds(300))
        } catch {
            journal.sayOnce(about: "packing", "\(error)", .warning)
        }
    }

    private func plan() async throws -> Reconciler.Event {
        guard let newest else { return .ended(.plan, .failed("no commit has been found yet")) }
        survey = nil
        if deeds.commit != newest.id { deeds = Deeds(newest.id, started: Date()) }
        let survey: Surveyor.Survey
        do {
            survey = try await surveyor.survey(try await surveyor.desired.read(newest))
        } catch let error as CommandError where !leadsAlone {
            return .ended(.plan, .waiting("the cluster can't be asked: \(error.finding.message)"))
        }
        self.survey = survey
        deeds.before = deeds.before ?? survey.plan.live.version
        for finding in survey.plan.notices where finding.severity != .notice { journal.sayOnce(about: "plan notice", finding.description, .warning) }
        if let complaint = try await surveyor.preview(survey).complaint {
            return .ended(.plan, .refused("drbdadm does not accept the configuration:\n\(complaint)"))
        }
        if survey.plan.misfits.isEmpty, let complaint = try await complaint(about: survey.plan) { return .ended(.plan, .refused(complaint)) }
        switch survey.gate.judge() {
        case .refused(let reasons): return .ended(.plan, refusal(reasons))
        case .waiting(let reasons): return .ended(.plan, .waiting(reasons.map(\.description).joined(separator: "\n")))
        case .approved(let plan): approved = ApprovalBox(plan)
        }
        report(survey.plan)
        await advise(on: survey)
        return .planned(try await work(survey))
    }

    /// Who follows a repository waits for what the cluster itself lacks; a person is told at once.
    private func refusal(_ reasons: [Reason]) -> Outcome {
        let text = reasons.map(\.description).joined(separator: "\n")
        return !leadsAlone && reasons.allSatisfy(\.isPassing) ? .waiting(text) : .refused(text)
    }

    /// What Pacemaker has against the result. A wait for others makes the same plan again and again: it is asked once.
    private func complaint(about plan: Plan) async throws -> String? {
        guard plan.commit != verified?.commit || verified?.version.hasSameConfiguration(as: plan.live.version) != true else {
            return nil
        }
        let complaints = try await writer.complaints(about: plan)
        guard complaints.isEmpty else { return "Pacemaker does not accept the result:\n" + complaints.joined(separator: "\n") }
        verified = (plan.commit, plan.live.version)
        return nil
    }

    private func report(_ plan: Plan) {
        guard !plan.isEmpty else { return }
        let counts = Change.Action.allCases.map { "\(plan.count($0)) to \($0.rawValue)" }.joined(separator: ", ")
        journal.sayOnce(about: "plan", "planned \(plan.commit?.short ?? ""): \(counts)")
    }

    private func work(_ survey: Surveyor.Survey) async throws -> Reconciler.Work {
        let plan = survey.plan
        let running = plan.deletedResources.filter { survey.cluster?.isActive($0) == true }
        return Reconciler.Work(
            isLeader: try await isLeader(survey), concernsHosts: survey.concernsHosts,
            writesFiles: !plan.files.toPrepare.isEmpty, removesFiles: !plan.files.toRetire.isEmpty, stopsResources: !running.isEmpty,
            needsTransaction: plan.needsTransaction)
    }

    /// "The leader is the DC, which Pacemaker elects."
    private func isLeader(_ survey: Surveyor.Survey) async throws -> Bool {
        guard !leadsAlone, let cluster = survey.cluster else { return true }
        return try await cluster.dc == node()
    }

    /// This node's name, as the cluster knows it.
    func node() async throws -> String {
        if let name = settings.node { return name }
        return settings.cib == .cluster ? try await ClusterObserver().nodeName() : Machine.name
    }

    /// Where the hosts keep their files, as far as is known.
    var policy: Policy { survey?.desired.policy ?? Policy() }

    // MARK: Writing down

    /// What has become of the commit on this node. The deeds are told once.
    func record(
        _ result: CommitResult, _ text: String, cluster: String, node: String, on commit: CommitID
    ) async -> NoteRecord {
        var record = NoteRecord(
            result: result, cluster: cluster, node: node, commit: commit, started: deeds.started, finished: Date())
        record.error = text.isEmpty ? nil : text
        guard deeds.commit == commit else { return record }
        if result == .converged { settle(commit) }
        if let plan = survey?.plan { record.hold(plan) }
        if let transaction = deeds.transaction { record.carriedOut(transaction) }
        record.wrote(deeds.files)
        record.cibBefore = deeds.before?.description
        record.cibAfter = (try? await settings.cib.read().version)?.description
        deeds = Deeds(nil, started: Date())
        return record
    }
}

extension Worker {
    private func settle(_ commit: CommitID) {
        do {
            try surveyor.record.settle(commit)
        } catch {
            journal.say("the state directory can't be written: \(error)", .warning)
        }
    }
}

/// What one node has done for one commit.
struct Deeds: Sendable {
    let commit: CommitID?
    let started: Date
    /// The CIB's version when work began.
    var before: Version?
    /// The plan whose transaction this node has carried out.
    var transaction: Plan?
    var files: [FileChange] = []

    init(_ commit: CommitID?, started: Date) {
        self.commit = commit
        self.started = started
    }
}

/// Holds an approval until it is spent, once.
final class ApprovalBox {
    private var approved: ApprovedPlan?

    init(_ approved: consuming ApprovedPlan) { self.approved = consume approved }

    /// - Returns: nil if it has been taken before.
    func take() -> ApprovedPlan? {
        var taken: ApprovedPlan?
        swap(&taken, &approved)
        return taken
    }
}
