internal import LiveState
internal import Records

/// A person lets nothing be changed for a while, by whomever.
enum SuspensionCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let suspension = evidence.live.suspension else { return [] }
        return [Objection(.pause, "suspended \(suspension.description)", remedy: "coxswain resume, on any node")]
    }
}
