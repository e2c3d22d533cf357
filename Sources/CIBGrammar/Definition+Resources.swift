// resources-1.0.rng to resources-3.9.rng
extension Definition {
    static let primitive = Definition(
        "primitive", .interleave(.id, .choice(.group(agent, .text("type")), .reference("template").since(1, 2)), content))

    static let template = Definition("template", .interleave(.id, templateAgent, .text("type"), content))

    static let group = Definition("group", .group(.id, .texts("description"), .interleave(extra, .oneOrMore(primitive.element))))
    static let clone = Definition("clone", cloned)
    static let master = Definition("master", cloned)

    private static let cloned = Pattern.group(
        .id, .texts("description"), .interleave(extra, .choice(primitive.element, group.element)))

    /// Sets of pairs, on whatever is no primitive.
    static let extra = Pattern.zeroOrMore(
        .choice(.child("meta_attributes", .set(.plain)), .child("instance_attributes", .set(.plain))))

    private static let content = Pattern.interleave(
        .texts("description"),
        .zeroOrMore(.choice(.child("meta_attributes", .set(.meta)), .child("instance_attributes", .set(.parameters)))),
        .optional(operations.element), .optional(.zeroOrMore(.child("utilization", .set(.plain))).since(1, 2)))

    private static let providedAgent = Pattern.group(.word("class", "ocf"), .text("provider"))
    private static let otherAgent = Pattern.choice(providedAgent, .word("class", "lsb", "heartbeat", "stonith", "upstart"))
    private static let newerAgent = Pattern.word("class", "service", "systemd", "nagios")
    private static let agent = Pattern.choice(otherAgent, newerAgent.since(1, 2))
    private static let templateAgent = Pattern.choice(otherAgent, newerAgent.since(2, 7))

    private static let operations = Definition(
        "operations", .group(.optional(.id), .optional(.reference("id-ref")), .zeroOrMore(operation.element)))

    private static let operation = Definition(
        "op",
        .group(
            .id, .text("name"), .text("interval"), .texts("description"),
            .optional(.choice(.text("start-delay"), .text("interval-origin"))), .texts("timeout"), .optional(.boolean("enabled")),
            .optional(.boolean("record-pending")), roles("role"), .optional(requirement.until(3, 0)), .optional(onFail),
            .zeroOrMore(
                .choice(
                    .child("meta_attributes", .set(.operationMeta)), .child("instance_attributes", .set(.operationParameters))))))

    private static let requirement = Pattern.optional(
        .choice(.word("requires", "nothing", "quorum", "fencing"), .word("requires", "unfencing").since(1, 3)))

    private static let onFail = Pattern.choice(
        .word("on-fail", "ignore", "block", "stop", "restart", "standby", "fence"),
        .word("on-fail", "restart-container").since(1, 2), .word("on-fail", "demote").since(3, 4))
}

// Bundles, since resources-2.8.rng.
extension Definition {
    static let bundle = Definition(
        "bundle",
        .interleave(
            .id, .texts("description"), extra,
            .choice(
                .child("docker", container), .child("rkt", container).since(2, 10), .child("podman", container).since(3, 2)),
            .optional(network.element), .optional(storage.element), .optional(primitive.element)))

    private static let container = Definition(
        "container",
        .group(
            .text("image"), .optional(.integer("replicas")), .optional(.integer("replicas-per-host")),
            .optional(.choice(.integer("masters"), .integer("promoted-max").since(3, 0))), .texts("run-command", "network", "options")))

    private static let network = Definition(
        "network",
        .group(
            .texts("ip-range-start", "host-interface"), .optional(.integer("control-port")), .optional(.integer("host-netmask")),
            .optional(.boolean("add-host").since(3, 0)), .zeroOrMore(port.element)))

    private static let port = Definition(
        "port-mapping", .group(.id, .choice(.group(.integer("port"), .optional(.integer("internal-port"))), .attribute("range", .ports))))

    private static let storage = Definition("storage", .zeroOrMore(directory.element))

    private static let directory = Definition(
        "storage-mapping",
        .group(.id, .choice(.text("source-dir"), .text("source-dir-root")), .text("target-dir"), .texts("options")))
}
