// constraints-1.0.rng to constraints-3.9.rng
extension Definition {
    static let location = Definition(
        "rsc_location",
        .all(
            .id,
            .any(
                .reference("rsc").until(1, 2), .all(.any(.reference("rsc"), .text("rsc-pattern").since(2, 6)), roles("role")).since(1, 2),
                sets.since(1, 2)),
            .any(.all(score, .text("node")), .some(.child("rule", .rule(.location)))), lifetime,
            .maybe(.word("resource-discovery", "always", "never", "exclusive").since(2, 2))))

    static let colocation = Definition(
        "rsc_colocation",
        .all(
            .id, .maybe(.any(score, .any(.text("score-attribute"), .text("score-attribute-mangle")).until(3, 0))),
            .maybe(.text("influence").since(3, 6)), lifetime,
            .any(
                sets,
                .all(
                    .reference("rsc"), .reference("with-rsc"), .texts("node-attribute"), roles("rsc-role"), roles("with-rsc-role")))))

    static let order = Definition(
        "rsc_order",
        .all(
            .id, lifetime, .maybe(.boolean("symmetrical")), .maybe(.boolean("require-all").since(2, 3)), .maybe(.any(score, kind)),
            .any(
                sets, .all(.reference("first"), .reference("then"), .maybe(action("first-action")), .maybe(action("then-action"))))))

    static let ticket = Definition(
        "rsc_ticket",
        .all(
            .id, .any(sets, .all(.reference("rsc"), roles("rsc-role"))), .text("ticket"),
            .maybe(.word("loss-policy", "stop", "demote", "fence", "freeze"))))

    private static let set = Definition(
        "resource_set",
        .any(
            .reference("id-ref"),
            .all(
                .id, .maybe(.boolean("sequential")), .maybe(.boolean("require-all").since(1, 2)),
                .maybe(.word("ordering", "group", "listed").since(2, 1)), .maybe(action("action")), roles("role"),
                .maybe(.any(score, kind.since(3, 0))), .some(.child("resource_ref", reference)))))

    private static let sets = Pattern.some(set.element)
    private static let score = Pattern.attribute("score", .score)
    private static let kind = Pattern.word("kind", "Optional", "Mandatory", "Serialize")
    private static let lifetime = Pattern.maybe(
        .child("lifetime", Definition("lifetime", .some(.child("rule", .rule(.location))))))

    private static func action(_ name: String) -> Pattern { .word(name, "start", "promote", "demote", "stop") }

    /// Perhaps a role; those of Pacemaker 2.1 since its schema.
    static func roles(_ name: String) -> Pattern {
        .maybe(
            .any(.word(name, "Stopped", "Started", "Master", "Slave"), .word(name, "Promoted", "Unpromoted").since(3, 7)))
    }
}
