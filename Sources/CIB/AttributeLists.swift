public import XML

// Of several lists of one kind Pacemaker looks at the one with the higher score first; among equals the order decides (crm_resource
// --meta --get-parameter, Pacemaker 2.1.5: the last one has its way).
extension Element {
    public var hasRule: Bool { children.contains { $0.name == "rule" } }

    /// Its own id, or that of the list that it takes over.
    public var listName: String? { id ?? self["id-ref"] }

    /// Whether two lists have a name in common.
    func sharesName(with other: Element) -> Bool {
        let names = pairNames
        return !names.isEmpty && !names.isDisjoint(with: other.pairNames)
    }

    /// Whether it depends on the order of the two which value counts. One that is taken over from elsewhere (`id-ref`) may say anything.
    public func competes(with other: Element) -> Bool {
        guard name == other.name else { return false }
        return self["id-ref"] != nil || other["id-ref"] != nil
            || Scalar.score.same(self["score"] ?? "0", other["score"] ?? "0") && sharesName(with: other)
    }

    /// What a list sets, by the names of today.
    public var pairNames: Set<String> {
        Set(children.lazy.compactMap { $0.name == "nvpair" ? $0["name"] : nil }.map { Schema.canonicalName(ofPair: $0, in: name) })
    }
}

extension [Element] {
    /// The lists that always hold, from the one that counts least to the one that has its way. Of sets of cluster options "cib-bootstrap-options"
    /// does, whatever its score.
    public var byWeight: [Element] {
        let weights = map { list in list.id == "cib-bootstrap-options" ? Int.max : list["score"].map { parseScore($0) ?? 0 } ?? 0 }
        let plain = indices.filter { self[$0]["id-ref"] == nil && !self[$0].hasRule }
        return plain.sorted { (weights[$0], $0) < (weights[$1], $1) }.map { self[$0] }
    }

    /// Whether the order of these lists decides anything.
    public var compete: Bool {
        count > 1 && indices.contains { i in self[(i + 1)...].contains { self[i].competes(with: $0) } }
    }
}

/// Puts what git knows into git's order; the rest stays behind what it stands behind now.
public func arranged<Item>(_ items: [Item], rank: (Item) -> Int?) -> [Item] {
    let known = items.filter { rank($0) != nil }.sorted { (rank($0) ?? 0) < (rank($1) ?? 0) }
    var followers: [[Item]] = Array(repeating: [], count: known.count + 1)
    let places = Dictionary(known.enumerated().map { (rank($0.element) ?? 0, $0.offset + 1) }, uniquingKeysWith: { first, _ in first })
    var place = 0
    for item in items {
        if let rank = rank(item) { place = places[rank] ?? place } else { followers[place].append(item) }
    }
    return followers[0] + zip(known, followers.dropFirst()).flatMap { [$0] + $1 }
}
