internal import CIB
internal import CRMSyntax
internal import XML

/// A configuration that a team could have written, and that changes at random without ever becoming invalid.
public struct RandomCluster: Sendable {
    public var random: Seeded
    var resources: [Element] = []
    var constraints: [Element] = []
    var options = Element("cluster_property_set", ["id": "cib-bootstrap-options"])
    var defaults = Element("meta_attributes", ["id": "rsc-options"])
    var nodes = ["alice", "bob"].map { Element("node", ["uname": $0]) }
    /// Two clusters with different prefixes never give the same name to different things.
    public var prefix = ""
    private var count = 0

    public init(seed: UInt64, size: Int = 12) {
        random = Seeded(seed)
        for _ in 0..<size { addPrimitive() }
        for _ in 0..<size / 3 { addContainer() }
        for _ in 0..<size / 2 { addConstraint() }
        for _ in 0..<size { editSomething() }
    }

    /// The same configuration, about to go another way.
    public func diverging(seed: UInt64, prefix: String) -> RandomCluster {
        var copy = self
        copy.random = Seeded(seed)
        copy.prefix = prefix
        return copy
    }

    public mutating func edit(_ times: Int) {
        for _ in 0..<times { editSomething() }
    }

    /// The statements in crmsh's words.
    public var crm: String {
        get throws {
            let sections =
                [options].filter { !$0.children.isEmpty }
                + [defaults].filter { !$0.children.isEmpty }.map { Element("rsc_defaults", [], children: [$0]) }
            return try (nodes + sections + resources + constraints).map { try CRMPrinter().text(of: $0) }
                .joined(separator: "\n") + "\n"
        }
    }

    mutating func name(_ kind: String) -> String {
        count += 1
        return "\(kind)\(prefix)\(count)"
    }

    private mutating func editSomething() {
        switch random.number(0...15) {
        case 0: addPrimitive()
        case 1: removeResource()
        case 2: addContainer()
        case 3: addConstraint()
        case 4: removeConstraint()
        case 5: editConstraint()
        case 6: editMembers()
        case 7: editOption()
        case 8: editNode()
        case 9, 10: editOperations()
        default: editPairs()
        }
    }
}

// MARK: Resources

extension RandomCluster {
    private mutating func addPrimitive() {
        let agent = random.pick([("heartbeat", "Dummy"), ("pacemaker", "Dummy"), ("pacemaker", "Stateful")])
        var primitive = Element(
            "primitive", ["id": name("p"), "class": "ocf", "provider": agent.0, "type": agent.1])
        if random.chance(2) { primitive = settingPair(of: primitive, in: "instance_attributes") }
        if random.chance(2) { primitive = settingOperation(of: primitive) }
        if random.chance(3) { primitive = settingPair(of: primitive, in: "meta_attributes") }
        resources.append(primitive)
    }

    private var free: [String] {
        let taken = Set(resources.flatMap { $0.all(Tags.member) }.compactMap(\.id))
        return resources.filter { $0.name == "primitive" }.compactMap(\.id).filter { !taken.contains($0) }
    }

    private mutating func addContainer() {
        let free = self.free.shuffled(using: &random)
        guard !free.isEmpty else { return }
        let tag = random.pick(["group", "group", "clone", "clone", "master"])
        var container = Element(tag, ["id": name(tag == "group" ? "g" : "c")])
        if random.chance(3) { container = settingPair(of: container, in: "meta_attributes") }
        if tag == "clone", random.chance(2) { container = settingPair("promotable", of: container, in: "meta_attributes") }
        let members = free.prefix(tag == "group" ? random.number(1...3) : 1)
        // Pacemaker takes no part of a clone in a constraint.
        constraints.removeAll { constraint in members.contains { constraint.mentions($0) } }
        container.children += members.map { Element(Tags.member, ["id": $0]) }
        resources.append(container)
    }

    private mutating func removeResource() {
        guard resources.count > 4, let id = random.pick(resources).id else { return }
        remove(id)
    }

    /// With everything that would be left without a meaning.
    private mutating func remove(_ id: String) {
        resources.removeAll { $0.id == id }
        constraints.removeAll { $0.mentions(id) }
        for index in resources.indices { resources[index].children.removeAll { $0.name == Tags.member && $0.id == id } }
        let hollow = resources.filter { $0.name != "primitive" && $0.all(Tags.member).isEmpty }.compactMap(\.id)
        for id in hollow { remove(id) }
    }

