internal import CIB
internal import LiveState

/// Of a group every member runs.
enum GroupHealth {
    static func reasons(_ group: CIBObject, _ expected: Expectations, _ now: ClusterStatus) -> [String] {
        expected.primitives(in: group).flatMap { PrimitiveHealth.reasons($0, expected, now) }
    }
}
