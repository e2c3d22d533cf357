internal import ClusterModel
internal import LiveState
internal import Steps

/// A domU that waits for its restart is sent as it is, and received beside a file that says otherwise: whatever it is looked for or looked after by
/// there was written for the other one.
enum MigrationCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let actions = evidence.forecast?.value?.caused.actions else { return [] }
        let migrating = Set(actions.filter { $0.kind == .migrate }.map(\.resource))
        guard !migrating.isEmpty else { return [] }
        let allowed = Set(evidence.names(inTrailer: Disruption.resourceTrailer))
        let pending = evidence.pendingRestarts.filter { migrating.contains($0.domain) && !allowed.contains($0.domain.text) }
        return pending.map { restart in
            Objection(
                .refusal, "\(restart.domain) would migrate, and \(restart)",
                remedy:
                    "start it anew first, by the line Restart: \(restart.domain) in the message; or let it move in a commit of its own, before that",
                trailer: "\(Disruption.resourceTrailer): \(restart.domain)")
        }
    }
}
