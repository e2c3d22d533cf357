internal import ClusterModel
internal import LiveState
internal import Planning
internal import Safety
internal import Steps

/// Nothing is done but what the evidence that this node was handed last lets in; and what it lets in is looked at anew here.
final class ApprovalChecker: Checker {
    private var evidence: [NodeName: [Fingerprint: Evidence]] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .planned(let node, let evidence):
            if case .approved(let approval) = evidence.judge(grantingWishes: true) { self.evidence[node, default: [:]][approval.fingerprint] = evidence }
            return nil
        case .performing(let node, let step, let fingerprint): return objection(to: step, by: node, fingerprint)
        default: return nil
        }
    }

    private func objection(to step: Step, by node: NodeName, _ fingerprint: Fingerprint) -> String? {
        guard let evidence = evidence[node]?[fingerprint] else { return "\(node) does \"\(step.id)\" and no plan of it was let in" }
        if case .record = step.action { return nil }
        guard evidence.plan.steps.contains(where: { $0.id == step.id }) else { return "\(node) does \"\(step.id)\", which no plan has" }
        if case .complaints(let lines) = evidence.drbdadm { return "\(node) does \"\(step.id)\", and drbdadm says: \(lines)" }
        if case .unknown = evidence.drbdadm { return "\(node) does \"\(step.id)\", and drbdadm was not heard" }
        if case .unknown = evidence.verification { return "\(node) does \"\(step.id)\", and crm_verify was not heard" }
        if let hazard = evidence.plan.hazards.first { return "\(node) does \"\(step.id)\" in spite of a hazard: \(hazard)" }
        if let misfit = evidence.plan.misfits.first { return "\(node) does \"\(step.id)\" in spite of \(misfit)" }
        if evidence.plan.needsTransaction, evidence.live.cluster?.hasQuorum == false { return "\(node) does \"\(step.id)\" without quorum" }
        return nil
    }
}
