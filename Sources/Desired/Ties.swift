internal import CIB
internal import XML

/// Which resources the constraints tie together without exception, sets included, a resource standing for all that it is a
/// member of.
struct Ties {
    private struct Pair: Hashable {
        let first: String
        let second: String
    }

    private var orders: Set<Pair> = []
    private var promotionOrders: Set<Pair> = []
    private var promotionColocations: Set<Pair> = []
    private var holders: [String: CIBObject] = [:]

    init(_ declarations: [Declaration]) {
        for declaration in declarations {
            for member in declaration.object.members { holders[member] = declaration.object }
        }
        for declaration in declarations where declaration.object.id.kind == .constraint {
            add(declaration.object.element)
        }
    }

    /// Whether `then` waits until `first` is started.
    func orders(_ first: String, before then: String) -> Bool {
        ties(orders, first, then) || ties(promotionOrders, first, then) || isEarlier(first, then)
    }

    /// Whether `then` waits until `first` is promoted.
    func orders(promotionOf first: String, before then: String) -> Bool { ties(promotionOrders, first, then) }

    /// Whether `resource` runs only where `other` is promoted.
    func colocates(_ resource: String, withPromoted other: String) -> Bool { ties(promotionColocations, resource, other) }

    /// The clone or group around a resource, or the resource itself.
    func outermost(_ name: String) -> String { around(name).last ?? name }

    private func ties(_ pairs: Set<Pair>, _ a: String, _ b: String) -> Bool {
        let (firsts, seconds) = (around(a), around(b))
        return firsts.contains { first in seconds.contains { pairs.contains(Pair(first: first, second: $0)) } }
    }

    /// A group starts its members one after the other.
    private func isEarlier(_ first: String, _ then: String) -> Bool {
        guard let group = holders[first], group.element.name == "group", let other = group.members.firstIndex(of: then) else { return false }
        return group.members.prefix(other).contains(first)
    }

    /// The resource and all that is around it, the nearest first.
    func around(_ name: String) -> [String] {
        var names = [name]
        while names.count < 4, let holder = names.last.flatMap({ holders[$0] }) { names.append(holder.id.name) }
        return names
    }
}

extension Ties {
    private mutating func add(_ constraint: Element) {
        switch constraint.name {
        case "rsc_order" where constraint.isMandatory: addOrder(constraint)
        case "rsc_colocation" where Scalar.score.same(constraint["score"] ?? "0", "INFINITY"): addColocation(constraint)
        default: break
        }
    }

    /// "then-action: the action that the then resource can execute only after the first-action on the first resource has
    /// completed. Default: the value of first-action". What is never promoted waits for nothing then.
    private mutating func addOrder(_ order: Element) {
        let action = order["first-action"] ?? "start"
        if let first = order["first"], let then = order["then"], order["then-action"] ?? action == "start" {
            addOrder(Pair(first: first, second: then), after: action)
        }
        let sets = order.all("resource_set")
        for (index, earlier) in sets.enumerated() {
            if earlier.isSequential, earlier["action"] ?? "start" == "start" { addOrder(of: earlier.references) }
            for later in sets.dropFirst(index + 1) where later["action"] ?? "start" == "start" {
                for pair in pairs(earlier, later) { addOrder(pair, after: earlier["action"] ?? "start") }
            }
        }
    }

    private mutating func addOrder(of members: [String]) {
        for (first, then) in zip(members, members.dropFirst()) { orders.insert(Pair(first: first, second: then)) }
    }

    private mutating func addOrder(_ pair: Pair, after action: String) {
        switch action {
        case "start": orders.insert(pair)
        case "promote": promotionOrders.insert(pair)
        default: break
        }
    }

    /// Each set goes with the one after it; within a set, each member with the one before it.
    private mutating func addColocation(_ colocation: Element) {
        if let resource = colocation["rsc"], let other = colocation["with-rsc"] {
            addColocation(Pair(first: resource, second: other), role: colocation["with-rsc-role"])
        }
        let sets = colocation.all("resource_set")
        for (index, dependent) in sets.enumerated() {
            if dependent.isSequential {
                for (other, resource) in zip(dependent.references, dependent.references.dropFirst()) {
                    addColocation(Pair(first: resource, second: other), role: dependent["role"])
                }
            }
            for other in sets.dropFirst(index + 1) {
                for pair in pairs(dependent, other) { addColocation(pair, role: other["role"]) }
            }
        }
    }

    private mutating func addColocation(_ pair: Pair, role: String?) {
        if Scalar.role.same(role ?? "Started", "Promoted") { promotionColocations.insert(pair) }
    }

    private func pairs(_ firsts: Element, _ seconds: Element) -> [Pair] {
        firsts.references.flatMap { first in seconds.references.map { Pair(first: first, second: $0) } }
    }
}

extension Element {
    fileprivate var isMandatory: Bool { Scalar.orderKind.same(self["kind"] ?? self["score"] ?? "Mandatory", "Mandatory") }

    fileprivate var isSequential: Bool { Scalar.boolean.same(self["sequential"] ?? "true", "true") }

    fileprivate var references: [String] { all("resource_ref").compactMap(\.id) }
}
