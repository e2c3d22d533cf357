internal import DRBDSyntax
internal import Diagnostics
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
        let changes = files.lazy.filter { $0.format == .drbd && $0.action == .change }
        let texts =
            changes.compactMap { change in change.old.flatMap { old in change.new.map { (old, $0) } } } + drbdCommon.unchanged.map { ($0, $0) }
        return texts.flatMap { old, new -> [DRBDInterruption] in
            let (before, after) = (Self.definitions(old), Self.definitions(new))
            return before.flatMap { former -> [DRBDInterruption] in
                guard let next = after.first(where: { $0.name == former.name }), isExpectedUp(former.name) else { return [] }
                return [cut(former, next), demotion(former, next)].compactMap(\.self)
            }
        }
    }

    private static func definitions(_ text: SourceText) -> [ResourceDefinition] {
        DRBDFile(DRBDConfiguration.parse(text).configuration, in: text).resources
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
        let allowed = former.options.completed(with: drbdCommon.old?.replicationOptions).allowsTwoPrimaries == true
        let stays = next.options.completed(with: drbdCommon.new?.replicationOptions).allowsTwoPrimaries == true
        guard allowed, !stays, drbd.value?[former.name]?.isDualPrimary == true else { return nil }
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
