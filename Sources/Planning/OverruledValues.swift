internal import CIB
internal import Diagnostics
internal import Repository
internal import XML

/// Values of git that are in the cluster and have no effect there: another list or set, which git does not have and which nothing touches, has its
/// way.
struct OverruledValues {
    let live: CIB
    let edits: Edits
    let desired: DesiredState
    /// The live sets of options that stand for declared ones of another name.
    let counterparts: [ObjectID: ObjectID]

    var warnings: [Finding] { ofObjects + ObjectID.Kind.allCases.filter(\.isSet).flatMap(ofSets) }

    private var ofObjects: [Finding] {
        desired.declarations.flatMap { declaration -> [Finding] in
            let object = declaration.object
            guard !object.id.kind.isSet, let present = live[object.id]?.element else { return [] }
            let wanted = edits.changed[object.id] ?? present
            guard wanted.hasSeveralLists else { return [] }
            return Tags.attributeLists.flatMap { tag in
                compare(object.element.all(tag), wanted.all(tag)) { name in (object.id.name, declaration.place(of: name), "list") }
            }
        }
    }

    private func ofSets(_ kind: ObjectID.Kind) -> [Finding] {
        let declared = Array(desired.declared.all(of: kind))
        guard !declared.isEmpty else { return [] }
        let staying = live.objects.filter { $0.id.kind == kind && !edits.removed.contains($0.id) }
        guard !staying.isEmpty, declared.count < staying.count + edits.added.count else { return [] }
        let present =
            staying.map { (id: $0.id, element: edits.changed[$0.id] ?? $0.element) }
            + edits.added.filter { $0.id.kind == kind }.map { (id: $0.id, element: $0.element) }
        let order = edits.order[kind] ?? present.map(\.id)
        let wanted = present.sorted { (order.firstIndex(of: $0.id) ?? 0) < (order.firstIndex(of: $1.id) ?? 0) }
        // In git a set may have no id in its text: its object has.
        let own = declared.map { declaration in
            var element = declaration.object.element
            element.id = (counterparts[declaration.object.id] ?? declaration.object.id).name
            return element
        }
        return compare(own, wanted.map(\.element)) { name in
            let owner = declared.last { $0.object.element.children.contains { $0["name"] == name } }
            return (kind.rawValue, owner?.place(of: name), "set")
        }
    }

    private func compare(
        _ own: [Element], _ wanted: [Element], _ describe: (String) -> (holder: String, place: Place?, what: String)
    ) -> [Finding] {
        guard wanted.count > 1 else { return [] }
        let inForce = wanted.settled
        return own.settled.sorted { $0.key < $1.key }.compactMap { name, said in
            guard let winner = inForce[name], let tag = own.first?.name else { return nil }
            let kind = Schema.kind(ofPair: name, in: tag)
            guard let value = said.pair["value"], let other = winner.pair["value"], !kind.same(value, other) else { return nil }
            let isThere = wanted.contains { list in
                !list.hasRule && list.children.contains { $0["name"] == said.pair["name"] && $0["value"].map { kind.same($0, value) } ?? false }
            }
            guard isThere else { return nil }
            let (holder, place, what) = describe(said.pair["name"] ?? name)
            let (mine, theirs) = (said.pair.maskingSecrets()["value"] ?? "", winner.pair.maskingSecrets()["value"] ?? "")
            return .warning(
                "\(holder): \(name)=\(mine) has no effect, since the \(what) \(winner.list.setName ?? ""), which is not in the repository, says "
                    + "\(theirs) and has its way", at: place, remedy: "declare that \(what) too, or remove \(name) from it in the cluster")
        }
    }
}

extension Element {
    fileprivate var hasSeveralLists: Bool {
        children.count > 1
            && Tags.attributeLists.contains { tag in children.count(where: { $0.name == tag }) > 1 }
    }
}

extension [Element] {
    /// The pair of each name that counts, and the list that it stands in, as far as no rule decides.
    fileprivate var settled: [String: (pair: Element, list: Element)] {
        var settled: [String: (pair: Element, list: Element)] = [:]
        for list in byWeight {
            for pair in list.children.reversed() where pair.name == "nvpair" {  // in one list the first counts
                guard let name = pair["name"] else { continue }
                settled[Schema.canonicalName(ofPair: name, in: list.name)] = (pair, list)
            }
        }
        return settled
    }
}
