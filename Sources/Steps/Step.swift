public import ClusterModel

/// One thing that a plan will do: where, when, why, how it is undone, what it risks. Plans are lists of these, and nothing is done that is
/// not in the list.
public struct Step: Sendable, Identifiable {
    /// The same in every plan that asks for the same: `write /etc/drbd.d/xps-101.res`.
    public let id: StepID
    public let stage: Stage
    public let scope: Scope
    public let action: Action
    /// Why, for people: it never steers.
    public let reason: String
    public let undo: Undo
    public let risk: Risk
    /// After so long it is given up.
    public let limit: Duration

    public init(_ action: Action, stage: Stage, scope: Scope, reason: String = "", undo: Undo, risk: Risk = .none, limit: Duration) {
        id = StepID(action.title)
        self.stage = stage
        self.scope = scope
        self.action = action
        self.reason = reason
        self.undo = undo
        self.risk = risk
        self.limit = limit
    }
}

/// What a step does, in words: `adjust xps-101`.
public struct StepID: Name {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// Who performs a step.
public enum Scope: Hashable, Sendable {
    case everyNode
    case node(NodeName)
    /// The DC; or whoever is alone.
    case leader
}

/// How a step is taken back.
public enum Undo: Hashable, Sendable {
    /// By what the plan of the former commit does.
    case by(String)
    /// What stays behind, and where: "the data stay".
    case kept(String)
    /// No way back by itself.
    case none
}

/// What a step may cost.
public enum Risk: Hashable, Sendable {
    case none
    /// These resources may be interrupted.
    case disrupts([ResourceID])
    /// These are gone for good: `lv/xps-101`.
    case destroys([String])
}
