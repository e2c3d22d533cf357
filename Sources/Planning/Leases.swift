internal import CIB
internal import Diagnostics
internal import Repository

/// Constraints that are made for a time, and that an import of another day may have brought into git: a ban, or DRBD's fence. To make one anew
/// when whoever made it has taken it away would keep a healthy node from being promoted.
struct Leases {
    let desired: DesiredState
    let live: CIB

    /// Nil where the policy gives them to git.
    func driftClass(of object: CIBObject) -> DriftClass? {
        guard object.id.kind == .constraint else { return nil }
        let driftClass = DriftClass.of(object, in: desired.resourceTree) ?? DriftClass.of(object, in: live.resourceTree)
        return driftClass.flatMap { desired.policy.drift[$0] == .revert ? nil : $0 }
    }

    func notice(of object: CIBObject, as driftClass: DriftClass) -> Finding {
        let maker = driftClass == .drbdFence ? "DRBD's fence-peer handler" : "crm resource move or ban"
        return Finding(
            .notice, "\(object.id.name) is left as it is: \(maker) makes such a constraint, and takes it away",
            at: desired[object.id]?.place(of: object.id.name), remedy: "remove it from the repository, or give it \(object.nameOfItsOwn)")
    }
}
