internal import DRBDSyntax
internal import LiveState
internal import Repository
internal import Steps

/// What adjusting a DRBD resource that is up would do to its replication.
public struct DRBDInterruption: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// drbdsetup(8), del-path and new-path: the peers are disconnected, and what is written meanwhile is on one side only.
        case cut
        /// The kernel takes away no permission that is in use.
        case inUse
    }

    public let kind: Kind
    public let resource: String
    public let message: String
}

extension Plan {
    func findInterruptions() -> [DRBDInterruption] {
        let changes = files.filter { $0.format == .drbd && $0.action == .change }
        return changes.flatMap { change -> [DRBDInterruption] in
            guard let old = change.old, let new = change.new else { return [] }
            let (before, after) = (
                DRBDFile(DRBDConfiguration.parse(old).configuration, in: old), DRBDFile(DRBDConfiguration.parse(new).configuration, in: new)
            )
            return before.resources.flatMap { former -> [DRBDInterruption] in
                guard let next = after.resources.first(where: { $0.name == former.name }), isExpectedUp(former.name) else { return [] }
                return [cut(former, next), demotion(former, next)].compactMap(\.self)
            }
        }
    }

    private func cut(_ former: ResourceDefinition, _ next: ResourceDefinition) -> DRBDInterruption? {
        let gone = former.addresses.subtracting(next.addresses).sorted()
        guard !gone.isEmpty else { return nil }
        let coming = next.addresses.subtracting(former.addresses).sorted()
        return DRBDInterruption(
            kind: .cut, resource: former.name,
            message: "DRBD resource \(former.name) would be disconnected, and connected from \(coming.joined(separator: ", ")) "
                + "instead of \(gone.joined(separator: ", ")): until both hosts have it nothing is replicated")
    }

    private func demotion(_ former: ResourceDefinition, _ next: ResourceDefinition) -> DRBDInterruption? {
        guard drbd.value?[former.name]?.isDualPrimary == true, former.options.allowsTwoPrimaries == true else { return nil }
        guard next.options.completed(with: drbdCommon).allowsTwoPrimaries != true else { return nil }
        return DRBDInterruption(
            kind: .inUse, resource: former.name,
            message: "DRBD resource \(former.name) is Primary on two hosts, and would lose allow-two-primaries: the kernel refuses that")
    }

    /// Where nobody can say, it counts as up.
    private func isExpectedUp(_ resource: String) -> Bool {
        guard isOnCluster || parts.isHostOnly else { return true }
        return drbd.value.map { $0[resource] != nil } ?? true
    }
}
