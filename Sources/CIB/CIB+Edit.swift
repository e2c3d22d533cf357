public import XML

/// What a transaction makes of objects: a new content, or nothing.
public struct Edits: Sendable {
    public private(set) var changed: [ObjectID: Element] = [:]
    public private(set) var removed: Set<ObjectID> = []
    /// Objects that the live CIB does not have, in the order in which they are added.
    public private(set) var added: [CIBObject] = []
    /// Sets of options in the order in which they have to stand, by kind.
    public private(set) var order: [ObjectID.Kind: [ObjectID]] = [:]

    public init() {}

    public var isEmpty: Bool { changed.isEmpty && removed.isEmpty && added.isEmpty && order.isEmpty }

    var objects: [ObjectID] { Array(changed.keys) + removed + added.map(\.id) }

    /// References of pairs to pairs that neither the CIB nor the edits have.
    public func missingPairs(in cib: CIB) -> [(object: ObjectID, pair: String)] {
        let written = changed.map { ($0.key, $0.value) } + added.map { ($0.id, $0.element) }
        let references = written.flatMap { id, element in element.pairReferences.map { (id, $0) } }
        guard !references.isEmpty else { return [] }
        var known = cib.usedIDs(among: Set(references.map(\.1)))
        for (_, element) in written { element.walk { if let id = $0.id { known.insert(id) } } }
        return references.filter { !known.contains($0.1) }
    }

    /// Whether the object becomes another kind of thing: a clone, say, that has the name of a primitive.
    public func turns(_ object: CIBObject) -> Bool { changed[object.id].map { !$0.isSameKind(as: object.element) } ?? false }

    public mutating func change(_ id: ObjectID, to element: Element) { changed[id] = element }
    public mutating func remove(_ id: ObjectID) { removed.insert(id) }
    public mutating func add(_ object: CIBObject) { added.append(object) }
    public mutating func arrange(_ kind: ObjectID.Kind, _ sets: [ObjectID]) { order[kind] = sets }
}

extension CIB {
    /// The CIB with the edits made, its version one epoch on. What is not edited is the same to the letter.
    public func applying(_ edits: Edits) -> CIB {
        guard !edits.isEmpty else { return self }
        var configuration = self.configuration
        let sections = Set(edits.objects.map(\.section) + edits.order.values.compactMap(\.first?.section))
        for name in sections.sorted() where !name.isEmpty {
            let children = name == "resources" ? EditedResources(self, edits).roots : children(of: name, edits)
            if let index = configuration.children.firstIndex(where: { $0.name == name }) {
                configuration.children[index].children = children
            } else {
                configuration.children.append(Element(name, [], children: children))
            }
        }
        return CIB(root.with(configuration, version: version.next), status: status)
    }

    /// The same configuration, as the successor of another version.
    public func following(_ current: CIB) -> CIB {
        CIB(root.with(configuration, version: current.version.next), status: status)
    }

    private func children(of section: String, _ edits: Edits) -> [Element] {
        let live = configuration.first(section)?.children ?? []
        if section == "fencing-topology" { return levels(edits) ?? live }
        let kept: [Element] = live.compactMap { child in
            guard let id = Self.id(of: child, in: section) else { return child }
            return edits.removed.contains(id) ? nil : edits.changed[id] ?? child
        }
        let all = kept + edits.added.filter { $0.id.section == section }.map(\.element)
        guard let order = edits.order.values.first(where: { $0.first?.section == section }) else { return all }
        let ranks = Dictionary(zip(order, order.indices), uniquingKeysWith: { first, _ in first })
        return arranged(all) { child in Self.id(of: child, in: section).flatMap { ranks[$0] } }
    }
}

extension CIB {
    /// The one section that is an object itself.
    private func levels(_ edits: Edits) -> [Element]? {
        let id = ObjectID(.fencing, "fencing_topology")
        if edits.removed.contains(id) { return [] }
        return (edits.changed[id] ?? edits.added.first { $0.id == id }?.element)?.children
    }
}

extension Element {
    fileprivate var pairReferences: [String] {
        name == "nvpair" ? self["id-ref"].map { [$0] } ?? [] : children.flatMap(\.pairReferences)
    }

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
private struct EditedResources {
    private let cib: CIB
    private let edits: Edits
    private let edited: Set<String>
    private let added: [String: Element]
    /// The members of what is edited or added.
    private let claimed: Set<String>

    init(_ cib: CIB, _ edits: Edits) {
        self.cib = cib
        self.edits = edits
        let new = edits.added.filter { $0.id.kind == .resource }
        edited = Set(edits.objects.lazy.filter { $0.kind == .resource }.map(\.name))
        added = Dictionary(new.map { ($0.id.name, $0.element) }, uniquingKeysWith: { first, _ in first })
        let changed = edits.changed.lazy.filter { $0.key.kind == .resource }.map { CIBObject(id: $0.key, element: $0.value) }
        claimed = Set((changed + new).flatMap(\.members))
    }

    /// Those that nothing holds: where they stand now, then those that lost their holder, then the new ones.
    var roots: [Element] {
        let live = cib.configuration.first("resources")?.children ?? []
        let staying = live.compactMap { element in isTouched(element) ? root(element.id ?? "") : element }
        let new = edits.added.lazy.filter { $0.id.kind == .resource }.map(\.id.name)
        return staying + (orphans + new).compactMap(root)
    }

    private func root(_ name: String) -> Element? {
        claimed.contains(name) || element(name) == nil ? nil : expanded(name)
    }

    private func isTouched(_ element: Element) -> Bool {
        let name = element.id ?? ""
        return edited.contains(name) || claimed.contains(name)
            || element.children.contains { Tags.isResource($0.name) && isTouched($0) }
    }

    /// What was held by something that is removed, or that holds it no more.
    private var orphans: [String] {
        let former = cib.objects.filter { edited.contains($0.id.name) && $0.id.kind == .resource }
        return former.flatMap(\.members)
    }

    /// The resource as it will be, its members standing for themselves.
    private func element(_ name: String) -> Element? {
        let id = ObjectID(.resource, name)
        guard !edits.removed.contains(id) else { return nil }
        return edits.changed[id] ?? added[name] ?? cib[id]?.element
    }

    private func expanded(_ name: String, depth: Int = 0) -> Element {
        guard var element = element(name), depth < 8 else { return Element(Tags.member, ["id": name]) }
        for index in element.children.indices where element.children[index].name == Tags.member {
            element.children[index] = expanded(element.children[index].id ?? "", depth: depth + 1)
        }
        return element
    }
}
