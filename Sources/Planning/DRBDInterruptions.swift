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
        let changes = files.filter { $0.format == .drbd }
        let before = Self.resources(in: changes.compactMap(\.old) + drbdCommon.unchanged)
        guard !before.isEmpty else { return [] }
        // A resource may have moved to another file.
        let after = Dictionary(
            Self.resources(in: changes.compactMap(\.new) + drbdCommon.unchanged).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return before.flatMap { former -> [DRBDInterruption] in
            guard let next = after[former.name], isExpectedUp(former.name) else { return [] }
            return [cut(former, next), demotion(former, next)].compactMap(\.self)
        }
    }

    private static func resources(in texts: [SourceText]) -> [DRBDResource] {
        texts.flatMap { DRBDConfiguration.parse($0).configuration.resources }
    }

    private func cut(_ former: DRBDResource, _ next: DRBDResource) -> DRBDInterruption? {
        let (old, new) = (former.links(under: drbdCommon.old), next.links(under: drbdCommon.new))
        let gone = old.subtracting(new).map(\.description).sorted()
        guard !gone.isEmpty else { return nil }
        let coming = new.subtracting(old).map(\.description).sorted()
        let instead = coming.isEmpty ? "" : ", and connected from \(coming.joined(separator: ", from "))"
        return DRBDInterruption(
            kind: .cut, resource: former.name,
            message:
                "DRBD resource \(former.name) would be disconnected from \(gone.joined(separator: ", from "))\(instead): until all its hosts have "
                + "the new file nothing is replicated")
    }

    private func demotion(_ former: DRBDResource, _ next: DRBDResource) -> DRBDInterruption? {
        let (old, new) = (former.permissions(under: drbdCommon.old), next.permissions(under: drbdCommon.new))
        let isLost = old.isLost(becoming: new)
        guard isLost, drbd.value?[former.name]?.isDualPrimary == true else { return nil }
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

/// Which connections of a resource let both their ends be Primary.
private struct DualPermissions {
    /// Of those that say anything of their own; by their hosts.
    var connections: [Set<String>: Bool] = [:]
    /// Of all others.
    let others: Bool

    func isLost(becoming next: Self) -> Bool {
        let ends = Set(connections.keys).union(next.connections.keys)
        let all = ends.map { (connections[$0] ?? others, next.connections[$0] ?? next.others) }
        return (all.isEmpty ? [(others, next.others)] : all).contains { $0 && !$1 }
    }
}

extension DRBDResource {
    fileprivate func permissions(under common: DRBDConfiguration?) -> DualPermissions {
        let inherited = replicationOptions.completed(with: common?.replicationOptions).allowsTwoPrimaries == true
        var permissions = DualPermissions(others: inherited)
        for connection in connections {
            let own = connection.option("allow-two-primaries", in: "net").map { $0 == "yes" }
            permissions.connections[connection.hosts] = own ?? inherited
        }
        return permissions
    }
}
