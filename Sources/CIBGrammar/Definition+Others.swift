// fencing-2.4.rng
extension Definition {
    static let level = Definition(
        "fencing-level",
        .group(
            .id,
            .choice(
                .text("target"), .text("target-pattern"), .group(.text("target-attribute"), .text("target-value")).since(2, 4)),
            .attribute("index", .positiveInteger), .attribute("devices", .devices)))
}

// acls-1.2.rng, acls-2.0.rng, acls-3.8.rng: two ways to say who may do what, with one tag in common.
extension Definition {
    static let user = Definition("acl_user", .group(.id, .choice(.zeroOrMore(.child("role_ref", reference)), .zeroOrMore(formerPermission))))

    static let target = Definition("acl_target", .group(.text("id"), named, holder))
    static let unixGroup = Definition("acl_group", .group(.id, named, holder))
    static let role = Definition(
        "acl_role",
        .group(
            .id,
            .choice(.zeroOrMore(formerPermission).until(2, 0), .group(.texts("description"), .zeroOrMore(permission.element)).since(2, 0))))

    private static let named = Pattern.optional(.text("name").since(3, 8))
    private static let holder = Pattern.zeroOrMore(.child("role", reference))

    private static let formerPermission = Pattern.choice(
        .child("read", reach), .child("write", reach), .child("deny", reach))

    private static let reach = Definition(
        "acl",
        .group(
            .id, .choice(.text("tag"), .reference("ref"), .group(.text("tag"), .reference("ref")), .text("xpath")), .texts("attribute")))

    private static let permission = Definition(
        "acl_permission",
        .group(
            .id, .word("kind", "read", "write", "deny"),
            .choice(.text("xpath"), .reference("reference"), .group(.text("object-type"), .texts("attribute"))), .texts("description")))
}

// alerts-2.5.rng, alerts-2.10.rng
extension Definition {
    static let alert = Definition(
        "alert",
        .group(
            .id, .texts("description"), .text("path"),
            .choice(
                .group(pairs, .zeroOrMore(recipient.element)).until(2, 10),
                .interleave(pairs, .optional(selection.element), .zeroOrMore(recipient.element)).since(2, 10))))

    private static let recipient = Definition("recipient", .group(.id, .texts("description"), .text("value"), pairs))

    private static let pairs = Pattern.zeroOrMore(
        .choice(.child("meta_attributes", .set(.alert)), .child("instance_attributes", .set(.alert))))

    private static let selection = Definition(
        "select",
        .interleave(
            .optional(.child("select_attributes", Definition("select_attributes", .zeroOrMore(attribute.element)))),
            .optional(nothing("select_fencing")),
            .optional(nothing("select_nodes")), .optional(nothing("select_resources"))))

    private static let attribute = Definition("attribute", .group(.id, .text("name")))

    private static func nothing(_ tag: String) -> Pattern { .child(tag, Definition(tag, .empty)) }
}
