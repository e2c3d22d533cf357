public import XML

/// The resources of a configuration as they belong together: which group, clone or bundle holds which, which template stands behind a
/// primitive, and what holds for a resource in the end - what it says itself or takes over by `$id-ref`, then what its template
/// says, then what is around it, and for resource options at last the cluster's `rsc_defaults`.
///
/// Everybody who wants to know what a resource *is* asks here: there is one answer to that.
public struct ResourceTree: Sendable {
    public let objects: [CIBObject]
    /// Where the resources stand among the objects, and by the name of each the one that holds it.
    private var resources: [String: Int] = [:]
    private var holders: [String: Int] = [:]
    /// The sets of resource options that hold for all.
    private var defaults: [Element] = []
    /// What `$id-ref` can name: the lists that have an id, and the first ones of each resource.
    private var lists: [String: Element] = [:]

    /// Containers hold one another at most so deep: a clone of a group of primitives, and one to spare.
    private static let depth = 4

    public init(_ objects: [CIBObject]) {
        self.objects = objects
        resources.reserveCapacity(objects.count)
        var takesOver = false
        for (index, object) in objects.enumerated() {
            switch object.id.kind {
            case .resource: add(object, index)
            case .resourceDefaults: defaults.append(object.element)
            default: break
            }
            takesOver = takesOver || object.element.takesOverLists
        }
        if takesOver { for object in objects { list(object) } }
    }

    private mutating func add(_ resource: CIBObject, _ index: Int) {
        resources[resource.id.name] = index
        for child in resource.element.children where child.name == Tags.member { if let id = child.id { holders[id] = index } }
    }

    private mutating func list(_ object: CIBObject) {
        for part in object.element.children where Tags.isAttributeSet(part.name) && part["id-ref"] == nil {
            for key in [part.id, "\(part.name) of \(object.id.name)"].compactMap(\.self) where lists[key] == nil { lists[key] = part }
        }
    }

    // MARK: Who holds whom

    public subscript(name: String) -> CIBObject? { resources[name].map { objects[$0] } }

    /// The resource and all that is around it, the nearest first.
    public func around(_ name: String) -> [String] {
        var names = [name]
        while names.count < Self.depth, let holder = names.last.flatMap({ holders[$0] }) { names.append(objects[holder].id.name) }
        return names
    }

    /// The clone, group or bundle around a resource, or the resource itself.
    public func outermost(_ name: String) -> String { holders[name] == nil ? name : around(name).last ?? name }

    /// The group, clone or bundle that holds the resource itself.
    public func holder(of name: String) -> CIBObject? { holders[name].map { objects[$0] } }

    /// The resource with all that it holds.
    public func within(_ name: String) -> [String] { [name] + (self[name]?.members ?? []).flatMap(within) }

    // MARK: What holds for a resource

    /// Which agent a primitive has: its template's, or its own. Nil for what is no primitive, and for a template that isn't there.
    public func agent(of object: CIBObject) -> ResourceAgent? {
        guard object.element.name == "primitive" || object.element.name == "template" else { return nil }
        return base(of: object).flatMap { ResourceAgent($0) }
    }

    /// The element that names the agent of a primitive: its template, or itself.
    public func base(of object: CIBObject) -> Element? {
        guard let template = object.element["template"] else { return object.element }
        return self[template]?.element
    }

    public func parameter(_ name: String, of object: CIBObject) -> String? { value(of: name, in: "instance_attributes", of: sources(of: object)) }

    /// - Parameter name: a former name will do: `master-max` is `promoted-max`.
    public func meta(_ name: String, of object: CIBObject) -> String? {
        if name == "promotable", sources(of: object).contains(where: { $0.name == "master" }) { return "true" }
        return saying(name, of: object)?.value
    }

    /// The same, and who says it: the resource, its template, what is around it; nil for the cluster's defaults.
    public func saying(_ name: String, of object: CIBObject) -> (value: String, resource: String?)? {
        for source in sources(of: object) {
            if let value = value(of: name, in: "meta_attributes", of: [source]) { return (value, source.id) }
        }
        return defaults.lazy.compactMap { pair(name, in: $0) }.first.map { ($0, nil) }
    }

    public func isTrue(_ name: String, of object: CIBObject) -> Bool { meta(name, of: object).map { Scalar.boolean.same($0, "true") } ?? false }

    /// A `master` is the former word for a clone that is.
    public func isPromotable(_ object: CIBObject) -> Bool { isTrue("promotable", of: object) }

    /// The nearest first.
    private func sources(of object: CIBObject) -> [Element] {
        var sources = [object.element]
        if let template = object.element["template"].flatMap({ self[$0]?.element }) { sources.append(template) }
        var holder = holders[object.id.name]
        while let index = holder, sources.count <= Self.depth {
            sources.append(objects[index].element)
            holder = holders[objects[index].id.name]
        }
        return sources
    }

    private func value(of name: String, in set: String, of elements: [Element]) -> String? {
        for element in elements {
            for candidate in element.children where candidate.name == set {
                if let value = pair(name, in: candidate) { return value }
            }
        }
        return nil
    }

    private func pair(_ name: String, in set: Element) -> String? {
        let list = set["id-ref"].flatMap { lists[$0] ?? lists["\(set.name) of \($0)"] } ?? set
        return list.children.first { Schema.canonicalName(ofPair: $0["name"] ?? "", in: set.name) == name }?["value"]
    }
}

extension Element {
    fileprivate var takesOverLists: Bool { children.contains { $0["id-ref"] != nil } }
}
