internal import CIB
internal import CRMSyntax
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Ids, which a CIB has once, whatever they name; and lists that are taken over by their id. Within a file the parser
/// has seen to the first.
enum IdentityRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let all = cluster.declarations.all
        var owners: [String: Declaration] = [:]
        var findings: [Finding] = []
        for declaration in all {
            for id in declaration.ids {
                guard let first = owners[id] else {
                    owners[id] = declaration
                    continue
                }
                findings += clash(id, first, declaration)
            }
        }
        return findings + all.flatMap { dangling(in: $0, cluster.declarations, owners) }
    }

    private static func clash(_ id: String, _ first: Declaration, _ second: Declaration) -> [Finding] {
        guard let former = first.place(of: id), let place = second.place(of: id), former.file != place.file else { return [] }
        return [
            Finding(
                .repeatedObject, "\"\(id)\" is the id of something else already, in \(former.file):\(former.line)", at: place,
                remedy: "an id names one thing: rename one of the two")
        ]
    }

    /// `$id-ref=x`: "x" is a list, or a resource that has such a list.
    private static func dangling(in declaration: Declaration, _ declarations: Declarations, _ owners: [String: Declaration]) -> [Finding] {
        var references: [String] = []
        declaration.object.element.walk { element in
            guard element.name != "nvpair", let id = element["id-ref"], owners[id] == nil else { return }
            references.append(id)
        }
        return references.map { id in
            Finding(
                .danglingList, "\(declaration.object.id.name) takes over the list \"\(id)\", and none is declared with that id",
                at: declaration.place(of: id), remedy: didYouMean(id, among: owners.keys) ?? "give the list meant this id, with $id=\(id)")
        }
    }
}

extension Declaration {
    /// What the CIB will know it and its parts by, as far as the text says; of nodes only the parts: "nodes and resources can
    /// have colliding ids" (crmsh, cibconfig.py).
    fileprivate var ids: [String] {
        var ids = object.id.kind == .node || object.id.kind == .aclTarget ? [] : [object.id.name]
        for part in object.element.children {
            part.walk { if let id = $0.id, !CRMIdentifiers.isReference($0) { ids.append(id) } }
        }
        return ids
    }
}
