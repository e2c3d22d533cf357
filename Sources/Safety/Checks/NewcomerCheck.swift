internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning

/// A DRBD resource that comes is brought up only where nothing can be lost by it.
enum NewcomerCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let faults = evidence.plan.drbdFaults
        return faults.refusals.map { Objection(.refusal, $0.message, remedy: $0.remedy) } + faults.unobserved.map { Objection(.trouble, $0) }
            + evidence.plan.newcomers.compactMap { absence(of: $0, evidence.live.cluster) }
    }

    /// "They need to do the initial handshake, so they know their sizes" (drbdsetup(8)): without the other host nobody knows whether that has data, and
    /// what is begun alone it would have to be overwritten with.
    private static func absence(of newcomer: DRBDNewcomer, _ cluster: ClusterStatus?) -> Objection? {
        guard let cluster, !newcomer.hosts.isEmpty, !newcomer.isJoining else { return nil }
        let missing = newcomer.hosts.filter { !cluster.onlineNodes.contains($0.text) }
        if missing.count == newcomer.hosts.count, newcomer.devices.isEmpty {
            return Objection(.wait, "none of the hosts of DRBD resource \(newcomer.name) is online: \(missing.list)")
        }
        guard newcomer.isNew, !missing.isEmpty else { return nil }
        return Objection(
            .wait, "DRBD resource \(newcomer.name) has no data on this host, and begins together with \(missing.list)",
            remedy: "bring that online; or begin here by hand: drbdadm create-md, up and primary --force \(newcomer.name)")
    }
}

/// A volume without metadata can't be attached, and would be missing when the files are replaced already.
enum AdditionCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let faults = evidence.plan.additionFaults
        return faults.refusals.map { Objection(.refusal, $0.message, remedy: $0.remedy) } + faults.unobserved.map { Objection(.trouble, $0) }
    }
}
