public import CIB
internal import XML

extension RandomCIB {
    /// A CIB of one object, and of plain resources in place of those that it refers to: so what a tool makes of one object
    /// doesn't hide what it makes of another.
    public mutating func makeObject() throws -> CIB {
        var root = try make().root
        guard var configuration = root.first("configuration") else { return CIB(root) }
        let sections = configuration.children.filter { !$0.children.isEmpty }
        guard !sections.isEmpty else { return CIB(root) }
        let section = random.pick(sections)
        let object = random.pick(section.children)
        let kept = section.name == "fencing-topology" ? section.children : [object.withoutReferences(besides: object)]
        for index in configuration.children.indices {
            let name = configuration.children[index].name
            configuration.children[index].children = name == section.name ? kept : []
            if name == "resources" { configuration.children[index].children += object.standIns(besides: section.name == name) }
        }
        configuration.children.removeAll { ["tags", "acls", "alerts", "fencing-topology"].contains($0.name) && $0.children.isEmpty }
        root.children = [configuration]
        return CIB(root)
    }
}

extension Element {
    /// Without the parts that stand for others elsewhere.
    fileprivate func withoutReferences(besides object: Element) -> Element {
        var element = self
        element.children = children.compactMap { child in
            if let id = child["id-ref"], !object.has(id) { return nil }
            return child.withoutReferences(besides: object)
        }
        if name == "rule", children.contains(where: { $0["id-ref"] != nil }), element.children.isEmpty {
            element.children = [Element("expression", ["id": "\(id ?? "")-e", "attribute": "#uname", "operation": "defined"])]
        }
        return element
    }

    private func has(_ id: String) -> Bool { self.id == id || children.contains { $0.has(id) } }

    fileprivate func standIns(besides isResource: Bool) -> [Element] {
        var names: Set<String> = []
        walk { element in
            for attribute in ["rsc", "with-rsc", "first", "then"] { element[attribute].map { _ = names.insert($0) } }
            if ["resource_ref", "obj_ref"].contains(element.name), let id = element.id { names.insert(id) }
        }
        let templates =
            isResource ? self["template"].map { [Element("template", ["id": $0, "class": "ocf", "provider": "pacemaker", "type": "Dummy"])] } : []
        return (templates ?? []) + names.sorted().map { Element("primitive", ["id": $0, "class": "ocf", "provider": "pacemaker", "type": "Dummy"]) }
    }
}
