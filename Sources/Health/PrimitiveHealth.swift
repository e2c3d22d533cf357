internal import CIB
internal import LiveState

/// A primitive runs once, wherever that is.
enum PrimitiveHealth {
    static func reasons(_ primitive: CIBObject, _ expected: Expectations, _ now: ClusterStatus) -> [String] {
        guard expected.shouldRun(primitive) else { return [] }
        return now.active(primitive.id.name).isEmpty ? ["\(primitive.id.name) does not run"] : []
    }
}
