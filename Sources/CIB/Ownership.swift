/// Who put something into the live CIB that is not, or not so, in the repository.
///
/// Live state of these kinds is no drift: it is observed and shown, never pruned.
public enum Owner: String, Hashable, Sendable, CaseIterable {
    /// DRBD's fence-peer handler: "drbd-fence-by-handler-…" keeps outdated data from being promoted.
    case drbdFencing = "drbd-fencing"
    /// A person's `crm resource move`, `ban`, `stop`, `unmanage`, `crm node standby`, `maintenance`.
    case operatorOverride = "operator"
    /// The cluster itself: `dc-version`, `last-lrm-refresh`, …
    case cluster
    /// An agent: utilization that the Xen agent measures, DRBD's promotion scores, node health.
    case agent

    /// The holder of a whole object that was never in git, judged by its name alone.
    public static func of(_ object: ObjectID) -> Owner? {
        switch object.kind {
        case .constraint: ofConstraint(object.name)
        case .node: .cluster
        case .resourceDefaults: object.name == "build-resource-defaults" ? .cluster : nil
        default: nil
        }
    }

    private static func ofConstraint(_ id: String) -> Owner? {
        if id.hasPrefix("drbd-fence-by-") { return .drbdFencing }
        return ["cli-ban-", "cli-prefer-", "cli-standby-"].contains(where: id.hasPrefix) ? .operatorOverride : nil
    }

    /// The holder of one nvpair, by the set that it is in and the object around it.
    static func ofPair(_ name: String, in set: String, of object: String) -> Owner? {
        switch set {
        case "cluster_property_set": ofProperty(name)
        case "meta_attributes" where Tags.isResource(object):
            ["target-role", "is-managed", "maintenance"].contains(name) ? .operatorOverride : nil
        case "instance_attributes" where object == "node": ofNodeAttribute(name)
        case "utilization": .agent
        default: nil
        }
    }

    private static func ofProperty(_ name: String) -> Owner? {
        if name == "maintenance-mode" { return .operatorOverride }
        return clusterProperties.contains(name) ? .cluster : nil
    }

    private static func ofNodeAttribute(_ name: String) -> Owner? {
        if name == "standby" || name == "maintenance" { return .operatorOverride }
        return ["master-", "#health", "hana_"].contains(where: name.hasPrefix) ? .agent : nil
    }

    /// Written by the cluster at run time; a repository that has them (copied from `crm configure show`) is not obeyed.
    public static let clusterProperties: Set<String> = [
        "dc-version", "cluster-infrastructure", "cluster-name", "have-watchdog", "last-lrm-refresh",
        "stonith-watchdog-timeout", "fencing-watchdog-timeout",
    ]
}
