internal import CIB
internal import Steps

extension [Change] {
    /// Options first, then what depends on what: nodes, resources, constraints; deletions the other way round, at the end.
    var inReadingOrder: [Change] {
        let kinds: [ObjectID.Kind] = [
            .properties, .resourceDefaults, .operationDefaults, .node, .resource, .constraint, .fencing, .tag, .alert, .role,
            .aclTarget, .aclGroup, .aclUser,
        ]
        let rank = Dictionary(zip(kinds, kinds.indices), uniquingKeysWith: { first, _ in first })
        return enumerated().sorted { a, b in
            let (x, y) = (a.element, b.element)
            if (x.action == .delete) != (y.action == .delete) { return y.action == .delete }
            let order = x.action == .delete ? -1 : 1
            let (i, j) = (order * (rank[x.id.kind] ?? 0), order * (rank[y.id.kind] ?? 0))
            return i != j ? i < j : a.offset < b.offset
        }.map(\.element)
    }
}
