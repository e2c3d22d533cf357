public import XML

/// What a transaction makes of objects: a new content, or nothing.
public struct Edits: Sendable {
    public private(set) var changed: [ObjectID: Element] = [:]
    public private(set) var removed: Set<ObjectID> = []
    /// Objects that the live CIB does not have, in the order in which they are added.
    public private(set) var added: [CIBObject] = []

    public init() {}

    public var isEmpty: Bool { changed.isEmpty && removed.isEmpty && added.isEmpty }

    var objects: [ObjectID] { Array(changed.keys) + removed + added.map(\.id) }

    public mutating func change(_ id: ObjectID, to element: Element) { changed[id] = element }
    public mutating func remove(_ id: ObjectID) { removed.insert(id) }
    public mutating func add(_ object: CIBObject) { added.append(object) }
}

extension CIB {
    /// The CIB with the edits made, its version one epoch on. What is not edited is the same to the letter.
    public func applying(_ edits: Edits) -> CIB {
        guard !edits.isEmpty else { return self }
        var configuration = self.configuration
        let sections = Set(edits.objects.map(\.section))
        for name in sections.sorted() where !name.isEmpty {
            let children = name == "resources" ? ResourceTree(self, edits).roots : children(of: name, edits)
            if let index = configuration.children.firstIndex(where: { $0.name == name }) {
                configuration.children[index].children = children
            } else {
                configuration.children.append(Element(name, [], children: children))
            }
        }
        return CIB(root.with(configuration, version: version.next))
    }

    /// The same configuration, as the successor of another version.
    public func following(_ current: CIB) -> CIB {
        CIB(root.with(configuration, version: current.version.next))
    }

    private func children(of section: String, _ edits: Edits) -> [Element] {
        let live = configuration.first(section)?.children ?? []
        let kept: [Element] = live.compactMap { child in
            guard let id = Self.id(of: child, in: section) else { return child }
            return edits.removed.contains(id) ? nil : edits.changed[id] ?? child
        }
        return kept + edits.added.filter { $0.id.section == section }.map(\.element)
    }
}

extension Element {
    fileprivate func with(_ configuration: Element, version: Version) -> Element {
        var root = self
        root.children = children.map { $0.name == "configuration" ? configuration : $0 }
        root["admin_epoch"] = String(version.adminEpoch)
        root["epoch"] = String(version.epoch)
        root["num_updates"] = String(version.updates)
        return root
    }
}

/// The resources as they nest after the edits.
private struct ResourceTree {
    private var elements: [String: Element] = [:]
    private var parents: [String: String] = [:]
    private let live: [Element]
    private let added: [String]
    private let touched: Set<String>
    private let order: [String]

    init(_ cib: CIB, _ edits: Edits) {
        let resources = cib.objects.filter { $0.id.kind == .resource }
        let kept = resources.filter { !edits.removed.contains($0.id) }
        let new = edits.added.filter { $0.id.kind == .resource }
        for object in kept { elements[object.id.name] = edits.changed[object.id] ?? object.element }
        for object in new { elements[object.id.name] = object.element }
        for (name, element) in elements {
            for member in element.all(Tags.member) { parents[member.id ?? ""] = name }
        }
        live = cib.configuration.first("resources")?.children ?? []
        order = kept.map(\.id.name)
        added = new.map(\.id.name)
        touched = Self.touched(resources, edits)
    }

    /// The edited resources and all that hold them now.
    private static func touched(_ resources: [CIBObject], _ edits: Edits) -> Set<String> {
        var holders: [String: String] = [:]
        for object in resources {
            for member in object.members { holders[member] = object.id.name }
        }
        var names: Set<String> = []
        for id in edits.objects where id.kind == .resource {
            var name: String? = id.name
            while let current = name, names.insert(current).inserted { name = holders[current] }
        }
        return names
    }

    var roots: [Element] {
        var roots: [Element] = []
        var placed: Set<String> = []
        for element in live {
            guard let id = element.id else {
                roots.append(element)
                continue
            }
            guard elements[id] != nil, parents[id] == nil else { continue }
            roots.append(isUntouched(element) ? element : expanded(id))
            placed.insert(id)
        }
        for id in order + added where parents[id] == nil && !placed.contains(id) { roots.append(expanded(id)) }
        return roots
    }

    private func isUntouched(_ element: Element) -> Bool { !touched.contains(element.id ?? "") }

    private func expanded(_ id: String, depth: Int = 0) -> Element {
        guard var element = elements[id], depth < 8 else { return Element(Tags.member, ["id": id]) }
        for index in element.children.indices where element.children[index].name == Tags.member {
            element.children[index] = expanded(element.children[index].id ?? "", depth: depth + 1)
        }
        return element
    }
}
