import CRMSyntax
import TestKit
import XML

extension RandomElement {
    mutating func node() -> Element {
        var node = Element("node")
        if random.chance(2) { node["id"] = random.chance(2) ? "\(random.next() % 1_000_000)" : name("id") }
        node["uname"] = name("alice")
        if random.chance(4) { node["type"] = random.pick(["remote", "member"]) }
        if random.chance(2) { node.children.append(list("instance_attributes")) }
        if random.chance(4) { node.children.append(list("utilization")) }
        return node
    }

    mutating func primitive() -> Element {
        var primitive = Element("primitive", ["id": name("p")])
        for (name, value) in agent() { primitive[name] = value }
        if random.chance(5) { primitive["description"] = random.pick(["plain", "two words", "\"x\""]) }
        if random.chance(2) { primitive.children.append(list("instance_attributes")) }
        if random.chance(2) {
            primitive.children.append(Element("operations", children: several(1...4) { $0.operation() }))
        }
        if random.chance(2) { primitive.children.append(list("meta_attributes")) }
        if random.chance(6) { primitive.children.append(list("utilization")) }
        return primitive
    }

    private mutating func agent() -> KeyValuePairs<String, String> {
        switch Int.random(in: 0..<(forCrmsh ? 3 : 5), using: &random) {
        case 0: ["class": "ocf", "provider": "heartbeat", "type": "Xen"]
        case 1: ["class": "ocf", "provider": "linbit", "type": "drbd"]
        case 2: ["class": "systemd", "type": "cron"]
        case 3: ["class": "ocf", "provider": "heartbeat", "type": "drbd"]
        default: ["template": "t"]
        }
    }

    mutating func container(of members: [String]) -> Element {
        let tag = members.count > 1 ? "group" : random.pick(["group", "clone", "master"])
        var container = Element(tag, ["id": name("g")])
        if random.chance(5) { container["description"] = "a b" }
        if random.chance(2) { container.children.append(list("meta_attributes")) }
        if random.chance(4) { container.children.append(list("instance_attributes")) }
        container.children += members.map { Element(CRMStatement.memberTag, ["id": $0]) }
        return container
    }

    mutating func property() -> Element {
        Element("cluster_property_set", ["id": name("properties")], children: pairs())
    }

    mutating func defaults() -> Element {
        let set = Element("meta_attributes", ["id": name("options")], children: several(0...1) { $0.rule() } + pairs())
        return Element(random.pick(["rsc_defaults", "op_defaults"]), [], children: [set])
    }

    /// Pairs of different names: crmsh merges pairs of a property set that have the same.
    private mutating func pairs() -> [Element] {
        var names: Set<String> = []
        return several(1...4) { $0.pair() }.filter { names.insert($0["name"] ?? "").inserted }
    }
}

extension RandomElement {
    mutating func location(_ resources: [String]) -> Element {
        var location = Element("rsc_location", ["id": name("l")])
        switch Int.random(in: 0..<3, using: &random) {
        case 0: location["rsc"] = random.pick(resources)
        case 1: location["rsc-pattern"] = random.pick(["a.*", "p[0-9]+"] + (forCrmsh ? [] : ["^x y$", "\\w"]))
        default: location.children = sets(resources, "role", ["Master", "Started"])
        }
        if random.chance(3) { location["role"] = "Master" }
        if random.chance(3) { location["resource-discovery"] = "never" }
        if random.chance(2) {
            location.attributes += [score(), .init("node", "alice")]
        } else {
            location.children += several(1...2) { $0.rule() }
        }
        return location
    }

    mutating func colocation(_ resources: [String]) -> Element {
        var colocation = Element("rsc_colocation", [.init("id", name("c")), score()])
        if random.chance(3) { colocation["node-attribute"] = "rack" }
        if random.chance(2) {
            colocation.children = sets(resources, "role", ["Master", "Started"])
        } else {
            member("rsc", "role", ["Master", "Slave"], of: &colocation, resources)
            member("with-rsc", "role", ["Master", "Slave"], of: &colocation, resources)
        }
        return colocation
    }

    mutating func order(_ resources: [String]) -> Element {
        var order = Element("rsc_order", ["id": name("o")])
        if random.chance(2) { order["kind"] = random.pick(["Mandatory", "Optional", "Serialize"]) }
        if random.chance(3) { order["symmetrical"] = random.pick(["true", "false"]) }
        if random.chance(2) {
            order.children = sets(resources, "action", ["start", "promote"])
        } else {
            member("first", "action", ["promote", "stop"], of: &order, resources)
            member("then", "action", ["start", "demote"], of: &order, resources)
        }
        return order
    }

    private mutating func member(
        _ name: String, _ kind: String, _ words: [String], of constraint: inout Element, _ resources: [String]
    ) {
        constraint[name] = random.pick(resources)
        if random.chance(2) { constraint["\(name)-\(kind)"] = random.pick(words) }
    }

    /// No two neighbours alike and plain, which would read as one set.
    private mutating func sets(_ resources: [String], _ kind: String, _ words: [String]) -> [Element] {
        var previous: String?
        return several(1...3) { generator in
            var set = Element("resource_set")
            let shape = generator.random.pick(["plain", "any", "any in order", "unordered"].filter { $0 != previous })
            previous = shape
            if shape.hasPrefix("any") { set["require-all"] = "false" }
            if shape == "any" || shape == "unordered" { set["sequential"] = "false" }
            if generator.random.chance(2) { set[kind] = generator.random.pick(words) }
            set.children = generator.random.several(generator.forCrmsh ? 2...4 : 1...3) {
                Element("resource_ref", ["id": $0.pick(resources)])
            }
            return set
        }
    }
}
