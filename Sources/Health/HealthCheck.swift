public import CIB
public import ClusterModel
public import LiveState
internal import XML

/// What a commit is judged by, once its transaction is in: what it touched, and the bystanders.
///
/// Where Pacemaker puts things is its own business; what is asked here is whether what should run does, and whether anything went wrong.
public struct HealthCheck: Sendable {
    private let wanted: CIB
    private let touched: Set<ResourceID>
    private let baseline: ClusterStatus?

    /// - Parameters:
    ///   - wanted: the CIB as it is after the transaction.
    ///   - touched: resources that the commit creates or changes, the groups and clones around them and what is in these; what it deletes does no harm.
    ///   - baseline: how the cluster was before the transaction; nil where nobody knows any more, as after a change of the DC.
    public init(wanted: CIB, touched: Set<ResourceID>, baseline: ClusterStatus?) {
        self.wanted = wanted
        self.touched = touched
        self.baseline = baseline
    }

    /// - Parameter now: observed after the applied epoch.
    public func judge(_ now: ClusterStatus) -> HealthVerdict {
        let expected = Expectations(wanted, now)
        let broken = Failures(now, since: baseline).reasons(touched) + blocked(now)
        guard broken.isEmpty else { return .broken(broken.sorted()) }
        let missing = expected.outermost(touched).flatMap { Self.missing($0, expected, now) }
        let bystanders = baseline.map { Bystanders(now, since: $0, except: touched) }
        let unclean = now.nodes.filter(\.isUnclean).map { "node \($0.name) is unclean" }
        let reasons = missing + (bystanders?.reasons(expected) ?? []) + unclean
        guard reasons.isEmpty else { return .notYet(reasons.sorted()) }
        let away = bystanders?.away(expected) ?? []
        return away.isEmpty ? .healthy : .asBefore(away.sorted())
    }

    /// Whether the cluster had something under way before the commit already, or what the commit does not touch kept failing.
    public var wasRestless: Bool {
        guard let baseline else { return false }
        return !baseline.isIdle || baseline.failing.contains { !touched.contains($0) }
    }

    /// What of a touched resource is not as it should be, by its kind.
    private static func missing(_ resource: CIBObject, _ expected: Expectations, _ now: ClusterStatus) -> [String] {
        switch resource.element.name {
        case "primitive": PrimitiveHealth.reasons(resource, expected, now)
        case "group": GroupHealth.reasons(resource, expected, now)
        case "clone", "master":
            expected.tree.isPromotable(resource)
                ? PromotableHealth.reasons(resource, expected, now) : CloneHealth.reasons(resource, expected, now)
        // The containers are Pacemaker's own; what runs in them is a primitive.
        case "bundle": GroupHealth.reasons(resource, expected, now)
        default: []
        }
    }

    /// What could not be stopped stays where it is until somebody helps.
    private func blocked(_ now: ClusterStatus) -> [String] {
        now.resources.filter { $0.isBlocked && touched.contains(ResourceID($0.id)) }.map { resource in
            "\(resource.id) is blocked on \(resource.nodes.joined(separator: ", ")): it could not be stopped"
        }
    }
}
