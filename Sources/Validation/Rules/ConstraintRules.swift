internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Constraints on what can't have any.
enum ConstraintRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.flatMap { $0.object.id.kind == .constraint ? selfish($0) + hidden(in: $0, cluster) : [] }
    }

    /// Pacemaker says nothing of `order o p p`, and ends in "Triggered fatal assertion" where a set has a clone twice.
    private static func selfish(_ declaration: Declaration) -> [Finding] {
        let element = declaration.object.element
        var seen: Set<String> = []
        let again = element.ends.filter { !seen.insert($0).inserted }
        return Set(again.compactMap { $0.split(separator: " ").first }).sorted().map { name in
            Finding(
                .selfReference, "\(declaration.object.id.name) ties \(name) to itself", at: declaration.place(ofLast: String(name)),
                remedy: "name another resource, or remove the constraint")
        }
    }

    /// "Ignoring constraint '…' because '…' is not a valid resource or tag" (crm_verify): a clone's parts have no names of their own.
    private static func hidden(in declaration: Declaration, _ cluster: DeclaredCluster) -> [Finding] {
        Set(declaration.object.references).sorted().compactMap { name in
            if let (container, kind) = cluster.hiding(name) {
                return Finding(
                    .clonedReference, "\(declaration.object.id.name) refers to \(name), which is inside the \(kind) \(container)",
                    at: declaration.place(of: name), remedy: "write \(container)")
            }
            return indirectlyHidden(name, in: declaration, cluster)
        }
    }

    /// By a tag or a template: "No resource found for …", "No resource is derived from template '…'" (crm_verify).
    private static func indirectlyHidden(_ name: String, in declaration: Declaration, _ cluster: DeclaredCluster) -> Finding? {
        let id = declaration.object.id.name
        guard let meanings = cluster.graph.meanings[name] else {
            guard cluster.declarations[ObjectID(.resource, name)]?.object.element.name == "template" else { return nil }
            return Finding(
                .clonedReference, "\(id) refers to the template \(name), and no resource is made from it", at: declaration.place(of: name),
                remedy: "name a resource")
        }
        for member in meanings {
            guard let (container, kind) = cluster.hiding(member) else { continue }
            return Finding(
                .clonedReference, "\(id) refers to \(name), which stands for \(member), inside the \(kind) \(container)",
                at: declaration.place(of: name),
                remedy: "name \(container) itself")
        }
        return nil
    }
}

extension DeclaredCluster {
    /// The clone or bundle that a resource is in, and which of the two it is.
    fileprivate func hiding(_ name: String) -> (container: String, kind: String)? {
        let container = graph.outermost(name)
        guard container != name, let kind = outermost(name)?.object.element.name, kind != "group" else { return nil }
        return (container, kind)
    }
}

extension Element {
    /// The resources of an order or colocation, with what is to be done to each.
    fileprivate var ends: [String] {
        switch name {
        case "rsc_order":
            let plain = [self["first"].map { ($0, self["first-action"]) }, self["then"].map { ($0, self["then-action"]) }]
            return plain.compactMap { $0.map { "\($0) \($1 ?? "")" } } + setMembers("action")
        case "rsc_colocation": return [self["rsc"], self["with-rsc"]].compactMap { $0.map { "\($0) " } } + setMembers("role")
        default: return []
        }
    }

    private func setMembers(_ qualifier: String) -> [String] {
        all("resource_set").flatMap { set in set.children.compactMap { $0.id.map { "\($0) \(set[qualifier] ?? "")" } } }
    }
}
