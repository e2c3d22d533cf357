internal import CIB
internal import XML

/// Passwords that git only refers to (`@ID:passwd`): the cluster has the only copy, and who is renamed has to take it along.
struct MovedSecrets {
    /// The pairs of the objects that go, by their XML id.
    private let pairs: [String: Element]

    init(of live: CIB, removing removed: Set<ObjectID>) {
        var pairs: [String: Element] = [:]
        for object in live.objects where removed.contains(object.id) {
            object.element.walk { if $0.name == "nvpair", $0["value"] != nil, let id = $0.id { pairs[id] = $0 } }
        }
        self.pairs = pairs
    }

    /// An object that refers to a pair of one that goes - it was renamed, say - takes the pair over, id and all: so the reference goes on
    /// to mean it.
    func takenOver(by element: Element) -> Element {
        guard !pairs.isEmpty else { return element }
        if element.name == "nvpair" { return element["id-ref"].flatMap { pairs[$0] } ?? element }
        var element = element
        element.children = element.children.map(takenOver)
        return element
    }
}
