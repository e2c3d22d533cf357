internal import CIB
internal import Steps
internal import XML

/// The order of sets of options in their section. Of two that say the same thing otherwise one has its way, by their order.
struct SetOrder {
    let kind: ObjectID.Kind
    /// All sets of the kind as they stand after the edits: those that are live, then those that are added.
    let present: [CIBObject]
    let wanted: [CIBObject]

    /// Nil where nothing depends on it, or it is as it should be.
    init?(_ kind: ObjectID.Kind, of live: CIB, after edits: Edits, declared: [ObjectID]) {
        let staying = live.objects.lazy.filter { $0.id.kind == kind && !edits.removed.contains($0.id) }
        present =
            staying.map { CIBObject(id: $0.id, element: edits.changed[$0.id] ?? $0.element) }
            + edits.added.filter { $0.id.kind == kind }
        guard Set(present.map(\.id)).count == present.count else { return nil }  // references to one set, which say nothing twice
        let ranks = Dictionary(zip(declared, declared.indices), uniquingKeysWith: { first, _ in first })
        let known = present.filter { ranks[$0.id] != nil }
        guard known.map(\.element).compete else { return nil }
        wanted = arranged(present) { ranks[$0.id] }
        guard wanted.map(\.id) != present.map(\.id) else { return nil }
        self.kind = kind
    }

    /// What a reader sees of it, where sets that are there change places; one that is new stands where it belongs from the start.
    func change(in live: CIB) -> Change? {
        let isThere = { (set: CIBObject) in live[set.id] != nil }
        let (before, after) = (present.filter(isThere).map(\.id.name), wanted.filter(isThere).map(\.id.name))
        guard before != after, let moved = wanted.first(where: isThere) else { return nil }
        let order = FieldChange(path: FieldPath(["order"]), old: .members(before), new: .members(after))
        return Change(.change, moved.id, tag: moved.element.name, fields: [order])
    }
}
