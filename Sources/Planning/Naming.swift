internal import CIB
internal import CRMSyntax
internal import XML

extension CIB {
    /// The objects with an id for every part of them that has none yet, as crmsh would name it.
    ///
    /// Only the ids that are made up are looked for in the CIB, in one walk; the set of all that it has would be the
    /// largest thing in memory. Those that are taken get a number in the next round.
    func naming(_ drafts: [CIBObject]) -> [CIBObject] {
        var taken: Set<String> = []
        while true {
            var identifiers = CRMIdentifiers(isUsed: taken.contains)
            let named = drafts.map { $0.named(by: &identifiers) }
            let clashes = usedIDs(among: identifiers.made)
            guard !clashes.isSubset(of: taken) else { return named }
            taken.formUnion(clashes)
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
