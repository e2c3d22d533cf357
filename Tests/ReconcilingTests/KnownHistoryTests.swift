import Testing

@testable import SimulatedCluster

/// Histories in which something was wrong once, as `deploy/simulate --replay` shows them. A change of the machine makes other histories of them: what
/// each has brought out is a test of its own.
struct KnownHistoryTests {
    @Test(
        "Nothing is wrong any more",
        arguments: [
            (5_000_000_249, [0, 2, 3, 7]), (31_337_896, [5]), (20_263_713, [0, 1, 3, 5, 6]), (987_654_837, [2, 10, 11]),
            (1_004_008, [1, 3, 7, 8, 9, 11]), (987_655_397, [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]), (163, [1, 3, 4, 8, 1010, 1011, 1028]),
            (97170, []), (5_000_000_084, [5, 6]),
            (31_337_027, [4, 5, 7, 8, 10, 12, 13]), (5_000_000_677, [0]), (31_338_343, [1, 6, 1003]), (2572, [3, 4]),
        ] as [(UInt64, Set<Int>)])
    func known(seed: UInt64, spared: Set<Int>) { #expect(History(seed, Library(), sparing: spared).run().violation == nil) }
}
