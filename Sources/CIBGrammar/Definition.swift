/// What the elements of one kind may hold, in all schemas at once.
///
/// The same tag can have several: a rule of a location was to know agents' names later than a rule of an attribute set.
struct Definition: Hashable, Sendable {
    let name: String
    /// Not computed before it is asked for: rules hold rules.
    private let content: @Sendable () -> Pattern

    init(_ name: String, _ content: @autoclosure @escaping @Sendable () -> Pattern) {
        self.name = name
        self.content = content
    }

    var pattern: Pattern { content() }

    /// An element of this kind, under the tag that is its name.
    var element: Pattern { .child(name, self) }

    static func == (a: Definition, b: Definition) -> Bool { a.name == b.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

// The sections of the configuration (pacemaker-3.9.rng): a live CIB has the first four always, whatever is in them.
extension Definition {
    static let configuration = Definition(
        "configuration",
        .interleave(
            options.element, .optional(resourceDefaults.element), .optional(operationDefaults.element), nodes.element,
            resources.element, constraints.element, .optional(topology.element.since(1, 2)), .optional(access.element.since(1, 2)),
            .optional(tags.element.since(1, 3)), .optional(alerts.element.since(2, 5))))

    static let options = Definition("crm_config", .zeroOrMore(.child("cluster_property_set", .set(.options))))
    static let resourceDefaults = Definition("rsc_defaults", .zeroOrMore(.child("meta_attributes", .set(.defaults))))
    static let operationDefaults = Definition("op_defaults", .zeroOrMore(.child("meta_attributes", .set(.defaults))))
    static let nodes = Definition("nodes", .zeroOrMore(node.element))
    static let resources = Definition(
        "resources",
        .zeroOrMore(
            .choice(
                primitive.element, template.element.since(1, 2), group.element, clone.element, master.element,
                bundle.element.since(2, 8))))
    static let constraints = Definition(
        "constraints", .zeroOrMore(.choice(location.element, colocation.element, order.element, ticket.element.since(1, 2))))
    static let topology = Definition("fencing-topology", .zeroOrMore(level.element))
    static let access = Definition(
        "acls", .zeroOrMore(.choice(user.element.until(2, 0), target.element.since(2, 0), unixGroup.element.since(2, 0), role.element)))
    static let tags = Definition("tags", .zeroOrMore(tag.element))
    static let alerts = Definition("alerts", .zeroOrMore(alert.element))

    /// nodes-3.9.rng
    static let node = Definition(
        "node",
        .group(
            .text("id"), .text("uname"), .choice(kind.until(1, 2), .optional(kind).since(1, 2)), .optional(.text("description")),
            .optional(.attribute("score", .score).since(1, 2)),
            .zeroOrMore(.choice(.child("instance_attributes", .set(.plain)), .child("utilization", .set(.plain)).since(1, 2)))))

    private static let kind = Pattern.choice(
        .word("type", "member", "ping"), .word("type", "remote").since(1, 3), .word("type", "normal").until(3, 0))

    /// tags-3.3.rng
    static let tag = Definition(
        "tag",
        .group(
            .id,
            .oneOrMore(.choice(.child("obj_ref", reference).until(3, 3), .child("obj_ref", Definition("obj_ref", .text("id"))).since(3, 3)))))

    static let reference = Definition("resource_ref", .reference("id"))
}
