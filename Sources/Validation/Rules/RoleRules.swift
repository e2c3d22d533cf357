internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Who can be promoted.
enum RoleRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.compactMap { declaration in
            guard declaration.object.id.kind == .resource, let role = declaration.object.element.meta("target-role"),
                ["Promoted", "Unpromoted"].contains(Scalar.role.canonical(role)), !cluster.promotes(declaration)
            else { return nil }
            let name = declaration.object.id.name
            return Finding(
                .misplacedRole, "\(name) can't be \(role): it is in no promotable clone", at: declaration.valuePlace(role, of: "target-role"),
                remedy: "write Started, or make the clone promotable")
        }
    }
}

extension DeclaredCluster {
    /// Whether the resource is promotable, or in something that is. What is declared elsewhere is not known.
    fileprivate func promotes(_ declaration: Declaration) -> Bool {
        guard let outermost = outermost(declaration.object.id.name) else { return true }
        switch outermost.object.element.name {
        case "bundle", "template": return true
        case "clone", "master": return inherited.isPromotable(outermost.object)
        default: return false
        }
    }
}
