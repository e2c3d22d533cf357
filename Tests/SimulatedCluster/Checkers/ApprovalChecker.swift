internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Reconciling
internal import Safety
internal import Steps

/// Nothing is done but what a plan has that nothing speaks against; and what speaks against it is looked for anew here.
final class ApprovalChecker: Checker {
    /// What each node was handed last.
    private var evidence: [NodeName: [Evidence]] = [:]
    private var hadQuorum: [NodeName: Bool] = [:]

    func see(_ happening: Happening, in cluster: Cluster) -> String? {
        switch happening {
        case .planned(let node, let evidence):
            self.evidence[node, default: []].append(evidence)
            if let count = self.evidence[node]?.count, count > 12 { self.evidence[node]?.removeFirst() }
        case .took(let node, .observed(let live)): hadQuorum[node] = live.cluster?.hasQuorum
        case .took(let node, .looked(let glance)): if let cluster = glance.cluster { hadQuorum[node] = cluster.hasQuorum }
        case .performing(_, let step, _) where step.action.isAskedFor: return nil
        case .performing(let node, let step, let fingerprint):
            guard let evidence = evidence[node]?.last(where: { fingerprint.isOf($0.plan) }) else {
                return "\(node) does \"\(step.id)\", and has no plan for that"
            }
            return objection(to: step, by: node, evidence).map { "\(node) does \"\(step.id)\": \($0)" }
        default: break
        }
        return nil
    }

    private func objection(to step: Step, by node: NodeName, _ evidence: Evidence) -> String? {
        if case .record = step.action { return nil }
        guard evidence.plan.steps.contains(where: { $0.id == step.id }) else { return "no plan has it" }
        if case .complaints(let lines) = evidence.drbdadm { return "drbdadm says: \(lines)" }
        if case .unknown = evidence.drbdadm { return "drbdadm was not heard" }
        if case .complaints(let lines) = evidence.verification { return "crm_verify says: \(lines)" }
        if case .unknown = evidence.verification { return "crm_verify was not heard" }
        if let hazard = evidence.plan.hazards.first { return "in spite of a hazard: \(hazard)" }
        if let misfit = evidence.plan.misfits.first { return "in spite of \(misfit)" }
        if evidence.plan.needsTransaction, hadQuorum[node] == false { return "without quorum" }
        return nil
    }
}

extension Action {
    fileprivate var isAskedFor: Bool { if case .record(let edit) = self { edit.isAskedFor } else { false } }
}

extension Fingerprint {
    fileprivate func isOf(_ plan: Plan) -> Bool { cib == plan.live.version && commit == plan.commit && steps == plan.steps.map(\.id) }
}
