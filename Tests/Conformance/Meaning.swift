import CIB
import Repository
import XML

/// The objects of a configuration in the form in which equal meaning is equal text, without what is nobody's to declare.
struct Meaning {
    private(set) var objects: [ObjectID: Element] = [:]

    init(_ cib: CIB, without record: ObjectID? = nil) {
        let tree = cib.resourceTree
        for object in cib.objects where object.id != record && (object.id.kind == .node || DriftClass.of(object, in: tree) == nil) {
            add(object.id, object.withoutAgentState().object.element)
        }
        forgetNames()
    }

    init(_ state: DesiredState, nodes: [String]) {
        let tree = ResourceTree(state.declarations.map(\.object))
        for declaration in state.declarations where declaration.object.id.kind == .node || DriftClass.of(declaration.object, in: tree) == nil {
            add(declaration.object.id, declaration.object.withoutAgentState().object.element.withFencingTargets(nodes))
        }
        forgetNames()
    }

    private mutating func add(_ id: ObjectID, _ element: Element) {
        var element = element
        if id.kind == .properties {
            element.children.removeAll { DriftClass.clusterProperties.contains($0["name"] ?? "") }
            if element.children.isEmpty { return }
        }
        if id.kind == .fencing { element.children.sort { $0.levelKey < $1.levelKey } }
        objects[id] = element.withoutEmptySets.canonical()
    }

    /// The one set of options without a rule is the same set under any id.
    private mutating func forgetNames() {
        for kind in [ObjectID.Kind.properties, .resourceDefaults, .operationDefaults] {
            let sets = objects.filter { $0.key.kind == kind && $0.value.first("rule") == nil }
            guard sets.count == 1, let (id, set) = sets.first else { continue }
            objects[id] = nil
            objects[ObjectID(kind, "")] = set
        }
    }

    /// What differs, object by object; nodes that only `self` has are left out, since nobody deletes nodes.
    func difference(from wanted: Meaning) -> [String] {
        let names = Set(objects.keys).union(wanted.objects.keys)
        return names.sorted { "\($0)" < "\($1)" }.compactMap { id in
            guard objects[id] != wanted.objects[id] else { return nil }
            if id.kind == .node, wanted.objects[id] == nil { return nil }
            return "\(id.kind.rawValue) \(id.name): \(Self.first(objects[id], wanted.objects[id]))"
        }
    }

    /// The first line that the two don't share.
    private static func first(_ a: Element?, _ b: Element?) -> String {
        guard let a else { return "missing" }
        guard let b else { return "too much" }
        let (ours, theirs) = (a.xml.split(separator: "\n"), b.xml.split(separator: "\n"))
        let differing = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let index = differing ?? min(ours.count, theirs.count)
        let line = { (lines: [Substring]) in index < lines.count ? String(lines[index].drop { $0 == " " }) : "nothing" }
        return "\(line(ours)) instead of \(line(theirs))"
    }
}

extension Element {
    fileprivate var levelKey: String {
        let target = ["target", "target-pattern", "target-attribute", "target-value"].compactMap { self[$0] }.joined(separator: " ")
        return "\(target) \(self["index"] ?? "")"
    }

    /// Sets without pairs, and nodes' types of before 1.1: they say nothing.
    fileprivate var withoutEmptySets: Element {
        var element = self
        if name == "node", self["type"] == "normal" { element["type"] = nil }
        element.children = children.map(\.withoutEmptySets)
        return element
    }
}
