/// What people write where a schema says only "text", and what they hopefully never write.
struct RandomWords {
    private var random: Seeded
    private var count = 0
    private let seed: UInt64

    private let isPlain: Bool

    /// - Parameter isPlain: whether no word needs quotes or makes any tool stumble.
    init(seed: UInt64, isPlain: Bool) {
        random = Seeded(seed)
        self.seed = seed
        self.isPlain = isPlain
    }

    /// Unique, and a valid XML name. Two CIBs may have objects of the same name, but nothing in them.
    mutating func id(of tag: String) -> String {
        count += 1
        let tag = Self.objects.contains(tag) ? tag : "\(tag)-\(seed)"
        if isPlain { return "\(tag)-\(count)" }
        return switch random.number(0...19) {
        case 0: "_\(tag).\(count)"
        case 1: "\(tag)-\(count)-instance_attributes"
        case 2: "größe-\(tag)-\(count)"
        case 3: "A.\(tag)-\(count)"
        default: "\(tag)-\(count)"
        }
    }

    private static let objects: Set = [
        "primitive", "group", "clone", "master", "bundle", "template", "rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket", "tag",
        "alert", "acl_role", "acl_user",
    ]

    mutating func text(of attribute: String, in element: String) -> String {
        switch (attribute, element) {
        case ("uname", _), ("id", _): unique()
        case ("node", _), ("target", _): random.pick(["alice", "bob", "node-1.example.org", "charlie"])
        case ("name", "op"), ("name", "op_expression"): random.pick(["monitor", "start", "stop", "promote", "notify", "migrate_to"])
        case ("name", _): pairName()
        case ("interval", _), ("timeout", _), ("start-delay", _): random.pick(["0", "10s", "20", "1min", "5000ms", "PT30S"])
        case ("class", _): random.pick(["ocf", "lsb", "stonith", "systemd", "service"])
        case ("provider", _): random.pick(["heartbeat", "pacemaker", "linbit", "acme"])
        case ("type", _): random.pick(["Dummy", "Stateful", "fence_xvm", "external/ssh", "foo@bar"])
        case ("operation", _): random.pick(["eq", "defined"])
        case ("start", _), ("end", _): random.pick(["2005-001", "2024-01-31 12:00:00Z", "20240131T1200"])
        case ("rsc-pattern", _), ("target-pattern", _): random.pick([".*", "^vm-[0-9]+$", "node(1|2)", "a b"])
        case ("devices", _): random.pick(["f1", "f1,f2", "a.b,c-d"])
        case ("range", _): random.pick(["80", "8000-8010"])
        case ("ticket", _): random.pick(["ticketA", "ticket-b", "T.1"])
        case ("role", _): random.pick(["Started", "Master", "Slave", "Promoted"])
        case ("xpath", _): random.pick(["/cib", "//primitive[@id='a']/meta_attributes", "//nodes/node[@uname=\"x\"]"])
        case ("path", _): random.pick(["/usr/bin/alert", "/path with blanks/alert.sh"])
        case ("attribute", "expression"): random.pick(["#uname", "#kind", "pingd", "site-a", "#ra-version"])
        case ("hours", _), ("weekdays", _), ("months", _): random.pick(["9-16", "1", "1-5", "0-23"])
        case (_, "date_spec"), (_, "duration"): random.pick(["1", "2-4", "30", "2024"])
        default: value()
        }
    }

    private mutating func unique() -> String {
        count += 1
        return random.pick(["node\(count)", "n\(count).example.org", "\(count)", "Node-\(count)"])
    }

    private mutating func pairName() -> String {
        if isPlain { return random.pick(["target-role", "is-managed", "ip", "config", "cpu", "memory", "interleave"]) }
        return random.pick([
            "target-role", "is-managed", "interleave", "resource-stickiness", "ip", "config", "passwd", "OCF_CHECK_LEVEL",
            "stonith-enabled", "no-quorum-policy", "cpu", "memory", "standby", "a.b", "CRM_meta_timeout", "batch-limit",
            "with blank", "x:y", "pcmk_host_list", "größe", "rule", "params", "1st", "#health",
        ])
    }

    private mutating func value() -> String {
        if isPlain { return random.pick(["0", "1", "true", "Started", "10.0.0.1", "/a/path", "two words"]) }
        return random.pick([
            "", "0", "1", "true", "Started", "two words", "three  blanks here", "it's", "say \"yes\"", "both ' and \"", "back\\slash",
            "end\\", "a=b", "$x", "#comment", "<tag>&amp;", " leading", "trailing ", "größe", "日本",
            "/a/path", "10.0.0.1", "{brace}", "(paren)", "[set]", "and", "INFINITY", "@ref", "inf:", "a:b", "\\\"", "'", "\"", "\\",
            "%n-%u", "`date`", "a;b", String(repeating: "long ", count: 60), "password=secret", "xml",
        ])
    }
}
