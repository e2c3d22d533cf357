public import ClusterModel
internal import LiveState
public import Planning
public import Safety
public import Steps

/// A commit in hand: what it was approved from, and what has been done for it, in however many rounds.
public struct Work: Sendable {
    public let commit: CommitID
    public internal(set) var evidence: Evidence
    public internal(set) var approval: Approval
    public internal(set) var done: [Step] = []
    /// How many of these were told of.
    private var told = 0
    /// Those of the approval in hand that need not be performed any more.
    var finished: Set<StepID> = []
    /// Whether a file of DRBD's was written since the plan was made: its resource may have come up with the former one in between.
    var hasWrittenForDRBD = false
    /// The plan whose transaction this node has made.
    public internal(set) var transaction: Plan?
    /// How the cluster was before it, for the judgement.
    var baseline: ClusterStatus?
    /// What the judgement counts from.
    var judgedSince: Instant?
    var healthySince: Instant?
    var isJudged = false
    /// What Pacemaker has said of the result, though it takes it: when it was asked last.
    public private(set) var remarks: [String]
    /// What was wrong at the judgement; nil while it is good, or not judged.
    public internal(set) var faults: String?

    init(_ commit: CommitID, _ evidence: Evidence, _ approval: Approval) {
        self.commit = commit
        self.evidence = evidence
        self.approval = approval
        remarks = evidence.remarks
    }

    mutating func renew(_ evidence: Evidence, _ approval: Approval) {
        let touched = self.evidence.touched
        self.evidence = evidence
        self.evidence.touched.formUnion(touched)
        self.approval = approval
        if evidence.plan.needsTransaction { remarks = evidence.remarks }
        finished = []
        hasWrittenForDRBD = false
    }

    /// Whether something has been done that no conclusion has told of.
    var hasUntoldDeeds: Bool { done.count > told }

    /// All that was done is told of, and told again when more is done.
    mutating func countDeeds() { told = done.count }

    /// All that was done is told of for good.
    mutating func forgetDeeds() { (done, told) = ([], 0) }

    func remaining(_ stage: Stage) -> [Step] { approval.steps.filter { $0.stage == stage && !finished.contains($0.id) } }

    /// What it is judged by. What it has changed is known to whoever has made its transaction; of one that was never judged before another one takes
    /// all of it.
    var judged: Set<ResourceID> { transaction == nil ? evidence.touched.union(evidence.unjudged) : evidence.touched }

    var plan: Plan { approval.plan }
    var live: LiveState { evidence.live }
}
