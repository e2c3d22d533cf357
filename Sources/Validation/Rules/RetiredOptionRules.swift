internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// "default-resource-stickiness" and its like were cluster options until Pacemaker 1.0. A cluster with a schema of that time has them still, and only
/// who knows the live schema can tell: on the way to a plan that is the planner.
enum RetiredOptionRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.declarations.all(of: .properties).flatMap { declaration in
            declaration.object.element.children.compactMap { pair in
                guard let name = pair["name"], let successor = Schema.successor(ofOption: name, value: pair["value"] ?? "") else { return nil }
                return Finding(
                    .retiredOption, "the cluster option \(name) no longer exists", at: declaration.place(of: name),
                    remedy: "write \"\(successor)\" instead")
            }
        }
    }
}
