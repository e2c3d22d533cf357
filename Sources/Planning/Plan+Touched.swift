internal import CIB
public import ClusterModel
public import Repository
internal import Steps
internal import XML

extension Plan {
    /// The resources that the plan is about: those that it creates, changes or deletes, with all that is in the same group, clone or bundle;
    /// and those that a changed constraint names. What is not in here is a bystander.
    ///
    /// Options of the cluster, defaults and attributes of nodes are about nothing in particular: what they move is a bystander too.
    public var touched: Set<ResourceID> {
        var names: Set<String> = []
        for change in changes {
            switch change.id.kind {
            case .resource: names.insert(change.id.name)
            case .constraint:
                for object in [live[change.id], edits.element(of: change.id)] { names.formUnion(object?.references ?? []) }
            default: break
            }
        }
        return live.family(of: names, also: edits)
    }
}

extension Edits {
    fileprivate func element(of id: ObjectID) -> CIBObject? {
        changed[id].map { CIBObject(id: id, element: $0) } ?? added.first { $0.id == id }
    }
}

extension CIB {
    /// All primitives, groups and clones that are in one with any of these, before the edits or after them; what a tag or a template stands for
    /// counts as named.
    fileprivate func family(of names: Set<String>, also edits: Edits) -> Set<ResourceID> {
        guard !names.isEmpty else { return [] }
        var relatives: [String: Set<String>] = [:]
        let edited = edits.changed.map { CIBObject(id: $0.key, element: $0.value) } + edits.added
        for object in objects + edited where object.id.kind == .resource || object.id.kind == .tag {
            let members = object.members + object.tagged
            for member in members {
                relatives[object.id.name, default: []].insert(member)
                if object.id.kind == .resource { relatives[member, default: []].insert(object.id.name) }
            }
            if let template = object.element["template"] { relatives[template, default: []].insert(object.id.name) }
        }
        var found = names
        var open = Array(names)
        while let name = open.popLast() {
            for relative in relatives[name] ?? [] where found.insert(relative).inserted { open.append(relative) }
        }
        return Set(found.map(ResourceID.init))
    }
}

extension DesiredState {
    /// The resources that another state declares otherwise, or not at all; nil as the other state touches everything.
    public func touched(since former: DesiredState?) -> Set<ResourceID> {
        let resources = declarations.filter { $0.object.id.kind == .resource }
        let changed = resources.filter { former?[$0.object.id]?.object.element != $0.object.element }
        return Set(changed.map { ResourceID($0.object.id.name) })
    }
}
