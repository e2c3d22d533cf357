public import XML

// Ids that carry no meaning: every tool makes them up in its own way, and only has to make them up once.
extension Element {
    /// The labels of what is in the element.
    public var labels: [String] { children.flatMap { $0.ownLabel + $0.labels } }

    private var ownLabel: [String] { idHasMeaning ? [] : id.map { [$0] } ?? [] }

    /// Takes the labels away for which that is so, asked in document order.
    public mutating func dropLabels(where isUnwanted: (String) -> Bool) {
        for index in children.indices {
            if let label = children[index].ownLabel.first, isUnwanted(label) { children[index].id = nil }
            children[index].dropLabels(where: isUnwanted)
        }
    }
}
