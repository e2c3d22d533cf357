internal import CIB
internal import ClusterModel
internal import Planning
public import Reconciling
public import Records
internal import Safety
internal import Steps

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
            "coxswain_steps_total", .counter, "Steps that were carried out on this node.",
            tally.steps.map { (["action": $0.key], Double($0.value)) })
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
        let holds = Dictionary(grouping: standing.evidence?.plan.held ?? [], by: \.holder)
        page.add(
            "coxswain_held", .gauge, "Values of the cluster that are kept against the repository, by whose they are.",
            holds.map { (["holder": $0.key.rawValue], Double($0.value.count)) })
    }
}

/// What has happened on a node since its daemon was started.
public struct Tally: Hashable, Sendable {
    public var results: [CommitResult: Int] = [:]
    /// By the kind of the action.
    public var steps: [String: Int] = [:]
    public var outages = 0
    /// From plan to end, of commits that have ended.
    public var seconds = 0.0
    public var timed = 0
    /// Seconds since 1970-01-01 00:00 UTC.
    public var lastSuccess: Double?

    public init() {}
}
