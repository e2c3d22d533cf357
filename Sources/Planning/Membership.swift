internal import CIB
internal import Desired
internal import Diagnostics
internal import XML

/// Which resource is in which group or clone, as git declares it. A resource is in one place at most.
struct Membership {
    private let desired: DesiredState
    private var holders: [String: ObjectID] = [:]

    init(_ desired: DesiredState) {
        self.desired = desired
        for declaration in desired.declarations {
            for member in declaration.object.members { holders[member] = declaration.object.id }
        }
    }

    /// A live group or clone that git declares, without the members that git has put elsewhere.
    func releasing(_ object: CIBObject) -> CIBObject {
        guard object.members.contains(where: { isElsewhere($0, than: object.id) }) else { return object }
        var released = object
        released.element.children.removeAll { $0.name == Tags.member && isElsewhere($0.id ?? "", than: object.id) }
        return released
    }

    private func isElsewhere(_ member: String, than id: ObjectID) -> Bool {
        holders[member].map { $0 != id } ?? false
    }

    /// Why the edits can't be made: what git doesn't know may not lose its content, and nothing turns into another kind of thing.
    func conflicts(in live: CIB, after edits: Edits) -> [Finding] {
        live.objects.flatMap { object -> [Finding] in
            guard object.id.kind == .resource, !edits.removed.contains(object.id) else { return [] }
            guard let declaration = desired[object.id] else { return losses(of: object, edits) }
            return [transformation(of: object, into: declaration)].compactMap(\.self)
        }
    }

    private func losses(of object: CIBObject, _ edits: Edits) -> [Finding] {
        object.members.compactMap { member in
            if edits.removed.contains(ObjectID(.resource, member)) {
                return .error(
                    "\(member) can't be deleted: \(object.id.name), which is not in the repository, holds it",
                    remedy: "declare \(object.id.name) in the repository, or take \(member) out of it by hand")
            }
            guard let holder = holders[member] else { return nil }
            return .error(
                "\(member) can't become a member of \(holder.name): \(object.id.name), which is not in the repository, holds it",
                at: desired[holder]?.place(of: member),
                remedy: "declare \(object.id.name) in the repository, or take \(member) out of it by hand")
        }
    }

    /// "Primitive to clone/group: delete and create": in one transaction the two would overlap.
    private func transformation(of object: CIBObject, into declaration: Declaration) -> Finding? {
        let (old, new) = (object.element, declaration.object.element)
        guard old.name != new.name, !(old.isClone && new.isClone) else { return nil }
        return .error(
            "\(object.id.name) is a \(old.name) in the cluster, and can't become a \(new.name) in one step",
            at: declaration.place(of: object.id.name),
            remedy: "choose another name, or delete it with one commit and create it with the next")
    }
}

extension Element {
    fileprivate var isClone: Bool { name == "clone" || name == "master" }
}
