internal import CIB
internal import CRMSyntax
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Lists and pairs that are taken over: `$id-ref=x` names a list of the same kind, or a resource that has one, `@x` a pair.
enum ListReferenceRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let references = cluster.declarations.all.flatMap { declaration in
            declaration.object.element.takenOver(by: declaration.object.id.name).map { (declaration, $0.tag, $0.id) }
        }
        guard !references.isEmpty else { return [] }
        let lists = Lists(cluster.declarations.all)
        // A pair of an object that is none is another matter.
        let missing = references.filter { _, tag, id in !lists.has(tag, id) && (tag != "nvpair" || cluster.declarations.kind(named: id) == nil) }
        return missing.map { finding($0, $1, $2, lists, cluster.declarations) }
    }

    /// crmsh: "Reference not found"; crm_verify: "No match for //meta_attributes[@id='…']", and goes on without.
    private static func finding(_ holder: Declaration, _ tag: String, _ id: String, _ lists: Lists, _ all: Declarations) -> Finding {
        let name = holder.object.id.name
        guard tag != "nvpair" else { return pair(holder, id, lists) }
        if all.contains(ObjectID(.resource, id)) || lists.ids.contains(id) {
            return Finding(
                .danglingList, "\(name) takes over \(words[tag] ?? tag) of \"\(id)\", which has none", at: holder.place(of: id),
                remedy: "name another one, or write the list here")
        }
        return Finding(
            .danglingList, "\(name) takes over the list \"\(id)\", and none is declared with that id", at: holder.place(of: id),
            remedy: didYouMean(id, among: lists.ids) ?? "give the list meant this id, with $id=\(id)")
    }

    private static func pair(_ holder: Declaration, _ id: String, _ lists: Lists) -> Finding {
        var name: String?
        holder.object.element.walk { if $0["id-ref"] == id { name = $0["name"] } }
        return Finding(
            .danglingList, "\(holder.object.id.name) takes over the pair \"\(id)\", and none is declared with that id",
            at: holder.place(of: "@" + id + (name.map { ":" + $0 } ?? "")),
            remedy: didYouMean(id, among: lists.ids) ?? "write NAME=VALUE, or give the pair meant this id, with $\(id):NAME")
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
    /// The lists and pairs that it takes over from elsewhere, by their kind and their id. A password stands in the cluster alone: the pair is its own
    /// there, as import writes it, or has a telling name.
    fileprivate func takenOver(by holder: String) -> [(tag: String, id: String)] {
        let own = self["id-ref"].flatMap { id in keepsValue(id, of: holder) ? nil : [(name, id)] } ?? []
        return children.isEmpty ? own : own + children.flatMap { $0.takenOver(by: holder) }
    }

    private func keepsValue(_ id: String, of holder: String) -> Bool {
        guard name == "nvpair", let option = self["name"] else { return false }
        return option.announcesSecret || id.hasPrefix(holder + "-")
    }
}
