internal import ClusterModel
internal import Diagnostics
internal import Planning
internal import Steps

/// The steps of a plan as people read them: where, what, why, and how each is undone.
struct StepsText {
    private let plan: Plan
    private let style: Style

    init(_ plan: Plan, style: Style) {
        self.plan = plan
        self.style = style
    }

    var lines: [String] {
        let steps = plan.steps
        guard !plan.isEmpty, !steps.isEmpty else { return [] }
        var table = Table()
        for step in steps {
            table.add([
                (step.stage.rawValue, .faint), (step.scope.words, .faint), (step.id.text.singleLine, nil), (step.reason.singleLine, .faint),
                ("undo: \(step.undo.words)".singleLine, .faint),
            ])
        }
        return ["", style("Steps", .strong)] + table.lines(style, indent: 2)
    }
}

extension Scope {
    var words: String {
        switch self {
        case .everyNode: "every node"
        case .node(let name): name.text
        case .leader: "the DC"
        }
    }
}

extension Undo {
    var words: String {
        switch self {
        case .by(let what): what
        case .kept(let what): "none needed, \(what)"
        case .none: "none"
        }
    }
}

/// A step in `plan --output json`.
struct StepDocument: Codable, Hashable, Sendable {
    var id, stage, scope: String
    var reason: String?
    var undo: String
    var disrupts, destroys: [String]?
    /// Seconds.
    var limit: Int64

    init(_ step: Step) {
        id = step.id.text
        stage = step.stage.rawValue
        scope = step.scope.words
        reason = step.reason.isEmpty ? nil : step.reason
        undo = step.undo.words
        limit = step.limit.components.seconds
        switch step.risk {
        case .none: break
        case .disrupts(let resources): disrupts = resources.map(\.text)
        case .destroys(let assets): destroys = assets
        }
    }
}
