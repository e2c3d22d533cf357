internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Lists of pairs that say a thing twice, or take over what is no pair.
enum PairRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let declarations = cluster.declarations
        let lists = ListsByID(declarations.all)
        let within = cluster.subjects.flatMap { repeated(in: $0) + competing(in: $0, lists) + misplaced(in: $0, declarations) }
        guard cluster.isWhole else { return within }
        return within + ObjectID.Kind.allCases.filter(\.isSet).flatMap { competing(sets: Array(declarations.all(of: $0))) }
    }

    /// Two sets of options, which are objects of their own, with the same weight.
    private static func competing(sets: [Declaration]) -> [Finding] {
        guard sets.count > 1 else { return [] }
        return sets.enumerated().flatMap { index, set -> [Finding] in
            let element = set.object.element
            guard element.first("rule") == nil, element["id-ref"] == nil else { return [] }
            let former = sets[..<index].map(\.object.element).filter { $0.first("rule") == nil && $0.competes(with: element) }
            let names = Set(element.pairNames).intersection(former.flatMap(\.pairNames))
            return names.sorted().map { name in
                Finding(
                    .repeatedPair, "\(set.object.id.name) sets \(name), and so does another set that holds as much", at: set.place(of: name),
                    remedy: "keep one of the two; or give one of the sets a higher score")
            }
        }
    }

    private static func repeated(in declaration: Declaration) -> [Finding] {
        var names: [String] = []
        declaration.object.element.walk { element in
            guard Tags.isAttributeSet(element.name) else { return }
            var seen: Set<String> = []
            names += element.children.compactMap { $0["name"] }.filter { !seen.insert($0).inserted }
        }
        return names.map { name in
            Finding(
                .repeatedPair, "\(declaration.object.id.name) sets \(name) twice in one list", at: declaration.place(ofLast: name),
                remedy: "keep one of the two; Pacemaker takes the first")
        }
    }

    /// Two lists that both always hold, with the same weight.
    private static func competing(in declaration: Declaration, _ known: ListsByID) -> [Finding] {
        guard !declaration.object.element.children.isEmpty else { return [] }
        var names: Set<String> = []
        declaration.object.element.walk { element in
            let lists = element.children.filter { Tags.isAttributeSet($0.name) }.map(known.resolved).filter { $0.first("rule") == nil }
            for (index, list) in lists.enumerated() {
                for other in lists[(index + 1)...] where list.competes(with: other) {
                    names.formUnion(Set(list.pairNames).intersection(other.pairNames))
                }
            }
        }
        return names.sorted().map { name in
            Finding(
                .repeatedPair, "\(declaration.object.id.name) sets \(name) in two lists that both hold", at: declaration.place(ofLast: name),
                remedy: "keep one of the two; Pacemaker 2.1.5 takes the last")
        }
    }

    /// `@id` takes over a pair of another list; what is declared under that id is no pair.
    private static func misplaced(in declaration: Declaration, _ declarations: Declarations) -> [Finding] {
        var references: [String] = []
        declaration.object.element.walk { if $0.name == "nvpair", let id = $0["id-ref"] { references.append(id) } }
        return references.compactMap { id in
            guard let kind = declarations.kind(named: id) else { return nil }
            return Finding(
                .misplacedPair, "\(declaration.object.id.name) takes over the pair \(id), and that is a \(kind)",
                at: declaration.place(of: "@" + id), remedy: "write \"primitive NAME @TEMPLATE\" for a template, or the pair itself")
        }
    }
}

/// The lists that may be taken over: by an id of their own, or by the name of what has them.
private struct ListsByID {
    private var known: [String: Element] = [:]

    init(_ declarations: [Declaration]) {
        guard declarations.contains(where: { $0.object.element.takesOverLists }) else { return }
        for declaration in declarations {
            declaration.object.element.walk { holder in
                for list in holder.children where Tags.isAttributeSet(list.name) && list["id-ref"] == nil {
                    for id in [list.id, holder.id].compactMap(\.self) where known["\(list.name) \(id)"] == nil { known["\(list.name) \(id)"] = list }
                }
            }
        }
    }

    /// The list itself, or the one that it takes over.
    func resolved(_ list: Element) -> Element { list["id-ref"].map { known["\(list.name) \($0)"] ?? Element(list.name) } ?? list }
}

extension Element {
    fileprivate var takesOverLists: Bool {
        children.contains { Tags.isAttributeSet($0.name) && $0["id-ref"] != nil || $0.takesOverLists }
    }
}

extension Declarations {
    /// What is declared under an id that is no list's and no pair's.
    func kind(named id: String) -> String? {
        [.resource, .constraint, .tag].lazy.compactMap { self[ObjectID($0, id)]?.object.element.name }.first
    }
}
