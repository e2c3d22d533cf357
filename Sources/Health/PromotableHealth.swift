internal import CIB
internal import LiveState

/// A promotable clone runs, and one instance at least is promoted; no more than may be.
enum PromotableHealth {
    static func reasons(_ clone: CIBObject, _ expected: Expectations, _ now: ClusterStatus) -> [String] {
        let reasons = CloneHealth.reasons(clone, expected, now)
        guard reasons.isEmpty, expected.shouldRun(clone), mayBePromoted(clone, expected) else { return reasons }
        let most = expected.number("promoted-max", of: clone) ?? 1
        return expected.primitives(in: clone).compactMap { primitive in
            let count = now.promoted(primitive.id.name).count
            if count == 0 { return "\(clone.id.name) is promoted nowhere" }
            return count > most ? "\(clone.id.name) is promoted on \(count) nodes, and promoted-max is \(most)" : nil
        }
    }

    /// `target-role=Started` keeps a promotable clone from being promoted; `Slave` and `Unpromoted` say the same.
    private static func mayBePromoted(_ clone: CIBObject, _ expected: Expectations) -> Bool {
        guard expected.number("promoted-max", of: clone) != 0 else { return false }
        guard let role = expected.tree.meta("target-role", of: clone) else { return true }
        return Scalar.role.same(role, "Promoted")
    }
}
