internal import CIB
internal import LiveState

/// A clone runs somewhere, as often as `clone-min` wants it. On how many nodes it may run is for the scheduler to say, and those are not counted here.
enum CloneHealth {
    static func reasons(_ clone: CIBObject, _ expected: Expectations, _ now: ClusterStatus) -> [String] {
        guard expected.shouldRun(clone), expected.number("clone-max", of: clone) != 0 else { return [] }
        let least = max(1, expected.number("clone-min", of: clone) ?? 1)
        return expected.primitives(in: clone).filter(expected.shouldRun).compactMap { primitive in
            let count = now.active(primitive.id.name).count
            guard count < least else { return nil }
            return count == 0 ? "\(clone.id.name) runs nowhere" : "\(clone.id.name) runs on \(count) nodes, and clone-min is \(least)"
        }
    }
}
