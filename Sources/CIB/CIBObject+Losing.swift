public import XML

extension CIBObject {
    /// What is left of a tag, or of a constraint on sets, when resources go; nil for what makes no sense without them.
    ///
    /// As crmsh's `delete` leaves it ("delete_rscref" and "silly_constraint" in xmlutil.py, crmsh 4.4.1): an order or colocation takes two, and
    /// of two it becomes a pair, but for two in one set without an order, and sets of which any one will do.
    public func losing(_ isGone: (String) -> Bool) -> Element? {
        guard id.kind == .tag || id.kind == .constraint else { return element }
        if id.kind == .tag { return element.removing("obj_ref", where: isGone) }
        guard element.first("resource_set") != nil else { return references.contains(where: isGone) ? nil : element }
        var rest = element
        rest.children = element.children.compactMap { $0.name == "resource_set" ? $0.removing("resource_ref", where: isGone) : $0 }
        let sets = rest.all("resource_set")
        let count = sets.reduce(0) { $0 + $1.children.count }
        guard element.name == "rsc_order" || element.name == "rsc_colocation" else { return count > 0 ? rest : nil }
        guard count > 1 else { return nil }
        let isOneStep = sets.contains { $0.isFalse("require-all") || $0.children.count > 1 && $0.isFalse("sequential") }
        return count == 2 && !isOneStep ? rest.pair(of: sets) : rest
    }
}

extension Element {
    fileprivate func isFalse(_ attribute: String) -> Bool { self[attribute].map { Scalar.boolean.same($0, "false") } ?? false }

    /// Nil where no reference is left.
    fileprivate func removing(_ reference: String, where isGone: (String) -> Bool) -> Element? {
        var rest = self
        rest.children.removeAll { $0.name == reference && isGone($0.id ?? "") }
        return rest.children.isEmpty ? nil : rest
    }

    /// A constraint on two members of sets as one on two resources.
    fileprivate func pair(of sets: [Element]) -> Element {
        var pair = self
        pair.children.removeAll { $0.name == "resource_set" }
        let members = sets.flatMap { set in set.all("resource_ref").map { (id: $0.id, set: set) } }
        if name == "rsc_order" {
            let actions = members.map { $0.set["action"] }
            (pair["first"], pair["then"]) = (members[0].id, members[1].id)
            pair["first-action"] = actions[0]
            // A set without an action is started; the second of two resources does what the first one does.
            pair["then-action"] = actions[1] ?? (actions[0] == nil ? nil : "start")
        } else {
            // A set is placed with the next one; in one set, each with the one before.
            let (one, other) = sets.count == 1 ? (members[1], members[0]) : (members[0], members[1])
            (pair["rsc"], pair["with-rsc"]) = (one.id, other.id)
            (pair["rsc-role"], pair["with-rsc-role"]) = (one.set["role"], other.set["role"])
        }
        return pair
    }
}
