internal import CIB
internal import Diagnostics
internal import Repository
internal import XML

/// Which resource is in which group or clone, as git declares it. A resource is in one place at most.
struct Containment {
    private let desired: DesiredState
    private let tree: ResourceTree

    init(_ desired: DesiredState) {
        self.desired = desired
        tree = desired.resourceTree
    }

    /// A live group or clone that git declares, without the members that git has put elsewhere.
    func releasing(_ object: CIBObject) -> CIBObject {
        guard object.members.contains(where: { isElsewhere($0, than: object.id) }) else { return object }
        var released = object
        released.element.children.removeAll { $0.name == Tags.member && isElsewhere($0.id ?? "", than: object.id) }
        return released
    }

    private func isElsewhere(_ member: String, than id: ObjectID) -> Bool {
        tree.holder(of: member).map { $0.id != id } ?? false
    }

    /// Why the edits can't be made: what git doesn't know may not lose its content.
    func conflicts(in live: CIB, after edits: Edits) -> [Finding] {
        live.objects.flatMap { object -> [Finding] in
            guard object.id.kind == .resource, !edits.removed.contains(object.id), desired[object.id] == nil else { return [] }
            return object.members.compactMap { loss(of: $0, from: object.id.name, edits, live) }
        }
    }

    private func loss(of member: String, from container: String, _ edits: Edits, _ live: CIB) -> Finding? {
        let id = ObjectID(.resource, member)
        guard let reason = reason(id, edits, live) else { return nil }
        return .error(
            "\(member) can't \(reason): \(container), which is not in the repository, holds it",
            at: (tree.holder(of: member).flatMap { desired[$0.id] } ?? desired[id])?.place(of: member),
            remedy: "declare \(container) in the repository, or take \(member) out of it by hand")
    }

    /// What the edits would do to a member.
    private func reason(_ id: ObjectID, _ edits: Edits, _ live: CIB) -> String? {
        if edits.removed.contains(id) { return "be deleted" }
        if let holder = tree.holder(of: id.name) { return "become a member of \(holder.id.name)" }
        guard let object = live[id], edits.turns(object), let kind = edits.changed[id]?.name else { return nil }
        return "become a \(kind)"
    }
}
