internal import CIB
internal import Repository
internal import XML

extension ConstraintGraph {
    mutating func add(_ constraint: CIBObject) {
        let element = constraint.element
        switch element.name {
        case "rsc_order" where element.isMandatory: addOrder(element)
        case "rsc_colocation" where Scalar.score.same(element["score"] ?? "0", "INFINITY"): addColocation(element)
        default: break
        }
    }

    /// "The action that the then resource can execute only after the first-action on the first resource has completed", by
    /// default the value of first-action (Pacemaker Explained, "Ordering Properties"). But a tag or template makes sets of
    /// both, and the action of a set is start if nothing else is said. Nil of an order of sets.
    func laterAction(of order: Element) -> String? {
        guard let first = order["first"], let then = order["then"] else { return nil }
        let usual = meanings[first] == nil && meanings[then] == nil ? order["first-action"] : nil
        return order["then-action"] ?? usual ?? "start"
    }

    /// What waits to be promoted, and never is, waits for nothing.
    private mutating func addOrder(_ order: Element) {
        let action = order["first-action"] ?? "start"
        if let first = order["first"], let then = order["then"], laterAction(of: order) == "start" {
            addOrder(of: meant(by: [then]), after: meant(by: [first]), action)
        }
        let sets = order.all("resource_set")
        for (index, earlier) in sets.enumerated() {
            if earlier.isSequential, earlier["action"] ?? "start" == "start" {
                for (first, then) in members(of: earlier).paired { orders[then, default: []].append(Edge(other: first, isToPromoted: false)) }
            }
            let later = sets.dropFirst(index + 1).filter { $0["action"] ?? "start" == "start" }.flatMap(members)
            addOrder(of: later, after: members(of: earlier), earlier["action"] ?? "start")
        }
    }

    private mutating func addOrder(of later: [String], after earlier: [String], _ action: String) {
        guard action == "start" || action == "promote" else { return }
        tie(later, to: earlier, isToPromoted: action == "promote", in: \.orders)
    }

    /// Each set goes with the one after it; within a set, each member with the one before it.
    private mutating func addColocation(_ colocation: Element) {
        if let resource = colocation["rsc"], let other = colocation["with-rsc"] {
            let isToPromoted = Self.isPromoted(colocation["with-rsc-role"])
            tie(meant(by: [resource]), to: meant(by: [other]), isToPromoted: isToPromoted, in: \.colocations)
        }
        let sets = colocation.all("resource_set")
        for (index, dependent) in sets.enumerated() {
            if dependent.isSequential {
                for (other, resource) in members(of: dependent).paired {
                    colocations[resource, default: []].append(Edge(other: other, isToPromoted: Self.isPromoted(dependent["role"])))
                }
            }
            for other in sets.dropFirst(index + 1) {
                tie(members(of: dependent), to: members(of: other), isToPromoted: Self.isPromoted(other["role"]), in: \.colocations)
            }
        }
    }

    private mutating func tie(
        _ dependents: [String], to others: [String], isToPromoted: Bool, in graph: WritableKeyPath<ConstraintGraph, [String: [Edge]]>
    ) {
        var new = others.map { Edge(other: $0, isToPromoted: isToPromoted) }
        if dependents.count > 1, others.count > 1 {
            // A knot between two sets: not each with each. No id has a blank in it.
            let knot = "knot \(self[keyPath: graph].count)"
            self[keyPath: graph][knot] = new
            new = [Edge(other: knot, isToPromoted: false)]
        }
        for dependent in dependents { self[keyPath: graph][dependent, default: []] += new }
    }

    private static func isPromoted(_ role: String?) -> Bool { Scalar.role.same(role ?? "Started", "Promoted") }

    private func members(of set: Element) -> [String] { meant(by: set.all("resource_ref").compactMap(\.id)) }

    private func meant(by names: [String]) -> [String] { names.flatMap { meanings[$0] ?? [$0] } }
}

extension [String] {
    /// Each with the one after it.
    fileprivate var paired: Zip2Sequence<[String], ArraySlice<String>> { zip(self, dropFirst()) }
}

extension Element {
    fileprivate var isMandatory: Bool { Scalar.orderKind.same(self["kind"] ?? self["score"] ?? "Mandatory", "Mandatory") }

    fileprivate var isSequential: Bool { Scalar.boolean.same(self["sequential"] ?? "true", "true") }
}