    private mutating func editMembers() {
        let groups = resources.indices.filter { resources[$0].name == "group" }
        guard !groups.isEmpty else { return }
        let index = random.pick(groups)
        let members = resources[index].all(Tags.member)
        resources[index].children.removeAll { $0.name == Tags.member }
        resources[index].children += members.shuffled(using: &random)
        if let new = free.last, random.chance(2) {
            constraints.removeAll { $0.mentions(new) }
            resources[index].children.append(Element(Tags.member, ["id": new]))
        }
        if members.count > 1, random.chance(3) { resources[index].children.removeLast() }
    }

    private mutating func editPairs() {
        let index = random.number(0...resources.count - 1)
        let isPrimitive = resources[index].name == "primitive"
        let sets = isPrimitive ? ["instance_attributes", "meta_attributes", "utilization"] : ["meta_attributes"]
        resources[index] = settingPair(of: resources[index], in: random.pick(sets))
    }

    private mutating func editOperations() {
        guard let index = resources.indices.filter({ resources[$0].name == "primitive" }).randomElement(using: &random)
        else { return }
        resources[index] = settingOperation(of: resources[index])
    }

    private mutating func settingPair(of object: Element, in set: String) -> Element {
        let names = [
            "instance_attributes": ["fake", "state", "op_sleep"], "utilization": ["cpu", "memory"],
            "meta_attributes": ["target-role", "is-managed", "priority", "resource-stickiness", "failure-timeout"],
        ]
        return settingPair(random.pick(names[set] ?? ["site"]), of: object, in: set)
    }

    /// With the pair set to something, or removed.
    mutating func settingPair(_ name: String, of object: Element, in set: String) -> Element {
        let before = object.first(set)
        var list = before ?? Element(set)
        list.children.removeAll { $0["name"] == name }
        if before == nil || !random.chance(3) {
            list.children.append(Element("nvpair", ["name": name, "value": value(of: name)]))
        }
        return object.holding(list)
    }

    private mutating func value(of name: String) -> String {
        switch name {
        case "target-role": random.pick(["Started", "Stopped", "started"])
        case "promotable": "true"
        case "is-managed", "notify": random.pick(["true", "false", "yes", "1", "off"])
        case "failure-timeout", "cluster-recheck-interval": random.pick(["60", "60s", "1min", "90s"])
        case "priority", "resource-stickiness": random.pick(["0", "100", "INFINITY", "-5"])
        case "standby": random.pick(["on", "off", "true"])
        case "stonith-enabled", "symmetric-cluster", "maintenance-mode": random.pick(["true", "false"])
        default: random.pick(["1", "2", "30", "a b", "/cluster/x", "it's", "x=y"])
        }
    }

    private mutating func settingOperation(of primitive: Element) -> Element {
        var list = primitive.first("operations") ?? Element("operations")
        let (name, interval) = random.pick([("monitor", "10s"), ("monitor", "20"), ("start", "0s"), ("stop", "0")])
        let known = list.children.firstIndex { $0["name"] == name && Scalar.duration.same($0["interval"] ?? "0", interval) }
        if let known, random.chance(3) {
            list.children.remove(at: known)
        } else if let known {
            list.children[known]["timeout"] = random.pick(["20", "20s", "60s", "2min"])
        } else {
            list.children.append(Element("op", ["name": name, "interval": interval, "timeout": "20"]))
        }
        return primitive.holding(list)
    }
}

extension Element {
    fileprivate func mentions(_ resource: String) -> Bool {
        ["rsc", "with-rsc", "first", "then"].contains { self[$0] == resource }
            || all("resource_set").flatMap(\.children).contains { $0.id == resource }
    }

    /// With this list in place of its former self, unless it is empty.
    fileprivate func holding(_ list: Element) -> Element {
        var element = self
        let place = children.firstIndex { $0.name == list.name }
        if let place { element.children.remove(at: place) }
        guard !list.children.isEmpty else { return element }
        let members = children.firstIndex { $0.name == Tags.member } ?? children.count
        element.children.insert(list, at: place ?? members)
        return element
    }
}
