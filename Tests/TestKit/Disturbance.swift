public import CIB
internal import XML

/// What people, agents and the cluster itself do to a live CIB, and other words for what is in it.
public struct Disturbance: Sendable {
    private var random: Seeded
    private var edits = Edits()
    private let cib: CIB
    private var touched: Set<ObjectID> = []

    public init(of cib: CIB, seed: UInt64) {
        random = Seeded(seed)
        self.cib = cib
    }

    /// The CIB after so many disturbances, each of another object.
    public mutating func result(_ times: Int) -> CIB {
        for _ in 0..<times {
            switch random.number(0...8) {
            case 0: ban()
            case 1, 2: overrideOption()
            case 3: respell("clone") { $0.promotable ? $0.asMaster : $0 }
            case 4: respell("rsc_order") { $0.withScore }
            case 5: addStranger()
            case 6: ownProperty()
            case 7: addSetWithRule()
            default: tag()
            }
        }
        return cib.applying(edits)
    }

    private mutating func object(_ tag: String) -> CIBObject? {
        let objects = cib.objects.filter { $0.element.name == tag && !touched.contains($0.id) }
        guard !objects.isEmpty else { return nil }
        let object = random.pick(objects)
        touched.insert(object.id)
        return object
    }

    private mutating func add(_ kind: ObjectID.Kind, _ element: Element) {
        let id = ObjectID(kind, element.id ?? "")
        if cib[id] == nil, touched.insert(id).inserted { edits.add(CIBObject(id: id, element: element)) }
    }

    /// `crm resource ban`
    private mutating func ban() {
        let all = cib.objects.filter { $0.id.kind == .resource }.map(\.id.name)
        guard let name = all.randomElement(using: &random) else { return }
        add(
            .constraint,
            Element(
                "rsc_location",
                ["id": "cli-ban-\(name)-on-bob", "rsc": name, "role": "Started", "node": "bob", "score": "-INFINITY"]))
    }

    /// `crm resource stop`, `unmanage`
    private mutating func overrideOption() {
        guard let object = object("primitive") else { return }
        var element = object.element
        let id = "\(object.id.name)-meta_attributes"
        let index = element.children.firstIndex { $0.name == "meta_attributes" }
        var list = index.map { element.children[$0] } ?? Element("meta_attributes", ["id": id])
        let name = random.pick(["target-role", "is-managed"])
        list.children.removeAll { $0["name"] == name }
        if index == nil || !random.chance(3) {
            let value = name == "is-managed" ? "false" : random.pick(["Stopped", "Started"])
            list.children.append(Element("nvpair", ["id": "\(id)-\(name)", "name": name, "value": value]))
        }
        if let index { element.children[index] = list } else { element.children.append(list) }
        edits.change(object.id, to: element)
    }

    private mutating func respell(_ tag: String, _ spelling: (Element) -> Element) {
        guard let object = object(tag) else { return }
        edits.change(object.id, to: spelling(object.element))
    }

    /// Something that was never in git, in a group that was.
    private mutating func addStranger() {
        let name = "stranger\(random.number(1...99))"
        add(.resource, Element("primitive", ["id": name, "class": "ocf", "provider": "heartbeat", "type": "Dummy"]))
        guard let group = object("group") else { return }
        var element = group.element
        let members = element.children.indices.filter { element.children[$0].name == Tags.member }
        guard let place = members.randomElement(using: &random) else { return }
        element.children.insert(Element(Tags.member, ["id": name]), at: place)
        edits.change(group.id, to: element)
    }

    private mutating func ownProperty() {
        guard let object = object("cluster_property_set"), object.id.name != "coxswain" else { return }
        var element = object.element
        for (name, value) in [("dc-version", "2.1.5"), ("last-lrm-refresh", "1700000000")] {
            element.children.append(Element("nvpair", ["id": "\(object.id.name)-\(name)", "name": name, "value": value]))
        }
        edits.change(object.id, to: element)
    }

    private mutating func addSetWithRule() {
        guard let object = object("primitive") else { return }
        let id = "\(object.id.name)-by-rule"
        let expression = Element(
            "expression", ["id": "\(id)-e", "attribute": "#uname", "operation": "eq", "value": "bob"])
        let rule = Element("rule", ["id": "\(id)-r", "score": "INFINITY"], children: [expression])
        let pair = Element("nvpair", ["id": "\(id)-fake", "name": "fake", "value": "on bob"])
        var element = object.element
        element.children.insert(Element("instance_attributes", ["id": id], children: [rule, pair]), at: 0)
        edits.change(object.id, to: element)
    }

    private mutating func tag() {
        guard let object = object("primitive") else { return }
        add(
            .tag,
            Element("tag", ["id": "tag-\(object.id.name)"], children: [Element("obj_ref", ["id": object.id.name])]))
    }
}

extension Element {
    fileprivate var promotable: Bool {
        children.contains { $0.children.contains { $0["name"] == "promotable" && $0["value"] == "true" } }
    }

    fileprivate var asMaster: Element {
        var master = self
        master.name = "master"
        for index in master.children.indices { master.children[index].children.removeAll { $0["name"] == "promotable" } }
        return master
    }

    fileprivate var withScore: Element {
        guard let kind = self["kind"], kind != "Serialize" else { return self }
        var order = self
        order["kind"] = nil
        order["score"] = kind == "Optional" ? "0" : "INFINITY"
        return order
    }
}
