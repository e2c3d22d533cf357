public import CIB
internal import ClusterModel
internal import Planning
public import Reconciling
public import Records
internal import Safety
public import Steps

/// How a node does, for the programs that watch over it. Made of what the daemon knows anyway.
public struct Vitals: Sendable {
    /// Nil where nothing has happened yet.
    public let standing: Standing?
    public let tally: Tally
    public let program: String

    public init(_ standing: Standing?, _ tally: Tally, program: String) {
        self.standing = standing
        self.tally = tally
        self.program = program
    }

    /// What it can't follow the repository for; nil where it does, be it that the commit is refused or waited for.
    public var hindrance: String? {
        guard let standing else { return "the daemon has only just started" }
        guard standing.head != nil else { return "no commit of the repository is known yet" }
        guard standing.record != nil else { return "the cluster has not been seen yet" }
        if let wait = standing.wait, wait.name == .world { return "the cluster can't be asked: \(wait.reason)" }
        return nil
    }

    /// In the text format of Prometheus, version 0.0.4.
    public var prometheus: String {
        var page = MetricsPage()
        page.add("coxswain_build_info", .gauge, "The program that runs here.", [(["version": program], 1)])
        if let standing { add(standing, to: &page) }
        page.add(
            "coxswain_commits_total", .counter, "Commits that ended on this node, by how.",
            tally.results.map { (["result": $0.key.rawValue], Double($0.value)) })
        page.add(
            "coxswain_steps_total", .counter, "Steps that were taken on this node, by what they do and what came of them.",
            tally.steps.map { (["action": $0.key.action, "result": $0.key.result], Double($0.value)) })
        page.add(
            "coxswain_repository_failures_total", .counter, "Times that the repository's server stopped answering.", [([:], Double(tally.outages))])
        page.add(
            "coxswain_reconcile_duration_seconds", .summary, "From the plan of a commit to its end on this node.",
            [([:], tally.seconds)], suffix: "_sum")
        page.add(suffix: "_count", to: "coxswain_reconcile_duration_seconds", [([:], Double(tally.timed))])
        if let time = tally.lastSuccess {
            page.add("coxswain_last_converged_timestamp_seconds", .gauge, "When a commit was last found converged here.", [([:], time)])
        }
        return page.text
    }

    private func add(_ standing: Standing, to page: inout MetricsPage) {
        let record = standing.record
        let commits = [
            ("newest", standing.head?.id), ("applied", record?.applied), ("good", record?.good), ("held", record?.held),
            ("worked_on", standing.commit),
        ]
        page.add(
            "coxswain_commit_info", .gauge, "The commits that count: newest of the repository, in force, healthy last, held, in hand.",
            commits.compactMap { state, commit in commit.map { (["state": state, "commit": $0.hex], 1) } })
        let isConverged = standing.head != nil && standing.head?.id == record?.applied && record?.applied == record?.good
        page.add("coxswain_converged", .gauge, "Whether the newest commit is in force and was found healthy.", [([:], isConverged ? 1 : 0)])
        page.add("coxswain_suspended", .gauge, "Whether a person lets nothing be changed.", [([:], standing.suspension == nil ? 0 : 1)])
        page.add(
            "coxswain_repository_up", .gauge, "Whether the repository's server answered when it was asked last.", [([:], standing.isHeard ? 1 : 0)])
        let stages = Dictionary(grouping: standing.remaining, by: \.stage)
        page.add(
            "coxswain_steps_remaining", .gauge, "Steps that are left to be done for the commit in hand.",
            Stage.allCases.map { (["stage": $0.rawValue], Double(stages[$0]?.count ?? 0)) })
        if let wait = standing.wait {
            page.add(
                "coxswain_wait_seconds", .gauge, "For how long it has waited for the same thing.",
                [(["for": wait.name.rawValue], Double(wait.lasts.components.seconds))])
        }
        if let evidence = standing.evidence {
            page.add(
                "coxswain_pending_restarts", .gauge, "DomUs that run here without what their files say until they are started anew.",
                [([:], Double(evidence.pendingRestarts.count))])
        }
        addDrift(standing, to: &page)
    }
}

extension Vitals {
    /// Every class has its series, also at none: what is missing raises no alarm.
    private func addDrift(_ standing: Standing, to page: inout MetricsPage) {
        let plan = standing.evidence?.plan
        let held = Dictionary(grouping: plan?.held ?? [], by: \.driftClass)
        page.add(
            "coxswain_held", .gauge, "Values of the cluster that are kept against the repository, by their class of drift and whose they are.",
            DriftClass.allCases.compactMap { driftClass in
                driftClass.owner.map { (["class": driftClass.rawValue, "holder": $0.rawValue], Double(held[driftClass]?.count ?? 0)) }
            })
        let isConverged = standing.last.map { $0.result == .converged && $0.commit == plan?.commit } ?? false
        let drift = isConverged ? plan?.drift ?? [:] : [:]
        page.add(
            "coxswain_drift", .gauge, "Differences from the commit in force that are to be put right, by their class of drift.",
            revertible.map { (["class": $0.rawValue], Double(drift[$0] ?? 0)) })
        page.add(
            "coxswain_drift_repairs_total", .counter,
            "Differences from the commit in force that were found to be put right, by their class of drift.",
            revertible.map { (["class": $0.rawValue], Double(tally.drift[$0] ?? 0)) })
    }

    private var revertible: [DriftClass] { DriftClass.allCases.filter { $0.treatments.contains(.revert) } }
}

/// What has happened on a node since its daemon was started.
public struct Tally: Hashable, Sendable {
    public var results: [CommitResult: Int] = [:]
    public var steps: [Step: Int] = [:]
    public var outages = 0
    /// What was found to differ from the commit in force.
    public var drift: [DriftClass: Int] = [:]
    /// From plan to end, of commits that have ended.
    public var seconds = 0.0
    public var timed = 0
    /// Seconds since 1970-01-01 00:00 UTC.
    public var lastSuccess: Double?

    /// What was done, and what came of it.
    public struct Step: Hashable, Sendable {
        /// The kind of the action.
        public let action: String
        /// `done`, `nothing-to-do`; `moved`: somebody else was faster; `waiting`: for another host; `failed`.
        public let result: String

        public init(_ action: String, _ outcome: StepOutcome) {
            self.action = action
            result =
                switch outcome {
                case .done: "done"
                case .nothingToDo: "nothing-to-do"
                case .moved: "moved"
                case .waiting: "waiting"
                case .failed: "failed"
                }
        }
    }

    public init() {}
}
