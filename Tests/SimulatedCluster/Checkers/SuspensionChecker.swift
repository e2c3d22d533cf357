internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

/// While a person lets nothing be changed the configuration is not, and no node lets anything in.
final class SuspensionChecker: Checker {
    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .configured(let partition, let former, .daemon(let node, let step)):
            if case .record = step.action { return nil }
            guard let suspension = ClusterRecord(in: former).suspension, suspension.isInForce(at: cluster.time) else { return nil }
            return "\(node) changes the configuration to \(partition.cib.version), suspended \(suspension.description)"
        case .planned(let node, let evidence):
            guard let suspension = evidence.live.record.suspension, suspension.isInForce(at: evidence.live.time) else { return nil }
            // What had been let in before goes on to its end; what is planned now is not let in.
            guard case .approved = evidence.judge(grantingWishes: true) else { return nil }
            return "\(node) lets in \(evidence.plan.commit?.brief ?? "a plan"), suspended \(suspension.description)"
        default: return nil
        }
    }
}
