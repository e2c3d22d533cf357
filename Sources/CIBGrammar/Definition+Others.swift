// fencing-2.4.rng
extension Definition {
    static let level = Definition(
        "fencing-level",
        .all(
            .id,
            .any(
                .text("target"), .text("target-pattern"), .all(.text("target-attribute"), .text("target-value")).since(2, 4)),
            .attribute("index", .positiveInteger), .attribute("devices", .devices)))
}

// acls-1.2.rng, acls-2.0.rng, acls-3.8.rng: two ways to say who may do what, with one tag in common.
extension Definition {
    static let user = Definition("acl_user", .all(.id, .any(.many(.child("role_ref", reference)), .many(formerPermission))))

    static let target = Definition("acl_target", .all(.text("id"), named, holder))
    static let unixGroup = Definition("acl_group", .all(.id, named, holder))
    static let role = Definition(
        "acl_role",
        .all(
            .id,
            .any(.many(formerPermission).until(2, 0), .all(.texts("description"), .many(permission.element)).since(2, 0))))

    private static let named = Pattern.maybe(.text("name").since(3, 8))
    private static let holder = Pattern.many(.child("role", reference))

    private static let formerPermission = Pattern.any(
        .child("read", reach), .child("write", reach), .child("deny", reach))

    private static let reach = Definition(
        "acl",
        .all(
            .id, .any(.text("tag"), .reference("ref"), .all(.text("tag"), .reference("ref")), .text("xpath")), .texts("attribute")))

    private static let permission = Definition(
        "acl_permission",
        .all(
            .id, .word("kind", "read", "write", "deny"),
            .any(.text("xpath"), .reference("reference"), .all(.text("object-type"), .texts("attribute"))), .texts("description")))
}

// alerts-2.5.rng, alerts-2.10.rng
extension Definition {
    static let alert = Definition(
        "alert",
        .all(
            .id, .texts("description"), .text("path"),
            .any(
                .all(pairs, .many(recipient.element)).until(2, 10),
                .mixed(pairs, .maybe(selection.element), .many(recipient.element)).since(2, 10))))

    private static let recipient = Definition("recipient", .all(.id, .texts("description"), .text("value"), pairs))

    private static let pairs = Pattern.many(
        .any(.child("meta_attributes", .set(.alert)), .child("instance_attributes", .set(.alert))))

    private static let selection = Definition(
        "select",
        .mixed(
            .maybe(.child("select_attributes", Definition("select_attributes", .many(attribute.element)))), .maybe(nothing("select_fencing")),
            .maybe(nothing("select_nodes")), .maybe(nothing("select_resources"))))

    private static let attribute = Definition("attribute", .all(.id, .text("name")))

    private static func nothing(_ tag: String) -> Pattern { .child(tag, Definition(tag, .empty)) }
}
