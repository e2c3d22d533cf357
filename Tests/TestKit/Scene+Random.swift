internal import CIB
internal import Repository

extension Scene {
    /// A base that went two ways: one that people committed, one that happened to the cluster.
    public static func random(_ seed: UInt64, size: Int = 12) throws -> Scene {
        var random = Seeded(seed)
        let origin = RandomCluster(seed: seed, size: size)
        var desired = origin.diverging(seed: seed &+ 1_000_000, prefix: "d")
        var live = origin.diverging(seed: seed &+ 2_000_000, prefix: random.chance(4) ? "d" : "l")
        desired.edit(random.number(0...8))
        live.edit(random.number(0...5))
        var disturbance = Disturbance(of: CIB(crm: try live.crm, applied: .base), seed: seed)
        return Scene(
            base: random.chance(6) ? nil : DesiredState(crm: try origin.crm), desired: DesiredState(crm: try desired.crm),
            live: disturbance.result(random.number(0...6)))
    }
}
