import Diagnostics
import TestKit
import Testing

@testable import DRBDSyntax

@Suite("What drbdadm takes for another device is none that we call the same")
struct DisturbedMeaningTests {
    typealias Statement = DRBDConfiguration.Statement

    /// drbdadm 8.4 writes out in each host what it inherits: there its dump says what counts.
    @Test("one statement replaced, moved or repeated", arguments: 0..<4 as Range<UInt64>)
    func devices(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        var (same, other) = (0, 0)
        for number in 0..<100 as Range<UInt64> {
            var generator = RandomConfiguration(.v84, seed: seed * 1_000 + number)
            let original = DRBDConfiguration.good(generator.text())
            let disturbed = DRBDConfiguration(disturb(original.statements, &random))
            guard let (before, after) = try? await (DRBDAdm.dump(original.description, .v84), DRBDAdm.dump(disturbed.description, .v84)) else {
                continue
            }
            guard disturbed.isEquivalent(to: original) else {
                other += 1
                continue
            }
            same += 1
            #expect(Self.hosts(before) == Self.hosts(after), "\(original)\n\(disturbed)")
        }
        #expect(same > 4 && other > 4)
    }

    /// What stands in the sections of the hosts.
    private static func hosts(_ dump: String) -> [Statement] {
        let resources = DRBDConfiguration.good(dump).statements.sections("resource")
        return resources.flatMap { $0.body ?? [] }.filter { $0.body != nil && ["on", "floating"].contains($0.keyword.text) }
    }

    private func disturb(_ statements: [Statement], _ random: inout Seeded) -> [Statement] {
        guard !statements.isEmpty else { return statements }
        var statements = statements
        let index = random.number(0...statements.count - 1)
        if let body = statements[index].body, !body.isEmpty, !random.chance(4) {
            statements[index].body = disturb(body, &random)
            return statements
        }
        var copy = statements[index]
        if copy.body == nil, !copy.arguments.isEmpty { copy.arguments[copy.arguments.count - 1].text += random.pick(["", "1"]) }
        if random.chance(2) { statements[index] = copy } else { statements.insert(copy, at: random.number(0...statements.count)) }
        return statements
    }
}
