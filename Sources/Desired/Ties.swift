internal import CIB
internal import XML

/// Which resources the constraints tie together, sets included, a resource standing for all that it is a member of.
struct Ties {
    private struct Pair: Hashable {
        let first: String
        let second: String
    }

    private var orders: Set<Pair> = []
    private var colocations: Set<Pair> = []
    private var holders: [String: String] = [:]

    init(_ declarations: [Declaration]) {
        for declaration in declarations {
            for member in declaration.object.members { holders[member] = declaration.object.id.name }
        }
        for declaration in declarations where declaration.object.id.kind == .constraint {
            add(declaration.object.element)
        }
    }

    /// Whether `first` is promoted, or else started, before `then` starts.
    func orders(_ first: String, before then: String) -> Bool { ties(orders, first, then) }

    /// Whether `resource` runs only where `other` is.
    func colocates(_ resource: String, with other: String) -> Bool { ties(colocations, resource, other) }

    /// The clone or group around a resource, or the resource itself.
    func outermost(_ name: String) -> String { around(name).last ?? name }

    private func ties(_ pairs: Set<Pair>, _ a: String, _ b: String) -> Bool {
        let (firsts, seconds) = (around(a), around(b))
        return firsts.contains { first in seconds.contains { pairs.contains(Pair(first: first, second: $0)) } }
    }

    /// The resource and all that is around it, the nearest first.
    func around(_ name: String) -> [String] {
        var names = [name]
        while names.count < 4, let holder = names.last.flatMap({ holders[$0] }) { names.append(holder) }
        return names
    }

    private mutating func add(_ constraint: Element) {
        switch constraint.name {
        case "rsc_order":
            if let first = constraint["first"], let then = constraint["then"] {
                orders.insert(Pair(first: first, second: then))
            }
            addChain(constraint, to: \.orders)
        case "rsc_colocation":
            if let resource = constraint["rsc"], let other = constraint["with-rsc"] {
                colocations.insert(Pair(first: resource, second: other))
            }
            addChain(constraint, to: \.colocations)
        default: break
        }
    }

    /// In a chain of sets every resource of a set comes after, or goes with, every one of the sets before it.
    private mutating func addChain(_ constraint: Element, to ties: WritableKeyPath<Ties, Set<Pair>>) {
        let sets = constraint.all("resource_set").map { $0.all("resource_ref").compactMap(\.id) }
        let isColocation = constraint.name == "rsc_colocation"
        for (index, earlier) in sets.enumerated() {
            for later in sets.dropFirst(index + 1) {
                for a in earlier {
                    for b in later { self[keyPath: ties].insert(isColocation ? Pair(first: b, second: a) : Pair(first: a, second: b)) }
                }
            }
        }
    }
}
