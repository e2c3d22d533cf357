/// Where a set of pairs stands: which names it may not have any more, and since when it can borrow.
enum PairContext: String, Hashable, Sendable {
    case plain, options, defaults, alert
    case meta, parameters
    case operationMeta = "meta of op"
    case operationParameters = "parameters of op"

    var isCentral: Bool { self == .options || self == .defaults }
}

// nvset-3.9.rng
extension Definition {
    static func set(_ context: PairContext) -> Definition {
        Definition(
            "set: \(context.rawValue)",
            .choice(
                .reference("id-ref"),
                .group(
                    .id, .interleave(.optional(.child("rule", .rule(context.rules))), .zeroOrMore(.child("nvpair", pair(context))), .optional(score)))
            ))
    }

    private static let score = Pattern.attribute("score", .score)

    private static func pair(_ context: PairContext) -> Definition {
        let borrowed = Pattern.group(.reference("id-ref"), .optional(.text("name")))
        return Definition(
            "nvpair: \(context.rawValue)",
            .choice(
                context.isCentral ? borrowed.since(3, 0) : borrowed.since(1, 3),
                .group(.id, plainPair.until(3, 0)), .group(.id, context.pair).since(3, 0)))
    }
}

private let plainPair = Pattern.group(.text("name"), value)
private let value = Pattern.optional(.text("value"))

/// "see upgrade-2.10.xsl" (options-3.0.rng): what 3.0 has other words for.
extension PairContext {
    /// A pair of name and value, as of 3.0.
    fileprivate var pair: Pattern {
        switch self {
        case .plain, .defaults, .alert: plainPair
        case .options: .choice(Self.stack, .group(.attribute("name", .noneOf(Self.formerOptions)), value))
        case .meta:
            .group(.attribute("name", .noneOf(["isolation", "isolation-host", "isolation-instance", "isolation-wrapper"])), value)
        case .operationMeta: .group(.attribute("name", .noneOf(["requires"])), value)
        case .parameters: Self.inFirst(except: Self.formerParameters)
        case .operationParameters: Self.inFirst(except: Self.formerAttributes)
        }
    }

    /// 3.1 took these restrictions back.
    private static func inFirst(except names: Set<String>) -> Pattern {
        .choice(.group(.attribute("name", .noneOf(names)), value).until(3, 1), plainPair.since(3, 1))
    }

    private static let stack = Pattern.group(
        .word("name", "cluster-infrastructure"),
        .attribute("value", .noneOf(["heartbeat", "openais", "classic openais", "classic openais (with plugin)", "cman"])))

    private static let formerOptions: Set = [
        "cluster-infrastructure", "cluster_recheck_interval", "dc_deadtime", "default-action-timeout", "default_action_timeout",
        "default-migration-threshold", "default_migration_threshold", "default-resource-failure-stickiness",
        "default_resource_failure_stickiness", "default-resource-stickiness", "default_resource_stickiness",
        "election_timeout", "expected-quorum-votes", "is-managed-default", "is_managed_default", "no_quorum_policy",
        "notification-agent", "notification-recipient", "remove_after_stop", "shutdown_escalation", "startup_fencing",
        "stonith_action", "stonith_enabled", "stop_orphan_actions", "stop_orphan_resources", "symmetric_cluster",
        "transition_idle_timeout",
    ]
    private static let formerParameters: Set = [
        "pcmk_arg_map", "pcmk_list_cmd", "pcmk_monitor_cmd", "pcmk_off_cmd", "pcmk_on_cmd", "pcmk_reboot_cmd", "pcmk_status_cmd",
    ]
    private static let formerAttributes: Set = [
        "interval-origin", "start-delay", "enabled", "on-fail", "record-pending", "role", "timeout", "requires",
    ]

    fileprivate var rules: RuleContext {
        switch self {
        case .options, .defaults: .options
        case .alert: .alert
        default: .set
        }
    }
}
