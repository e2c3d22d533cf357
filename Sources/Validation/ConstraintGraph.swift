internal import CIB
internal import Repository
internal import XML

/// Which resources the constraints tie together without exception: one by one or in sets, by a tag or a template, or because
/// they are in one group. A resource stands for all that it is a member of, and graph lead on: what waits for a file system
/// waits for the promotion that the file system waits for.
struct ConstraintGraph {
    /// What something waits for, or runs with.
    struct Edge {
        let other: String
        /// Whether the other one must be promoted, and not only started.
        let isToPromoted: Bool
    }

    var orders: [String: [Edge]] = [:]
    var colocations: [String: [Edge]] = [:]
    /// What tags and templates stand for in a constraint.
    private(set) var meanings: [String: [String]] = [:]
    private let tree: ResourceTree

    init(_ declarations: Declarations, _ tree: ResourceTree) {
        self.tree = tree
        for kind in [ObjectID.Kind.tag, .resource] { for declaration in declarations.all(of: kind) { index(declaration.object) } }
        for declaration in declarations.all(of: .constraint) { add(declaration.object) }
    }

    private mutating func index(_ object: CIBObject) {
        switch object.id.kind {
        case .tag: meanings[object.id.name] = object.tagged
        case .resource:
            if let template = object.element["template"] { meanings[template, default: []].append(object.id.name) }
        default: break
        }
    }

    /// Whether `then` waits until `first` is started.
    func orders(_ first: String, before then: String) -> Bool { leads(from: then, to: first, over: orders) }

    /// Whether `then` waits until `first` is promoted.
    func orders(promotionOf first: String, before then: String) -> Bool { leads(from: then, to: first, over: orders, whenPromoted: true) }

    /// Whether `resource` runs only where `other` runs.
    func colocates(_ resource: String, with other: String) -> Bool { leads(from: resource, to: other, over: colocations) }

    /// Whether `resource` runs only where `other` is promoted.
    func colocates(_ resource: String, withPromoted other: String) -> Bool {
        leads(from: resource, to: other, over: colocations, whenPromoted: true)
    }

    /// The clone or group around a resource, or the resource itself.
    func outermost(_ name: String) -> String { tree.outermost(name) }

    /// The resource and all that is around it, the nearest first.
    func around(_ name: String) -> [String] { tree.around(name) }

    private func leads(from start: String, to end: String, over graph: [String: [Edge]], whenPromoted: Bool = false) -> Bool {
        let ends = around(end)
        var seen: Set = [start]
        var open = [start]
        while let name = open.popLast() {
            for tie in self.graph(of: name, in: graph, isStart: name == start) {
                if ends.contains(tie.other), tie.isToPromoted || !whenPromoted { return true }
                if seen.insert(tie.other).inserted { open.append(tie.other) }
            }
        }
        return false
    }

    /// Who waits for a group or clone waits for all that is in it, and a group starts its members one after the other, in one
    /// place.
    private func graph(of name: String, in graph: [String: [Edge]], isStart: Bool) -> [Edge] {
        let earlier = tree.holder(of: name).map { $0.element.name == "group" ? $0.members.prefix { $0 != name } : [] } ?? []
        let members = isStart ? [] : tree[name]?.members ?? []
        return around(name).flatMap { graph[$0] ?? [] } + (earlier + members).map { Edge(other: $0, isToPromoted: false) }
    }
}
