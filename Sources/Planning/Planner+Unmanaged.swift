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
            } else if let driftClass = DriftClass.of(object, in: tree) {
                if driftClass.mayEnd { hold(orRevert: object, as: driftClass) } else if driftClass != .cluster { hold(object.id, as: driftClass) }
            } else {
                unmanaged.append(Unmanaged(object: object.id, tag: object.element.name, path: nil))
            }
        }
    }

    private mutating func hold(orRevert object: CIBObject, as driftClass: DriftClass) {
        let isOverdue = ended.contains(Held.name(of: object.id, ""))
        guard isOverdue || desired.policy.drift[driftClass] == .revert else { return hold(object.id, as: driftClass) }
        reverted.append(Held(object.id, as: driftClass))
        delete(object, reason: isOverdue ? Self.overdue : Self.unwanted)
    }

    private static let overdue = "it was held for longer than the policy allows"
    private static let unwanted = "the policy takes such a thing back"

    /// A node on standby, a cluster in maintenance: worth a word also where git says nothing about the node or the options.
    private mutating func observeLeases(of object: CIBObject) {
        guard object.id.kind == .node || object.id.kind == .properties else { return }
        var merge = Merge(policy: desired.policy.drift, ended: ended.fields(of: object.id))
        let nothing = Element(object.element.name, object.element.attributes)
        let rest = merge.object(base: nil, desired: nothing, live: object.element)
        held += merge.held.filter(\.driftClass.mayEnd).map { Held(object.id, $0) }
        guard rest != object.element, !merge.reverted.isEmpty else { return }
        let change = Change(object, to: rest, reason: ended.fields(of: object.id).isEmpty ? Self.unwanted : Self.overdue)
        guard !leaveAlone(object.id, [change]) else { return }
        reverted += merge.reverted.map { Held(object.id, $0) }
        edits.change(object.id, to: rest)
        changes.append(change)
    }
}
