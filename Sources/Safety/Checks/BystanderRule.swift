internal import CIB
public import ClusterModel
public import LiveState
public import Planning

/// What a commit does not touch may not suffer from it: nothing that it is not about stops, moves, migrates, restarts or is demoted,
/// and no node is fenced, unless its message names them.
///
/// What happens without the commit too is not its doing, and what it is about may do as it likes (`Plan.touched`). Whatever
/// starts, is promoted or takes a new parameter in its stride (reload) is not disturbed.
public struct BystanderRule {
    private let plan: Plan
    private let forecast: Forecast
    private let touched: Set<ResourceID>
    private let allowed: Allowances

    /// - Parameters:
    ///   - commit: nil for uncommitted edits, which have no message that could allow anything.
    ///   - company: the other commits that come with it.
    public init(plan: Plan, forecast: Forecast, commit: Commit?, company: [Commit] = []) {
        self.plan = plan
        self.forecast = forecast
        touched = plan.touched
        allowed = Allowances([commit].compactMap(\.self) + company, in: plan)
    }

    /// The bystanders that the commit would disturb, its message nothing to the contrary: in the order in which Pacemaker names them.
    public var bystanders: [ResourceID] {
        var seen = touched
        return forecast.interruptions.map(\.resource).filter { seen.insert($0).inserted }
    }

    /// What stands against the commit; none where all of it is allowed.
    public var objections: [Disruption] { bystanders.filter { !allowed.allows($0) }.map(disruption) + fenced.map(disruption) }

    private var fenced: [Transition.Fencing] {
        forecast.caused.fencing.filter { !$0.isUnfencing && !allowed.allows($0.node) }
    }

    private func disruption(_ resource: ResourceID) -> Disruption {
        let actions = forecast.interruptions.filter { $0.resource == resource }
        let causes = actions.compactMap(\.cause).uniqued
        return Disruption(
            subject: .resource(resource), message: "\(resource) would \(actions.map(\.phrase).uniqued.joined(separator: " and "))",
            cause: causes.isEmpty ? whatChanges : causes.joined(separator: "; "))
    }

    private func disruption(_ fencing: Transition.Fencing) -> Disruption {
        Disruption(
            subject: .node(fencing.node), message: "\(fencing.node) would be fenced (\(fencing.operation))",
            cause: fencing.cause ?? whatChanges)
    }

    /// Pacemaker gives no reason for most moves: the scores have changed. So what can have changed them is named.
    private var whatChanges: String {
        let named = plan.changes.prefix(3).map { "\($0.id.kind.rawValue) \($0.id.name)" }
        let more = plan.changes.count - named.count
        return "the commit changes " + named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}

/// What a commit's message lets happen: `Allow-Disruption: web, db` and `Allow-Fencing: alpha`.
private struct Allowances {
    private let resources: Set<ResourceID>
    private let nodes: Set<NodeName>

    init(_ commits: [Commit], in plan: Plan) {
        let named = commits.names(in: Disruption.resourceTrailer)
        resources = Set(named.flatMap { [$0] + plan.live.resources(in: $0) + plan.wanted.resources(in: $0) }.map(ResourceID.init(_:)))
        nodes = Set(commits.names(in: Disruption.nodeTrailer).map(NodeName.init(_:)))
    }

    func allows(_ resource: ResourceID) -> Bool { resources.contains(resource) }
    func allows(_ node: NodeName) -> Bool { nodes.contains(node) }
}

extension CIB {
    /// What a group, clone or bundle of this name holds, at any depth.
    fileprivate func resources(in name: String) -> [String] {
        let members = self[ObjectID(.resource, name)]?.members ?? []
        return members + members.flatMap(resources)
    }
}

extension Transition.ResourceAction {
    /// Behind "would".
    fileprivate var phrase: String {
        verb + way + (losesPromotion ? " and not be promoted" : "") + (isBlocked ? ", as soon as Pacemaker can" : "")
    }

    private var way: String {
        switch (source, destination) {
        case (let source?, let destination?) where source != destination: " from \(source) to \(destination)"
        case (let place?, _), (nil, let place?): " on \(place)"
        case (nil, nil): ""
        }
    }

    private var verb: String {
        switch kind {
        case .start, .stop, .move, .migrate, .restart, .recover, .reload: kind.rawValue
        case .promote, .demote: "be \(kind.rawValue)d"
        case .repromote: "be demoted and promoted again"
        }
    }
}

extension Sequence where Element: Hashable {
    fileprivate var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
