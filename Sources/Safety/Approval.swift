public import CIB
public import ClusterModel
internal import LiveState
public import Planning
internal import Records
public import Steps

/// A plan that was let in, and what it was made from. Only the gate makes one; from it alone come the permits that writers ask for.
public struct Approval: Sendable {
    public let plan: Plan
    public let fingerprint: Fingerprint
    /// In their order.
    public let steps: [Step]

    init(_ evidence: Evidence) {
        plan = evidence.plan
        steps = evidence.plan.steps
        fingerprint = Fingerprint(evidence.plan, steps)
    }

    /// - Returns: nil for a step that is not in the plan.
    public func permit(_ step: StepID) -> Permit? { steps.first { $0.id == step }.map { Permit($0, fingerprint) } }

    /// What the leader writes about the approved commit itself, and about itself.
    /// - Returns: nil where it is about another commit.
    public func permit(_ edit: RecordEdit) -> Permit? {
        switch edit {
        case .good(let commit), .held(let commit, _): guard commit == plan.commit else { return nil }
        case .leader: break
        case .suspend, .resume, .endHolds, .lift: return nil
        }
        return Permit(recording: edit, fingerprint)
    }
}

extension Evidence {
    /// What the leader may write of a plan that is not let in: that what has begun is taken back, and what was stopped for another one runs again.
    /// - Returns: nil for what needs an approval.
    public func permit(_ edit: RecordEdit) -> Permit? {
        switch edit {
        case .held(let commit, _): guard commit == plan.commit, live.record.begun == commit else { return nil }
        case .lift(let resources, _): guard resources.isSubset(of: plan.givenUpBans) else { return nil }
        case .good, .leader, .suspend, .resume, .endHolds: return nil
        }
        return Permit(recording: edit, Fingerprint(plan, plan.steps))
    }
}

/// What a plan was made from: an approval is one of this and of nothing else.
public struct Fingerprint: Hashable, Sendable {
    public let cib: Version
    public let commit: CommitID?
    /// The steps by their names.
    public let steps: [StepID]

    fileprivate init(_ cib: Version) { (self.cib, commit, steps) = (cib, nil, []) }

    init(_ plan: Plan, _ steps: [Step]) {
        cib = plan.live.version
        commit = plan.commit
        self.steps = steps.map(\.id)
    }
}

/// Leave to perform one step, once: whoever performs it uses it up.
public struct Permit: ~Copyable, Sendable {
    public let step: Step
    public let fingerprint: Fingerprint

    init(_ step: Step, _ fingerprint: Fingerprint) {
        self.step = step
        self.fingerprint = fingerprint
    }

    fileprivate init(recording edit: RecordEdit, _ fingerprint: Fingerprint) {
        self.init(Step(.record(edit), stage: .judge, scope: .leader, undo: .none, limit: .seconds(60)), fingerprint)
    }

    /// What a person asks for needs no plan.
    /// - Returns: nil for what only the leader writes, of an approved commit.
    public static func asked(for edit: RecordEdit, of cib: Version) -> Permit? {
        edit.isAskedFor ? Permit(recording: edit, Fingerprint(cib)) : nil
    }
}
