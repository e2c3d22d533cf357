internal import CIB
internal import CRMSyntax
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Lists that are taken over: `$id-ref=x` names a list of the same kind, or a resource that has one.
enum ListReferenceRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let references = cluster.declarations.all.flatMap { declaration in
            declaration.object.element.takenOver.map { (declaration, $0.tag, $0.id) }
        }
        guard !references.isEmpty else { return [] }
        let lists = Lists(cluster.declarations.all)
        return references.filter { _, tag, id in !lists.has(tag, id) }.map { finding($0, $1, $2, lists, cluster.declarations) }
    }

    /// crmsh: "Reference not found"; crm_verify: "No match for //meta_attributes[@id='…']", and goes on without.
    private static func finding(_ holder: Declaration, _ tag: String, _ id: String, _ lists: Lists, _ all: Declarations) -> Finding {
        let name = holder.object.id.name
        if all.contains(ObjectID(.resource, id)) || lists.ids.contains(id) {
            return Finding(
                .danglingList, "\(name) takes over \(words[tag] ?? tag) of \"\(id)\", which has none", at: holder.place(of: id),
                remedy: "name another one, or write the list here")
        }
        return Finding(
            .danglingList, "\(name) takes over the list \"\(id)\", and none is declared with that id", at: holder.place(of: id),
            remedy: didYouMean(id, among: lists.ids) ?? "give the list meant this id, with $id=\(id)")
    }

    private static let words = ["instance_attributes": "the params", "meta_attributes": "the meta attributes", "operations": "the operations"]
}

/// What can be taken over.
private struct Lists {
    private var known: Set<Key> = []
    private(set) var ids: Set<String> = []

    private struct Key: Hashable { let tag, id: String }

    /// The parts of what has no id yet get one when they come into the cluster, and may be named by it here.
    init(_ declarations: [Declaration]) {
        for declaration in declarations {
            let object = declaration.object
            CRMIdentifiers().filling(object.element).walk { if let id = $0.id, !$0.isReference { insert($0.name, id) } }
            for part in object.element.children where part["id-ref"] == nil { insert(part.name, object.id.name) }
        }
    }

    private mutating func insert(_ tag: String, _ id: String) {
        known.insert(Key(tag: tag, id: id))
        ids.insert(id)
    }

    func has(_ tag: String, _ id: String) -> Bool { known.contains(Key(tag: tag, id: id)) }
}

extension Element {
    /// The lists that it takes over from elsewhere, by their kind and their id.
    fileprivate var takenOver: [(tag: String, id: String)] {
        guard name != "nvpair" else { return [] }
        let own = self["id-ref"].map { [(name, $0)] } ?? []
        return children.isEmpty ? own : own + children.flatMap(\.takenOver)
    }
}
