internal import XML

/// The constraint by which DRBD's fence-peer handler keeps outdated data from being promoted (crm-fence-peer.9.sh, drbd-utils 9.22):
///
///     <rsc_location rsc="$master_id" id="$id_prefix-$master_id">
///       <rule role="$role" score="-INFINITY" id="$id_prefix-rule-$master_id">
///         <expression attribute="$a" operation="ne" value="$v" …/>
extension CIBObject {
    func isDRBDFence(in tree: ResourceTree) -> Bool {
        guard let resource = element["rsc"], id.name.hasSuffix("-" + resource) else { return false }
        return tree.within(resource).contains { name in tree[name].flatMap(tree.agent) == .drbd }
    }
}

extension Element {
    /// Whether all but the resource speaks for it.
    var mayBeDRBDFence: Bool {
        guard name == "rsc_location", children.count == 1, let rule = children.first, rule.name == "rule",
            Scalar.role.same(rule["role"] ?? "", "Promoted"), Scalar.score.same(rule["score"] ?? "", "-INFINITY")
        else { return false }
        return !rule.children.isEmpty && rule.children.allSatisfy { $0.name == "expression" && $0["operation"] == "ne" }
    }
}
