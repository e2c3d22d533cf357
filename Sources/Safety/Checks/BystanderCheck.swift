internal import LiveState
internal import Planning

/// What a commit does not touch may not suffer from it, and no node is fenced, unless its message says so.
enum BystanderCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        switch evidence.forecast {
        case nil: []
        case .known(let forecast):
            BystanderRule(plan: evidence.plan, forecast: forecast, commit: evidence.commit, company: evidence.company).objections.map {
                Objection(.refusal, "\($0.message): \($0.cause)", trailer: $0.trailer)
            }
        // A CIB in a file need not have a status.
        case .unknown(let reason): evidence.live.cluster == nil ? [] : [Objection(.trouble, "crm_simulate can't be asked: \(reason)")]
        }
    }
}
