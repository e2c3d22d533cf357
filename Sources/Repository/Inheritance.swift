internal import CIB
internal import XML

/// What holds for a resource: what it says itself or takes over by `$id-ref`, then what its template says, then what is around
/// it, and for resource options at last the cluster's `rsc_defaults`.
struct Inheritance {
    private let declarations: Declarations
    private let graph: ConstraintGraph
    /// The sets of resource options that hold for all.
    private let defaults: [Element]
    /// What `$id-ref` can name.
    private let lists: [String: Element]

    init(_ declarations: Declarations, _ graph: ConstraintGraph) {
        self.declarations = declarations
        self.graph = graph
        defaults = declarations.all(of: .resourceDefaults).map(\.object.element)
        lists = declarations.all.contains { $0.object.element.takesOverLists } ? declarations.lists : [:]
    }

    func parameter(_ name: String, of declaration: Declaration) -> String? {
        value(of: name, in: "instance_attributes", of: sources(of: declaration.object))
    }

    /// - Parameter name: a former name will do: `master-max` is `promoted-max`.
    func meta(_ name: String, of declaration: Declaration) -> String? {
        value(of: name, in: "meta_attributes", of: sources(of: declaration.object)) ?? defaults.lazy.compactMap { pair(name, in: $0) }.first
    }

    func isTrue(_ name: String, of declaration: Declaration) -> Bool {
        meta(name, of: declaration).map { Scalar.boolean.same($0, "true") } ?? false
    }

    func isPromotable(_ declaration: Declaration) -> Bool {
        declaration.object.element.name == "master" || isTrue("promotable", of: declaration)
    }

    /// The element that says which agent a primitive has: its template's, or its own.
    func base(of declaration: Declaration) -> Element? {
        let element = declaration.object.element
        guard let template = element["template"] else { return element }
        return declarations[ObjectID(.resource, template)]?.object.element
    }

    /// The nearest first.
    private func sources(of object: CIBObject) -> [Element] {
        let template = object.element["template"].flatMap { declarations[ObjectID(.resource, $0)]?.object.element }
        let around = graph.around(object.id.name).dropFirst().compactMap { declarations[ObjectID(.resource, $0)]?.object.element }
        return [object.element] + [template].compactMap { $0 } + around
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

extension Declarations {
    /// The lists of options that have an id, and the first ones of each resource: `$id-ref` takes both.
    fileprivate var lists: [String: Element] {
        var lists: [String: Element] = [:]
        for declaration in all {
            for part in declaration.object.element.children where Tags.isAttributeSet(part.name) && part["id-ref"] == nil {
                for key in [part.id, "\(part.name) of \(declaration.object.id.name)"].compactMap(\.self) where lists[key] == nil {
                    lists[key] = part
                }
            }
        }
        return lists
    }
}

extension Element {
    fileprivate var takesOverLists: Bool { children.contains { $0["id-ref"] != nil } }
}
