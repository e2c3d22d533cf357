internal import CIB
internal import XML

extension RandomCluster {
    /// What a constraint may be about: never a member of something, which the schema allows and people avoid.
    private var tops: [String] {
        let inside = Set(resources.flatMap { $0.all(Tags.member) }.compactMap(\.id))
        return resources.compactMap(\.id).filter { !inside.contains($0) }
    }

    mutating func addConstraint() {
        let tops = self.tops.shuffled(using: &random)
        guard tops.count > 2 else { return }
        switch random.number(0...5) {
        case 0: constraints.append(location(tops[0]))
        case 1: constraints.append(rule(about: tops[0]))
        case 2: constraints.append(colocation(tops))
        case 3: constraints.append(order(tops))
        default: constraints.append(sets(tops))
        }
    }

    mutating func removeConstraint() {
        guard !constraints.isEmpty else { return }
        constraints.remove(at: random.number(0...constraints.count - 1))
    }

    mutating func editConstraint() {
        guard !constraints.isEmpty else { return }
        let index = random.number(0...constraints.count - 1)
        let old = constraints[index]
        let about = tops.shuffled(using: &random)
        guard about.count > 2 else { return }
        var new: Element
        switch old.name {
        case "rsc_location": new = random.chance(2) ? location(old["rsc"] ?? about[0]) : rule(about: old["rsc"] ?? about[0])
        case "rsc_order": new = random.chance(2) ? order(about) : sets(about)
        default: new = colocation(about)
        }
        guard new.name == old.name else { return }
        new.id = old.id
        constraints[index] = new
    }

    private mutating func score() -> String { random.pick(["INFINITY", "-INFINITY", "100", "-1"]) }

    private mutating func location(_ resource: String) -> Element {
        Element(
            "rsc_location",
            ["id": name("l"), "rsc": resource, "score": score(), "node": random.pick(["alice", "bob"])])
    }

    private mutating func rule(about resource: String) -> Element {
        let rules = (0..<random.number(1...2)).map { _ in
            let node = random.pick(["alice", "bob"])
            let expressions = [
                Element("expression", ["attribute": "#uname", "operation": "eq", "value": node]),
                Element("expression", ["operation": "defined", "attribute": "pingd"]),
            ]
            var rule = Element("rule", ["score": score()], children: Array(expressions.prefix(random.number(1...2))))
            if rule.children.count == 2, random.chance(2) { rule["boolean-op"] = "or" }
            return rule
        }
        return Element("rsc_location", ["id": name("l"), "rsc": resource], children: rules)
    }

    private mutating func colocation(_ tops: [String]) -> Element {
        Element(
            "rsc_colocation", ["id": name("col"), "score": score(), "rsc": tops[0], "with-rsc": tops[1]])
    }

    private mutating func order(_ tops: [String]) -> Element {
        var order = Element("rsc_order", ["id": name("o")])
        order["kind"] = random.pick(["Mandatory", "Optional", "Serialize"])
        order["first"] = tops[0]
        order["then"] = tops[1]
        if order["kind"] != "Serialize", random.chance(4) { order["symmetrical"] = "false" }
        return order
    }

    private mutating func sets(_ tops: [String]) -> Element {
        let members = tops.prefix(3).map { Element("resource_ref", ["id": $0]) }
        // Two sets that are sequential both read as one.
        var sets = [
            Element("resource_set", ["sequential": "false"], children: Array(members.prefix(2))),
            Element("resource_set", [], children: Array(members.dropFirst(2))),
        ]
        if random.chance(2) { sets.reverse() }
        return Element("rsc_order", ["id": name("o"), "kind": random.pick(["Mandatory", "Optional"])], children: sets)
    }

    // MARK: Options and nodes

    mutating func editOption() {
        guard random.chance(3) else {
            let names = ["stonith-enabled", "symmetric-cluster", "maintenance-mode", "cluster-recheck-interval"]
            options = settingPair(options, random.pick(names))
            return
        }
        defaults = settingPair(defaults, random.pick(["resource-stickiness", "priority"]))
    }

    private mutating func settingPair(_ set: Element, _ name: String) -> Element {
        var holder = Element("holder")
        if !set.children.isEmpty { holder.children = [set] }
        holder = settingPair(name, of: holder, in: set.name)
        return holder.children.first ?? Element(set.name, set.attributes)
    }

    mutating func editNode() {
        let index = random.number(0...nodes.count - 1)
        let set = random.pick(["instance_attributes", "utilization"])
        let names = set == "utilization" ? ["cpu", "memory"] : ["standby", "site"]
        nodes[index] = settingPair(random.pick(names), of: nodes[index], in: set)
    }
}
