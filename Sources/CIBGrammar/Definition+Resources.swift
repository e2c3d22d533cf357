// resources-1.0.rng to resources-3.9.rng
extension Definition {
    static let primitive = Definition(
        "primitive", .mixed(.id, .any(.all(agent, .text("type")), .reference("template").since(1, 2)), content))

    static let template = Definition("template", .mixed(.id, templateAgent, .text("type"), content))

    static let group = Definition("group", .all(.id, .texts("description"), .mixed(extra, .some(primitive.element))))
    static let clone = Definition("clone", cloned)
    static let master = Definition("master", cloned)

    private static let cloned = Pattern.all(
        .id, .texts("description"), .mixed(extra, .any(primitive.element, group.element)))

    /// Sets of pairs, on whatever is no primitive.
    static let extra = Pattern.many(
        .any(.child("meta_attributes", .set(.plain)), .child("instance_attributes", .set(.plain))))

    private static let content = Pattern.mixed(
        .texts("description"),
        .many(.any(.child("meta_attributes", .set(.meta)), .child("instance_attributes", .set(.parameters)))),
        .maybe(operations.element), .maybe(.many(.child("utilization", .set(.plain))).since(1, 2)))

    private static let providedAgent = Pattern.all(.word("class", "ocf"), .text("provider"))
    private static let otherAgent = Pattern.any(providedAgent, .word("class", "lsb", "heartbeat", "stonith", "upstart"))
    private static let newerAgent = Pattern.word("class", "service", "systemd", "nagios")
    private static let agent = Pattern.any(otherAgent, newerAgent.since(1, 2))
    private static let templateAgent = Pattern.any(otherAgent, newerAgent.since(2, 7))

    private static let operations = Definition(
        "operations", .all(.maybe(.id), .maybe(.reference("id-ref")), .many(operation.element)))

    private static let operation = Definition(
        "op",
        .all(
            .id, .text("name"), .text("interval"), .texts("description"),
            .maybe(.any(.text("start-delay"), .text("interval-origin"))), .texts("timeout"), .maybe(.boolean("enabled")),
            .maybe(.boolean("record-pending")), roles("role"), .maybe(requirement.until(3, 0)), .maybe(onFail),
            .many(
                .any(
                    .child("meta_attributes", .set(.operationMeta)), .child("instance_attributes", .set(.operationParameters))))))

    private static let requirement = Pattern.maybe(
        .any(.word("requires", "nothing", "quorum", "fencing"), .word("requires", "unfencing").since(1, 3)))

    private static let onFail = Pattern.any(
        .word("on-fail", "ignore", "block", "stop", "restart", "standby", "fence"),
        .word("on-fail", "restart-container").since(1, 2), .word("on-fail", "demote").since(3, 4))
}

// Bundles, since resources-2.8.rng.
extension Definition {
    static let bundle = Definition(
        "bundle",
        .mixed(
            .id, .texts("description"), extra,
            .any(
                .child("docker", container), .child("rkt", container).since(2, 10), .child("podman", container).since(3, 2)),
            .maybe(network.element), .maybe(storage.element), .maybe(primitive.element)))

    private static let container = Definition(
        "container",
        .all(
            .text("image"), .maybe(.integer("replicas")), .maybe(.integer("replicas-per-host")),
            .maybe(.any(.integer("masters"), .integer("promoted-max").since(3, 0))), .texts("run-command", "network", "options")))

    private static let network = Definition(
        "network",
        .all(
            .texts("ip-range-start", "host-interface"), .maybe(.integer("control-port")), .maybe(.integer("host-netmask")),
            .maybe(.boolean("add-host").since(3, 0)), .many(port.element)))

    private static let port = Definition(
        "port-mapping", .all(.id, .any(.all(.integer("port"), .maybe(.integer("internal-port"))), .attribute("range", .ports))))

    private static let storage = Definition("storage", .many(directory.element))

    private static let directory = Definition(
        "storage-mapping",
        .all(.id, .any(.text("source-dir"), .text("source-dir-root")), .text("target-dir"), .texts("options")))
}
