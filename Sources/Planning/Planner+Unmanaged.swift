internal import CIB
internal import Repository
internal import XML

// What git never declared.
extension Planner {
    mutating func observeRest() {
        for object in live.objects where !desired.declares(object.id) && !matched.contains(object.id) {
            observeLeases(of: object)
            if object.isRetirement {
                delete(object, reason: "it served to stop a resource that stays")
            } else if ended.contains(Held.name(of: object.id, "")), Owner.of(object.id) == .operatorOverride {
                delete(object, reason: Self.overdue)
            } else if let holder = Owner.of(object, in: tree) {
                if holder != .cluster { held.append(Held(object.id, holder: holder)) }
            } else {
                unmanaged.append(Unmanaged(object: object.id, tag: object.element.name, path: nil))
            }
        }
    }

    private static let overdue = "it was held for longer than the policy allows"

    /// A node on standby, a cluster in maintenance: worth a word also where git says nothing about the node or the options.
    private mutating func observeLeases(of object: CIBObject) {
        guard object.id.kind == .node || object.id.kind == .properties else { return }
        var merge = Merge(policy: desired.policy.merge, ended: ended.fields(of: object.id))
        let nothing = Element(object.element.name, object.element.attributes)
        let rest = merge.object(base: nil, desired: nothing, live: object.element)
        if rest != object.element, !ended.fields(of: object.id).isEmpty {
            edits.change(object.id, to: rest)
            changes.append(Change(object, to: rest, reason: Self.overdue))
        }
        held += merge.held.filter { $0.holder == .operatorOverride }.map { Held(object.id, $0) }
    }
}
