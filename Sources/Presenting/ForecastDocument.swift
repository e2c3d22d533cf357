public import ClusterModel
public import LiveState
internal import Records

/// What `plan --output json` says of what Pacemaker would do.
public struct ForecastDocument: Codable, Hashable, Sendable {
    /// Why nobody can tell; the rest is missing then.
    var unknown: String?
    var caused, ongoing, averted: Summary?

    struct Summary: Codable, Hashable, Sendable {
        var actions: [Action]
        var fencing: [Fencing]
    }
    struct Action: Codable, Hashable, Sendable {
        var action, resource, instance: String
        var from, to, role, nextRole, cause: String?
        var isBlocked, isBystander: Bool
    }
    struct Fencing: Codable, Hashable, Sendable {
        var node, operation: String
        var cause: String?
    }

    /// - Parameter touched: what the commit is about; the rest are bystanders.
    public init(_ forecast: Known<Forecast>, touched: Set<ResourceID>) {
        unknown = forecast.reason
        caused = forecast.value.map { Summary($0.caused, touched) }
        ongoing = forecast.value.map { Summary($0.ongoing, touched) }
        averted = forecast.value.map { Summary($0.averted, touched) }
    }

    public var json: String { JSON.text(self) }
}

extension ForecastDocument.Summary {
    init(_ transition: Transition, _ touched: Set<ResourceID>) {
        actions = transition.actions.map { action in
            ForecastDocument.Action(
                action: action.kind.rawValue, resource: action.resource.text, instance: action.instance, from: action.source?.text,
                to: action.destination?.text, role: action.role?.rawValue, nextRole: action.nextRole?.rawValue, cause: action.cause,
                isBlocked: action.isBlocked, isBystander: !touched.contains(action.resource))
        }
        fencing = transition.fencing.map { ForecastDocument.Fencing(node: $0.node.text, operation: $0.operation, cause: $0.cause) }
    }
}
