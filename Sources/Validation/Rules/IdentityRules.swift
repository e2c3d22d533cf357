internal import CIB
internal import CRMSyntax
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Ids, which a CIB has once, whatever they name. Within a file the parser has seen to it.
enum IdentityRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let all = cluster.declarations.all
        var owners = [String: Int](minimumCapacity: all.count)
        var findings: [Finding] = []
        for (index, declaration) in all.enumerated() {
            if declaration.nameIsID, let first = owners.updateValue(index, forKey: declaration.object.id.name), first != index {
                findings += clash(declaration.object.id.name, all[first], declaration)
            }
            for id in declaration.identifiers {
                if let first = owners.updateValue(index, forKey: id), first != index { findings += clash(id, all[first], declaration) }
            }
        }
        return findings
    }

    private static func clash(_ id: String, _ first: Declaration, _ second: Declaration) -> [Finding] {
        guard let former = first.place(of: id), let place = second.place(of: id), former.file != place.file else { return [] }
        return [
            Finding(
                .repeatedObject, "\"\(id)\" is the id of something else already, in \(former.file):\(former.line)", at: place,
                remedy: "an id names one thing: rename one of the two")
        ]
    }
}

extension Declaration {
    /// "nodes and resources can have colliding ids" (crmsh, cibconfig.py); of a user the id is no ID to the schema. A set that stands for
    /// another has none.
    fileprivate var nameIsID: Bool {
        object.id.kind != .node && object.id.kind != .aclTarget && object.id.kind != .fencing && object.element["id-ref"] == nil
    }
}
