internal import CIB
internal import Diagnostics
internal import Repository

/// What a desired state refers to, and neither it nor the cluster has.
struct DanglingReferences {
    let errors: [Finding]
    let notices: [Finding]

    init(of desired: DesiredState, base: DesiredState?, live: CIB) {
        let missing = desired.unresolved.filter { $0.isMissing(from: live, base) }
        errors = missing.filter { !$0.isKnown(to: live, base) }.map(\.finding)
        notices = missing.filter { $0.isKnown(to: live, base) }.map {
            Finding(
                .notice, "\($0.holder.name) refers to \"\($0.name)\", and the cluster has no such \($0.target == .role ? "role" : "resource") either")
        }
    }
}

extension UnresolvedReference {
    private var id: ObjectID { ObjectID(target == .role ? .role : .resource, name) }

    /// What the base declared goes with this plan.
    fileprivate func isMissing(from live: CIB, _ base: DesiredState?) -> Bool {
        if target == .anything, live[id] == nil, !live.usedIDs(among: [name]).isEmpty { return false }
        if target == .resource, live[ObjectID(.tag, name)] != nil { return false }
        return live[id] == nil || base?[id] != nil
    }

    /// A cluster that validates with `none` may have constraints on what does not exist: Pacemaker passes over them, and a commit
    /// that says the same makes it no worse.
    fileprivate func isKnown(to live: CIB, _ base: DesiredState?) -> Bool {
        base?[id] == nil && (live[holder]?.refers(to: name) ?? false)
    }
}
