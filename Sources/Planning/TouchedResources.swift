internal import CIB
internal import CRMSyntax
internal import ClusterModel
internal import XML

extension Plan {
    /// - What is created, changed or deleted is touched; with a template, all that is made from it; with a set of attributes or
    ///   operations, all that stands for it elsewhere (`id-ref`).
    /// - A constraint touches what it names, before the change and after it: for a tag, what is tagged; for a pattern, what it matches.
    /// - A tag touches what comes under it, and what goes from under it.
    /// - A group, a clone, a bundle is one thing: a touched member touches all of it.
    /// - Options, defaults, nodes and their attributes, levels of fencing, alerts and access rights touch nothing.
    var touchedResources: Set<ResourceID> {
        guard !changes.isEmpty || !restarted.isEmpty else { return [] }
        let wanted = self.wanted
        let tags = changes.filter { $0.id.kind == .tag }.map(\.id)
        let retagged = tags.flatMap { tag in
            Set(live[tag]?.tagged ?? []).symmetricDifference(wanted[tag]?.tagged ?? [])
        }
        let ids = changes.map(\.id) + restarted.map { ObjectID(.resource, $0.text) }
        let names = [live, wanted].flatMap { cib in
            var resources = ResourceUnits(cib)
            return (ids.flatMap { resources.named(by: $0) } + retagged).flatMap(resources.unit)
        }
        return Set(names.map(ResourceID.init(_:)))
    }
}

/// The resources of a CIB as they belong together.
private struct ResourceUnits {
    private let cib: CIB
    private let tree: ResourceTree
    private lazy var resources = cib.objects.filter { $0.id.kind == .resource }

    init(_ cib: CIB) {
        self.cib = cib
        tree = cib.resourceTree
    }

    /// What a change of the object touches.
    mutating func named(by id: ObjectID) -> [String] {
        guard let object = cib[id] else { return [] }
        switch id.kind {
        case .resource: return expanded(id.name) + borrowers(from: object)
        case .constraint: return (object.references + matches(of: object.element["rsc-pattern"])).flatMap { expanded($0) }
        default: return []
        }
    }

    /// All of what the resource is a part of.
    func unit(_ name: String) -> [String] { tree.within(tree.outermost(name)) }

    /// A tag stands for what is tagged, a template for what is made from it.
    private mutating func expanded(_ name: String) -> [String] {
        if let tag = cib[ObjectID(.tag, name)] { return tag.tagged }
        guard tree[name]?.element.name == "template" else { return [name] }
        return resources.filter { $0.requirements.contains(name) }.map(\.id.name)
    }

    private mutating func borrowers(from object: CIBObject) -> [String] {
        let borrowed = self.borrowed
        guard !borrowed.isEmpty else { return [] }
        var lent: Set<String> = []
        object.element.walk { if let id = $0.id { lent.insert(id) } }
        return lent.flatMap { borrowed[$0] ?? [] }.filter { $0 != object.id.name }
    }

    /// By the id of a list: the resources that take it over.
    private lazy var borrowed: [String: [String]] = resources.reduce(into: [:]) { borrowed, object in
        guard object.element.takesOverLists else { return }
        for id in object.element.referencedIDs { borrowed[id, default: []].append(object.id.name) }
    }

    /// Pacemaker compares a pattern with what stands by itself, and turns a leading `!` around.
    private mutating func matches(of pattern: String?) -> [String] {
        guard let pattern else { return [] }
        let isInverted = pattern.hasPrefix("!")
        guard let regex = try? Regex(isInverted ? String(pattern.dropFirst()) : pattern) else { return [] }
        return resources.map(\.id.name).filter { tree.holder(of: $0) == nil && $0.contains(regex) != isInverted }
    }
}

extension Element {
    /// Few resources do, and all are asked.
    fileprivate var takesOverLists: Bool { attributes.contains { $0.name == "id-ref" } || children.contains(where: \.takesOverLists) }
}
