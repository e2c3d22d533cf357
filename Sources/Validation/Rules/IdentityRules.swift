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
        return findings + owners.compactMap { id, index in own(id, all[index]) } + madeUp(all, owners)
    }

    /// The ids of the record of the commit last applied, which comes into every cluster.
    private static func own(_ id: String, _ declaration: Declaration) -> Finding? {
        guard id == "coxswain" || ofRecord.contains(id), declaration.object.id.kind != .properties else { return nil }
        return Finding(
            .reservedName, "\(id) is an id of Coxswain's own record in the cluster", at: declaration.place(of: id), remedy: "take another name")
    }

    private static let ofRecord = Set(
        ["applied", "begun", "good", "held", "why-held", "leader", "cluster", "path", "suspended", "ended-holds"].map { "coxswain-\($0)" })

    /// Parts without an id get one when they come into the cluster, that of what they are in and a word: `d-monitor-10s`. Only what has such a
    /// beginning is looked at.
    private static func madeUp(_ all: [Declaration], _ owners: [String: Int]) -> [Finding] {
        let nodes = Dictionary(all.enumerated().filter { $1.object.id.kind == .node }.map { ($1.object.id.name, $0) }, uniquingKeysWith: { $1 })
        let topology = all.firstIndex { $0.object.id.kind == .fencing }
        var suspects: [Int: [String]] = [:]
        for (id, index) in owners {
            for prefix in id.prefixes {
                if let owner = owners[prefix], owner != index { suspects[owner, default: []].append(id) }
            }
            guard !nodes.isEmpty || topology != nil else { continue }
            for prefix in [id] + id.prefixes {
                for owner in [nodes[prefix], prefix == "fencing" ? topology : nil].compactMap(\.self) where owner != index {
                    suspects[owner, default: []].append(id)
                }
            }
        }
        return suspects.sorted { $0.key < $1.key }.flatMap { owner, ids -> [Finding] in
            let ids = ids.filter(all[owner].object.mayMakeUp)
            guard !ids.isEmpty else { return [] }
            let made = all[owner].object.madeUpIDs
            return ids.filter(made.contains).sorted().map { id in
                let name = owners[id].map { all[$0] }
                return Finding(
                    .repeatedObject, "\"\(id)\" is the id that a part of \(all[owner].object.id.name) gets", at: name?.place(of: id),
                    remedy: "rename one of the two, or give the part an id of its own ($id=…)")
            }
        }
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

extension CIBObject {
    /// Whether an id may be one of a part's: for a resource it goes on with what the part is, or what the operation is called. `xps-101-DRBD` is none
    /// of `xps-101`.
    fileprivate func mayMakeUp(_ id: String) -> Bool {
        guard self.id.kind == .resource, id != self.id.name else { return true }
        let word = Substring(id.utf8.dropFirst(self.id.name.utf8.count + 1).prefix { $0 != UInt8(ascii: "-") })
        return element.children.contains { part in
            part.name == word || part.name == "operations" && part.children.contains { $0["name"].map { $0 == word } ?? true }
        }
    }

    /// The ids that its parts get which have none.
    fileprivate var madeUpIDs: Set<String> {
        var element = element
        if id.kind.isSet, element.id == nil, element["id-ref"] == nil { element.id = id.name }
        var identifiers = CRMIdentifiers()
        identifiers.fill(&element)
        return identifiers.made
    }
}

extension String {
    /// What stands in front of each hyphen.
    fileprivate var prefixes: some Sequence<String> {
        utf8.indices.lazy.filter { utf8[$0] == UInt8(ascii: "-") }.map { String(self[..<$0]) }
    }
}
