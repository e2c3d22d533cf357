internal import XML

/// Gives the references of a document, made before it was known what there would be, something to refer to.
struct RandomReferences {
    static let placeholder = "\u{1}reference"

    /// Ids by the tag of what has them.
    private var ids: [String: [String]] = [:]
    private var random: Seeded

    private init(in root: Element, _ random: Seeded) {
        self.random = random
        root.walk { element in
            if let id = element.id, id != Self.placeholder { ids[element.name, default: []].append(id) }
        }
    }

    /// Without what refers to something that there is none of, and what is nothing without that.
    static func resolved(_ root: Element, _ random: inout Seeded) -> Element {
        var root = root
        while true {
            let references = RandomReferences(in: root, random)
            guard let sound = references.sound(root), sound != root else { break }
            root = sound
        }
        var references = RandomReferences(in: root, Seeded(random.next()))
        return references.filled(root)
    }

    private func sound(_ element: Element) -> Element? {
        for attribute in element.attributes where attribute.value == Self.placeholder {
            if candidates(attribute.name, element).isEmpty { return nil }
        }
        var result = element
        result.children = element.children.compactMap(sound)
        return result.lacksItsContent ? nil : result
    }

    private mutating func filled(_ element: Element) -> Element {
        var result = element
        for attribute in element.attributes where attribute.value == Self.placeholder {
            result[attribute.name] = random.pick(candidates(attribute.name, element))
        }
        result.children = []
        for child in element.children {
            let child = filled(child)
            if !result.children.repeats(child) { result.children.append(child) }
        }
        return result
    }

    private func candidates(_ attribute: String, _ element: Element) -> [String] {
        tags(attribute, element.name).flatMap { ids[$0] ?? [] }.filter { attribute != "id-ref" || $0 != element.id }
    }

    private func tags(_ attribute: String, _ element: String) -> [String] {
        let resources = ["primitive", "group", "clone", "master", "bundle"]
        switch (attribute, element) {
        case ("id-ref", _): return [element]
        case ("template", _): return ["template"]
        case ("id", "role"), ("id", "role_ref"): return ["acl_role"]
        case ("id", "obj_ref"): return ["primitive", "group", "clone", "master", "rsc_location"]
        case ("rsc", _), ("with-rsc", _), ("first", _), ("then", _), ("id", "resource_ref"):
            return resources + (element == "resource_ref" ? [] : ["tag"])
        default: return resources
        }
    }
}

extension [Element] {
    /// The same thing a second time in one list is no valid CIB.
    fileprivate func repeats(_ element: Element) -> Bool {
        ["resource_ref", "obj_ref", "role", "role_ref"].contains(element.name) && contains(element)
    }
}

extension Element {
    /// Emptied of all that referred to nothing, it would not be valid.
    fileprivate var lacksItsContent: Bool {
        guard self["id-ref"] == nil else { return false }
        switch name {
        case "resource_set", "tag", "acl_target", "acl_group", "rule": return children.isEmpty
        case "rsc_location":
            let isAbout = self["rsc"] != nil || self["rsc-pattern"] != nil || first("resource_set") != nil
            return !isAbout || self["node"] == nil && first("rule") == nil
        case "lifetime": return first("rule") == nil
        case "rsc_colocation", "rsc_ticket": return self["rsc"] == nil && first("resource_set") == nil
        case "rsc_order": return self["first"] == nil && first("resource_set") == nil
        case "group", "clone", "master": return !children.contains { ["primitive", "group"].contains($0.name) }
        default: return false
        }
    }
}
