internal import CIB
internal import Diagnostics
internal import Repository
internal import XML

/// Passwords that git only refers to (`@ID:passwd`): the cluster has the only copy, and a plan that deletes the object has to do something
/// about it.
struct MovedSecrets {
    /// The pairs of the objects that go, by their XML id.
    private let pairs: [String: Element]
    private let going: [CIBObject]

    init(of live: CIB, removing removed: Set<ObjectID>) {
        going = live.objects.filter { removed.contains($0.id) }
        var pairs: [String: Element] = [:]
        for object in going {
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

    /// What nobody has any more: git has a reference only, and no object takes it over.
    func losses(among drafts: [Element], base: DesiredState?) -> [Finding] {
        guard !pairs.isEmpty else { return [] }
        var kept: Set<String> = []
        for draft in drafts { draft.walk { if $0.name == "nvpair", let id = $0.id { kept.insert(id) } } }
        return going.compactMap { object in
            guard let declared = base?[object.id]?.object.element else { return nil }
            var lost: [String] = []
            declared.walk { pair in
                guard pair.name == "nvpair", let id = pair["id-ref"], !kept.contains(id), let name = pairs[id]?["name"] else { return }
                lost.append(name)
            }
            guard !lost.isEmpty else { return nil }
            return .warning(
                "\(object.id.name) goes, and with it the only copy of its \(lost.joined(separator: ", ")): git only refers to it, and a revert can't bring it back",
                remedy: "note the value down first: \"cibadmin --query --xpath \"//*[@id='\(object.id.name)']\"\"")
        }
    }
}
