internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// What groups and clones may hold: each resource once, and nothing deeper than a group in a clone.
enum MembershipRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let containers = cluster.declarations.all.filter { !$0.object.members.isEmpty }
        return shared(containers) + containers.flatMap { badlyNested(in: $0, of: cluster) }
    }

    private static func shared(_ containers: [Declaration]) -> [Finding] {
        var owners: [String: String] = [:]
        var findings: [Finding] = []
        for declaration in containers {
            let name = declaration.object.id.name
            for member in declaration.object.members {
                guard let first = owners.updateValue(name, forKey: member) else { continue }
                findings.append(
                    Finding(
                        .sharedMember, "\"\(member)\" is a member of \(first) and of \(name)", at: declaration.place(of: member),
                        remedy: "a resource is in one group or clone at most; take it out of one of them"))
            }
        }
        return findings
    }

    /// A group may be in a clone; more than that doesn't nest, and nothing contains itself.
    private static func badlyNested(in declaration: Declaration, of cluster: DeclaredCluster) -> [Finding] {
        let outer = declaration.object.element.name
        return declaration.object.members.compactMap { member in
            guard let inner = cluster.declarations[ObjectID(.resource, member)]?.object, !inner.members.isEmpty else { return nil }
            if inner.element.name == "group", outer != "group", member != declaration.object.id.name { return nil }
            return Finding(
                .badNesting, "a \(outer) can't hold the \(inner.element.name) \"\(member)\"", at: declaration.place(of: member),
                expected: outer == "group" ? "primitives" : "a primitive or a group")
        }
    }
}
