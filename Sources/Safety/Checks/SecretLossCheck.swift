internal import CIB
internal import ClusterModel
internal import Planning

/// A password that git only refers to is nowhere else once the cluster has lost it: a revert brings the object back, and not the value. So it goes
/// only where the commit says that it may.
enum SecretLossCheck: Check {
    private static let word = Trailer.destroy

    static func objections(to evidence: Evidence) -> [Objection] {
        guard !evidence.plan.lostSecrets.isEmpty else { return [] }
        let allowed = Set(evidence.names(inTrailer: word))
        let losses = evidence.plan.lostSecrets.filter { !allowed.contains($0.asset) }
        guard !losses.isEmpty else { return [] }
        let places = losses.map { "//*[@id='\($0.object.name)']" }.joined(separator: "|")
        return [
            Objection(
                .refusal, message(losses) + ": no revert brings that back",
                remedy: "note it down first: cibadmin --query --xpath \"\(places)\"",
                trailer: "\(word): \(losses.map(\.asset).joined(separator: ", "))")
        ]
    }

    private static func message(_ losses: [LostSecret]) -> String {
        guard losses.count > 1 else { return losses.map(\.message).joined() }
        return "the only copies of these would be lost: "
            + losses.map { "\($0.names.joined(separator: ", ")) of \($0.object.name)" }.joined(separator: "; ")
    }
}
