public import CIB
internal import Records
public import Repository
internal import XML

/// The live objects that declared ones are, where they have another name.
public struct Counterparts {
    private let base: DesiredState?
    private let desired: DesiredState
    private let live: CIB

    public init(base: DesiredState?, desired: DesiredState, live: CIB) {
        (self.base, self.desired, self.live) = (base, desired, live)
    }

    /// The live object that a declared one is. A set of options under another tool's id is still the same set where it is the
    /// only one, and an alert that runs the same program the same alert.
    ///
    /// - Parameter isTaken: whether a live object is something else that git declares, or declared.
    public func counterpart(of object: CIBObject, isTaken: (ObjectID) -> Bool) -> CIBObject? {
        if let same = live[object.id] { return same }
        if object.id.kind == .alert {
            return live.objects.first { candidate in
                candidate.id.kind == .alert && candidate.element["path"] == object.element["path"]
                    && desired[candidate.id] == nil && base?[candidate.id] == nil && !isTaken(candidate.id)
            }
        }
        guard ["cib-bootstrap-options", "rsc-options", "op-options"].contains(object.id.name), object.element.first("rule") == nil else { return nil }
        let sets = live.objects.filter { $0.id.kind == object.id.kind && isUnclaimedSet($0) }
        return sets.count > 1 ? adopted(object, among: sets) : sets.first
    }

    private func isUnclaimedSet(_ set: CIBObject) -> Bool {
        set.id != ClusterRecord.set && desired[set.id] == nil && DriftClass.of(set.id) == nil
            && set.element.first("rule") == nil && set.element["id-ref"] == nil
    }

    /// The set that stood alone when git's took its place: it still says what git said, or of the same things.
    private func adopted(_ object: CIBObject, among sets: [CIBObject]) -> CIBObject? {
        guard let before = base?[object.id]?.object.element, !before.children.isEmpty else { return nil }
        let alike = sets.filter { set in before.children.allSatisfy { set.element.value(of: $0["name"]) == $0["value"] } }
        if alike.count == 1 { return alike[0] }
        let kin = sets.filter { set in before.children.allSatisfy { set.element.value(of: $0["name"]) != nil } }
        return kin.count == 1 ? kin[0] : nil
    }
}

extension Element {
    fileprivate func value(of name: String?) -> String? { children.first { $0["name"] == name }?["value"] }
}
