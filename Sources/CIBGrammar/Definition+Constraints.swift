// constraints-1.0.rng to constraints-3.9.rng
extension Definition {
    static let location = Definition(
        "rsc_location",
        .group(
            .id,
            .choice(
                .reference("rsc").until(1, 2), .group(.choice(.reference("rsc"), .text("rsc-pattern").since(2, 6)), roles("role")).since(1, 2),
                sets.since(1, 2)),
            .choice(.group(score, .text("node")), .oneOrMore(.child("rule", .rule(.location)))), lifetime,
            .optional(.word("resource-discovery", "always", "never", "exclusive").since(2, 2))))

    static let colocation = Definition(
        "rsc_colocation",
        .group(
            .id, .optional(.choice(score, .choice(.text("score-attribute"), .text("score-attribute-mangle")).until(3, 0))),
            .optional(.text("influence").since(3, 6)), lifetime,
            .choice(
                sets,
                .group(
                    .reference("rsc"), .reference("with-rsc"), .texts("node-attribute"), roles("rsc-role"), roles("with-rsc-role")))))

    static let order = Definition(
        "rsc_order",
        .group(
            .id, lifetime, .optional(.boolean("symmetrical")), .optional(.boolean("require-all").since(2, 3)), .optional(.choice(score, kind)),
            .choice(
                sets, .group(.reference("first"), .reference("then"), .optional(action("first-action")), .optional(action("then-action"))))))

    static let ticket = Definition(
        "rsc_ticket",
        .group(
            .id, .choice(sets, .group(.reference("rsc"), roles("rsc-role"))), .text("ticket"),
            .optional(.word("loss-policy", "stop", "demote", "fence", "freeze"))))

    private static let set = Definition(
        "resource_set",
        .choice(
            .reference("id-ref"),
            .group(
                .id, .optional(.boolean("sequential")), .optional(.boolean("require-all").since(1, 2)),
                .optional(.word("ordering", "group", "listed").since(2, 1)), .optional(action("action")), roles("role"),
                .optional(.choice(score, kind.since(3, 0))), .oneOrMore(.child("resource_ref", reference)))))

    private static let sets = Pattern.oneOrMore(set.element)
    private static let score = Pattern.attribute("score", .score)
    private static let kind = Pattern.word("kind", "Optional", "Mandatory", "Serialize")
    private static let lifetime = Pattern.optional(
        .child("lifetime", Definition("lifetime", .oneOrMore(.child("rule", .rule(.location))))))

    private static func action(_ name: String) -> Pattern { .word(name, "start", "promote", "demote", "stop") }

    /// Perhaps a role; those of Pacemaker 2.1 since its schema.
    static func roles(_ name: String) -> Pattern {
        .optional(
            .choice(.word(name, "Stopped", "Started", "Master", "Slave"), .word(name, "Promoted", "Unpromoted").since(3, 7)))
    }
}
