internal import ClusterModel
internal import Diagnostics
internal import Planning
internal import Steps

/// A volume can't be had as the commit wants it.
enum VolumeCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let faults = evidence.plan.volumeFaults
        return faults.refusals.map { Objection(.refusal, $0.description) }
            + (faults.unobserved.map { [Objection(.trouble, "LVM can't be asked for the volumes of the commit: \($0)")] } ?? [])
    }
}

/// What is gone for good goes only where the message says so, by name.
enum DestructionCheck: Check {
    private static let trailer = Trailer.destroy

    static func objections(to evidence: Evidence) -> [Objection] {
        let doomed = evidence.plan.steps.flatMap { step -> [String] in if case .destroys(let assets) = step.risk { assets } else { [] } }
        guard !doomed.isEmpty else { return [] }
        let allowed = Set(evidence.names(inTrailer: trailer))
        return doomed.filter { !allowed.contains($0) }.map { asset in
            Objection(.refusal, "the commit would destroy \(asset) and all that is on it", trailer: "\(trailer): \(asset)")
        }
    }
}
