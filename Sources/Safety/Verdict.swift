public import Planning

/// What the gate says to a plan.
public enum Verdict: ~Copyable {
    case approved(ApprovedPlan)
    /// Not now: these things have to settle first.
    case waiting([Reason])
    /// Not at all: the commit, or the policy, would have to change.
    case refused([Reason])
}

/// Why a plan may not be carried out, and what would let it in.
public struct Reason: Hashable, Sendable, CustomStringConvertible {
    public let message: String
    public let remedy: String?
    /// Whether the state of the cluster is the reason, and not the commit.
    public let isPassing: Bool

    public init(_ message: String, remedy: String? = nil, isPassing: Bool = false) {
        self.message = message
        self.remedy = remedy
        self.isPassing = isPassing
    }

    public var description: String { remedy.map { "\(message); \($0)" } ?? message }
}

/// A plan that the gate let through. Only the gate makes one, and carrying it out uses it up.
public struct ApprovedPlan: ~Copyable, Sendable {
    public let plan: Plan

    init(_ plan: Plan) { self.plan = plan }
}
