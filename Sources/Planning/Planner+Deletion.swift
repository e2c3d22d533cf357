internal import CIB
internal import Repository
internal import XML

// What git no longer declares.
extension Planner {
    mutating func abandon(_ object: CIBObject) {
        guard let present = counterpart(of: object), !matched.contains(present.id) else { return }
        let owner = DriftClass.of(present, in: tree)?.owner
        if owner != .agent, object.id.kind.isSet || object.id.kind == .node {
            empty(present, base: object.element)
        } else if owner == nil {
            delete(present, reason: nil)
        }
    }

    /// Of a set of options, and of a node, only those fields go that were in git.
    private mutating func empty(_ present: CIBObject, base: Element) {
        matched.insert(present.id)
        let nothing = Element(present.element.name, present.element.attributes)
        let rest = merged(present, base: base, desired: nothing)
        if rest.children.isEmpty, present.id.kind.isSet { delete(present, reason: nil) } else { change(present, to: rest) }
    }

    mutating func delete(_ object: CIBObject, reason: String?) {
        matched.insert(object.id)
        guard !leaveAlone(object.id, [Change(deleting: object, reason: reason)]) else { return }
        edits.remove(object.id)
        if object.isRetirement, object.references.contains(where: isGoing) { return }  // it has served its purpose, and goes unmentioned
        changes.append(Change(deleting: object, reason: reason))
    }

    private func isGoing(_ resource: String) -> Bool {
        let id = ObjectID(.resource, resource)
        return edits.removed.contains(id) || live[id].map { edits.turns($0) } ?? false
    }

    /// What git doesn't declare loses what is deleted: a constraint on a resource that is gone is no valid CIB, whoever made it. Tags first,
    /// since a constraint may be about one.
    mutating func deleteDependents() {
        guard !edits.removed.isEmpty else { return }
        for kind in [ObjectID.Kind.tag, .constraint] {
            for object in live.objects where object.id.kind == kind && desired[object.id] == nil { deprive(object) }
        }
    }

    private mutating func deprive(_ object: CIBObject) {
        guard !edits.removed.contains(object.id), let gone = (object.tagged + object.references).first(where: isDeleted) else { return }
        guard let rest = object.losing(isDeleted) else {
            return delete(object, reason: object.id.kind == .tag ? "all that it stands on is deleted" : "it refers to \(gone), which is deleted")
        }
        edits.change(object.id, to: rest)
        changes.append(Change(object, to: rest, reason: "\(gone) is deleted"))
    }

    private func isDeleted(_ name: String) -> Bool {
        edits.removed.contains(ObjectID(.resource, name)) || edits.removed.contains(ObjectID(.tag, name))
    }
}
