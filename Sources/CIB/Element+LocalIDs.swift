public import XML

// Ids that carry no meaning: every tool makes them up in its own way, and only has to make them up once.
extension Element {
    /// The localIDs of what is in the element.
    public var localIDs: [String] { children.flatMap { $0.ownLocalID + $0.localIDs } }

    private var ownLocalID: [String] { idHasMeaning ? [] : id.map { [$0] } ?? [] }

    /// Takes the localIDs away for which that is so, asked in document order.
    public mutating func dropLocalIDs(where isUnwanted: (String) -> Bool) {
        for index in children.indices {
            if let label = children[index].ownLocalID.first, isUnwanted(label) { children[index].id = nil }
            children[index].dropLocalIDs(where: isUnwanted)
        }
    }
}
