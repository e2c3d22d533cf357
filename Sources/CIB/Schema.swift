internal import XML

/// What Pacemaker knows about attributes: their kind, their default, their older names.
///
/// From Pacemaker Explained 2.1 and the metadata of pacemaker-controld(7) and pacemaker-schedulerd(7).
public enum Schema {
    /// The kind of an attribute of a CIB element.
    public static func kind(ofAttribute name: String, in element: String) -> Scalar {
        switch name {
        case "score": .score
        case "role", "rsc-role", "with-rsc-role": .role
        case "kind" where element == "rsc_order": .orderKind
        case "symmetrical", "sequential", "require-all", "enabled", "record-pending": .boolean
        case "interval", "timeout", "start-delay": element == "op" ? .duration : .text
        default: .text
        }
    }

    /// The value that an absent attribute stands for, or nil.
    static func defaultValue(ofAttribute name: String, in element: Element) -> String? {
        switch (element.name, name) {
        case ("rsc_order", "kind"): element["score"] ?? "Mandatory"
        case ("rsc_order", "first-action"): "start"
        case ("rsc_order", "then-action"): element["first-action"] ?? "start"
        case ("rsc_order", "symmetrical"): element["kind"]?.lowercased() == "serialize" ? "false" : "true"
        case ("rsc_colocation", "rsc-role"), ("rsc_colocation", "with-rsc-role"): "Started"
        case ("rsc_location", "resource-discovery"): "always"
        case ("resource_set", "sequential"), ("resource_set", "require-all"): "true"
        case ("rule", "boolean-op"): "and"
        case ("expression", "value-source"): "literal"
        case ("op", "interval"): "0"
        case ("op", "enabled"): "true"
        case ("node", "type"): "member"
        default: nil
        }
    }

    /// The kind of the nvpair `name` in an attribute set.
    public static func kind(ofPair name: String, in set: String) -> Scalar {
        switch set {
        case "meta_attributes": metaKinds[name] ?? .text
        case "cluster_property_set": propertyKinds[formerName(ofOption: name) ?? name] ?? .text
        case "instance_attributes" where name == "standby" || name == "maintenance": .boolean
        default: .text
        }
    }

    /// The name under which an nvpair is compared: `master-max` is what `promoted-max` was called before 2.1.
    public static func canonicalName(ofPair name: String, in set: String) -> String {
        switch (set, name) {
        case ("meta_attributes", "master-max"): "promoted-max"
        case ("meta_attributes", "master-node-max"): "promoted-node-max"
        default: name
        }
    }

    /// `fencing-enabled` is what `stonith-enabled` is called from feature set 3.20.5 on; older ones don't know the new name.
    public static func formerName(ofOption name: String) -> String? {
        guard name.hasPrefix("fencing-") else { return nil }
        let former = "stonith-" + name.dropFirst(8)
        return propertyKinds[former] == nil && !propertyNames.contains(former) ? nil : former
    }

    /// Whether Pacemaker knows the option of a resource.
    public static func isKnownMeta(_ name: String) -> Bool { metaKinds[name] != nil || metaNameSet.contains(name) }

    /// How an option that Pacemaker had until 1.0, and that the 3.x schemas reject, is written today.
    public static func successor(ofOption name: String, value: String) -> String? {
        switch name {
        case "default-resource-stickiness": "rsc_defaults resource-stickiness=\(value)"
        case "default-resource-failure-stickiness": "rsc_defaults migration-threshold=…"
        case "is-managed-default": "rsc_defaults is-managed=\(value)"
        case "default-action-timeout": "op_defaults timeout=\(value)"
        default: nil
        }
    }

    /// Options of operations, in `op` and in op_defaults (Pacemaker Explained, "Operation Properties").
    public static let operationOptions: [String: Scalar] = [
        "timeout": .duration, "interval": .duration, "start-delay": .duration, "enabled": .boolean, "record-pending": .boolean, "role": .role,
        "interval-origin": .text, "description": .text, "requires": .text,
        "on-fail": .oneOf(["ignore", "block", "demote", "stop", "restart", "standby", "fence", "restart-container"]),
    ]

