internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Clones and bundles that Pacemaker can't have as they are.
enum CloneRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.compactMap { declaration in
            switch declaration.object.element.name {
            case "clone", "master": crowded(declaration, cluster.inherited)
            case "bundle": unreachable(declaration)
            default: nil
            }
        }
    }

    /// "anonymous clones support only one instance per node" (crm_verify)
    private static func crowded(_ declaration: Declaration, _ options: ResourceTree) -> Finding? {
        guard let number = options.meta("clone-node-max", of: declaration.object), Int(number).map({ $0 > 1 }) ?? false,
            !options.isTrue("globally-unique", of: declaration.object)
        else { return nil }
        return Finding(
            .crowdedClone, "\(declaration.object.id.name) can't have \(number) instances on a node: they could not be told apart",
            at: declaration.valuePlace(number, of: "clone-node-max") ?? declaration.place(of: "clone-node-max"),
            remedy: "add globally-unique=true, or write clone-node-max=1")
    }

    /// "Cannot control … inside … without either ip-range-start or control-port" (crm_verify)
    private static func unreachable(_ declaration: Declaration) -> Finding? {
        let bundle = declaration.object
        let network = bundle.element.first("network")
        guard !bundle.members.isEmpty, network?["ip-range-start"] == nil, network?["control-port"] == nil else { return nil }
        return Finding(
            .unreachableBundle, "\(bundle.id.name) has neither ip-range-start nor control-port, and Pacemaker can't reach what is inside it",
            at: declaration.place(of: bundle.id.name), remedy: "add \"network ip-range-start=ADDRESS\" or \"network control-port=3121\"")
    }
}
