internal import CIB
internal import CIBGrammar
internal import Repository
internal import XML

/// Fills in what crmsh's text leaves to the cluster that it is loaded into, in the words of its schema.
struct CRMCompletion {
    let live: CIB
    let desired: DesiredState

    func callAsFunction(_ object: CIBObject) -> CIBObject {
        CIBObject(id: object.id, element: self(object.element))
    }

    private let hasFormerRoles: Bool

    init(live: CIB, desired: DesiredState) {
        (self.live, self.desired) = (live, desired)
        hasFormerRoles = SchemaVersion(name: live.schema).map { $0 < SchemaVersion(3, 7) } ?? false
    }

    func callAsFunction(_ element: Element) -> Element {
        if hasFormerRoles, element.hasNewRoles { return self(element.withFormerRoles) }
        if element.name == "fencing-topology" { return element.withFencingTargets(nodes) }
        if element.name == "node", element["type"] == nil, live.schema == "pacemaker-1.0" { return element.normalNode }
        return element.refersToSets ? resolved(element) : element
    }

    /// Fencing levels without a target hold for every node.
    private var nodes: [String] {
        let known = live.objects.filter { $0.id.kind == .node }.map(\.id.name)
        let declared = desired.declarations.map(\.object.id).filter { $0.kind == .node }.map(\.name)
        return known + declared.filter { !known.contains($0) }
    }

    /// `$id-ref=x` may name a resource instead of its list: "Here we try to figure out which one" (crmsh, cibconfig.py).
    private func resolved(_ element: Element) -> Element {
        var result = element
        if let name = element["id-ref"], element.name != "nvpair", let set = set(element.name, of: name) {
            result["id-ref"] = set
        }
        result.children = element.children.map(resolved)
        return result
    }

    private func set(_ tag: String, of name: String) -> String? {
        let id = ObjectID(.resource, name)
        if let set = live[id]?.element.first(tag) { return set.id }
        return desired[id]?.object.element.first(tag).map { $0.id ?? "\(name)-\(tag)" }
    }
}

extension Element {
    /// The first schema wants a type, and crmsh's text leaves this one out.
    fileprivate var normalNode: Element { Element(name, attributes + [Attribute("type", "normal")], children: children) }

    /// "Promoted" and "Unpromoted" came with pacemaker-3.7; before they were Master and Slave. crmsh writes what the schema knows.
    fileprivate var hasNewRoles: Bool { attributes.contains { formerRole($0) != nil } || children.contains(where: \.hasNewRoles) }

    fileprivate var withFormerRoles: Element {
        var element = self
        for index in attributes.indices {
            if let role = formerRole(attributes[index]) { element.attributes[index].value = role }
        }
        element.children = children.map(\.withFormerRoles)
        return element
    }

    private func formerRole(_ attribute: Attribute) -> String? {
        guard ["role", "rsc-role", "with-rsc-role"].contains(attribute.name) else { return nil }
        return ["Promoted": "Master", "Unpromoted": "Slave"][attribute.value]
    }

    fileprivate var refersToSets: Bool { children.contains { $0.name != "nvpair" && ($0["id-ref"] != nil || $0.refersToSets) } }
}
