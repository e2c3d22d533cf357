internal import CIB
internal import CRMSyntax
internal import XML

extension CIB {
    /// The objects with an id for every part of them that has none yet, as crmsh would name it.
    ///
    /// Only the ids that are made up are looked for in the CIB, in one walk; the set of all that it has would be the
    /// largest thing in memory. Those that are taken get a number in the next round.
    ///
    /// - Parameter isReferenced: whether something refers to an id, which is then not for us to change.
    func naming(_ drafts: [(live: CIBObject?, new: CIBObject)], isReferenced: (String) -> Bool) -> [CIBObject] {
        let drafts = withoutClashes(drafts, isReferenced)
        var taken: Set<String> = []
        while true {
            var identifiers = CRMIdentifiers(isUsed: taken.contains)
            let named = drafts.map { $0.named(by: &identifiers) }
            let clashes = usedIDs(among: identifiers.made)
            guard !clashes.isSubset(of: taken) else { return named }
            taken.formUnion(clashes)
        }
    }

    /// Statements written as `xml` bring localIDs with them, which may be those of something else in this CIB.
    private func withoutClashes(
        _ drafts: [(live: CIBObject?, new: CIBObject)], _ isReferenced: (String) -> Bool
    ) -> [CIBObject] {
        let brought = drafts.map { draft in Set(draft.new.element.localIDs).subtracting(draft.live?.element.localIDs ?? []) }
        let taken = usedIDs(among: brought.reduce(into: []) { $0.formUnion($1) })
        var seen: Set<String> = []
        return zip(drafts, brought).map { draft, brought in
            var object = draft.new
            object.element.dropLocalIDs { label in
                let isElsewhere = taken.contains(label) && brought.contains(label)
                return (!seen.insert(label).inserted || isElsewhere) && !isReferenced(label)
            }
            return object
        }
    }
}

extension CIBObject {
    fileprivate func named(by identifiers: inout CRMIdentifiers) -> CIBObject {
        var object = self
        if id.kind.isSet, element.id == nil, element["id-ref"] == nil { object.element.attributes.insert(.init("id", id.name), at: 0) }
        identifiers.fill(&object.element)
        return object
    }
}