    /// Those that among the options of a resource have no effect.
    public static func isOfOperationsAlone(_ name: String) -> Bool { ["timeout", "interval", "start-delay", "enabled", "on-fail"].contains(name) }

    private static let metaNameSet = Set(metaNames)

    /// Options of resources that Pacemaker knows (Pacemaker Explained, "Resource Options", clones and bundles included).
    public static let metaNames: [String] =
        Array(metaKinds.keys) + [
            "description", "container", "remote-node", "remote-port", "remote-addr", "on-fail", "provides", "restart-type", "type",
            "target-attribute", "container-attribute-target", "collocated",
        ]

    public static let propertyNames: [String] =
        Array(propertyKinds.keys) + [
            "cluster-name",
            "cluster-infrastructure", "dc-version", "last-lrm-refresh", "default-action-timeout",
            "load-threshold", "node-action-limit", "fence-reaction", "stonith-max-attempts",
            "default-resource-stickiness", "is-managed-default", "remove-after-stop", "expected-quorum-votes",
            "notification-agent", "notification-recipient", "crmd-integration-timeout", "crmd-finalization-timeout",
            "stonith-watchdog-timeout",
        ]

    private static let metaKinds: [String: Scalar] = [
        "target-role": .role, "is-managed": .boolean, "maintenance": .boolean, "interleave": .boolean,
        "ordered": .boolean, "notify": .boolean, "globally-unique": .boolean, "promotable": .boolean,
        "allow-migrate": .boolean, "allow-unhealthy-nodes": .boolean, "critical": .boolean,
        "remote-allow-migrate": .boolean, "resource-stickiness": .score, "priority": .score,
        "migration-threshold": .score, "failure-timeout": .duration, "remote-connect-timeout": .duration,
        "timeout": .duration, "interval": .duration, "start-delay": .duration, "record-pending": .boolean,
        "enabled": .boolean, "clone-max": .integer, "clone-node-max": .integer, "clone-min": .integer,
        "promoted-max": .integer, "promoted-node-max": .integer, "master-max": .integer, "master-node-max": .integer,
        "multiple-active": .oneOf(["block", "stop_only", "stop_start", "stop_unexpected"]),
        "requires": .oneOf(["nothing", "quorum", "fencing", "unfencing"]),
    ]

    private static let propertyKinds: [String: Scalar] = [
        "have-watchdog": .boolean, "stonith-enabled": .boolean, "symmetric-cluster": .boolean, "maintenance-mode": .boolean,
        "start-failure-is-fatal": .boolean, "enable-startup-probes": .boolean, "stop-all-resources": .boolean,
        "stop-orphan-resources": .boolean, "stop-orphan-actions": .boolean, "remove-after-stop": .boolean,
        "concurrent-fencing": .boolean, "startup-fencing": .boolean, "enable-acl": .boolean, "shutdown-lock": .boolean,
        "dc-deadtime": .duration, "cluster-recheck-interval": .duration, "election-timeout": .duration,
        "shutdown-escalation": .duration, "join-integration-timeout": .duration,
        "join-finalization-timeout": .duration, "transition-delay": .duration, "stonith-timeout": .duration,
        "cluster-delay": .duration, "cluster-ipc-limit": .score, "priority-fencing-delay": .duration,
        "node-health-base": .score, "node-health-green": .score, "node-health-yellow": .score,
        "node-health-red": .score, "node-pending-timeout": .duration, "shutdown-lock-limit": .duration,
        "batch-limit": .integer, "migration-limit": .integer, "pe-error-series-max": .integer,
        "pe-warn-series-max": .integer, "pe-input-series-max": .integer,
        "no-quorum-policy": .oneOf(["stop", "freeze", "ignore", "demote", "suicide"]),
        "stonith-action": .oneOf(["reboot", "off", "poweroff"]),
        "placement-strategy": .oneOf(["default", "utilization", "minimal", "balanced"]),
        "node-health-strategy": .oneOf(["none", "migrate-on-red", "only-green", "progressive", "custom"]),
    ]
}
