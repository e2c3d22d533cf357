internal import CIB

extension Plan {
    /// Whether any of the resources is a primitive that stands for a DRBD resource.
    func standsForDRBD(_ names: [String]) -> Bool {
        guard !names.isEmpty else { return false }
        let tree = live.resourceTree
        return names.contains { tree[$0].flatMap(tree.drbdResource) != nil }
    }

    /// Primitives that will stand for another DRBD resource, and what clones them: the former one is taken down first, and is to be stopped for that.
    var rededicatedResources: [String] {
        let changed = edits.changed.filter { $0.key.kind == .resource }
        guard !changed.isEmpty else { return [] }
        let (before, after) = (live.resourceTree, wanted.resourceTree)
        let primitives = Set(
            changed.keys.filter { id in
                guard let former = live[id].flatMap(before.drbdResource), let object = after[id.name] else { return false }
                return former != after.drbdResource(of: object)
            }.map(\.name))
        guard !primitives.isEmpty else { return [] }
        let clones = live.objects.filter { $0.id.kind == .resource && !$0.members.isEmpty && $0.members.allSatisfy(primitives.contains) }
        return (primitives + clones.map(\.id.name)).filter { !edits.removed.contains(ObjectID(.resource, $0)) }.sorted()
    }
}
