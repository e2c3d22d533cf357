import CIB
import Diagnostics
import Planning
import Repository
import TestKit
import Testing
import XML

/// The real tools, on files: what they make of a plan is what the plan said.
struct OracleTests {
    @Test("cibadmin makes of our patch exactly what is wanted", arguments: 0..<4)
    func patches(_ block: UInt64) async throws {
        var skipped = 0
        for seed in block * 20..<(block + 1) * 20 {
            let scene = try Scene.random(seed)
            guard let plan = try? scene.plan(), plan.needsTransaction else {
                skipped += 1
                continue
            }
            let result = try await Twin(of: plan.live).patch(plan.patch.xml)
            #expect(result.root.raw.xml == plan.wanted.root.raw.xml, "seed \(seed)")
        }
        #expect(skipped < 4)
    }

    @Test("what crm_verify accepted stays accepted", arguments: 0..<2)
    func verifies(_ block: UInt64) async throws {
        for seed in block * 10..<(block + 1) * 10 {
            let origin = RandomCluster(seed: seed)
            var desired = origin.diverging(seed: seed + 1, prefix: "d")
            desired.edit(8)
            let plan = try Scene(base: try origin.crm, desired: try desired.crm).plan()
            let before = try await Twin(of: plan.live).complaints()
            #expect(try await Twin(of: plan.wanted).complaints().subtracting(before) == [], "seed \(seed)")
        }
    }

    @Test("the patch that crm_diff makes has the same effect", arguments: 0..<2)
    func differences(_ block: UInt64) async throws {
        var skipped = 0
        for seed in block * 10 + 500..<(block + 1) * 10 + 500 {
            let scene = try Scene.random(seed)
            guard let plan = try? scene.plan(), plan.needsTransaction else {
                skipped += 1
                continue
            }
            let twin = try Twin(of: plan.live)
            let result = try await twin.patch(try await twin.difference(to: plan.wanted))
            #expect(result.configuration.raw.xml == plan.wanted.configuration.raw.xml, "seed \(seed)")
        }
        #expect(skipped < 3)
    }

    @Test("crmsh makes of our script the same CIB", arguments: 0..<2)
    func scripts(_ block: UInt64) async throws {
        var skipped = 0
        for seed in block * 8..<(block + 1) * 8 {
            let scene = try Scene.random(seed, size: 20)
            guard let plan = try? scene.plan(), plan.needsTransaction else {
                skipped += 1
                continue
            }
            let script = try plan.script()
            let (result, output) = try await Twin(of: plan.live).run(script)
            #expect(plan.wanted.differences(from: result) == [], "seed \(seed):\n\(script)\n\(output)")
        }
        #expect(skipped < 3)
    }

    @Test("a cluster made anew has the ids that crmsh gives", arguments: 100..<103)
    func identifiers(_ seed: UInt64) async throws {
        let crm = try RandomCluster(seed: seed, size: 30).crm
        let plan = try Scene(base: nil, desired: DesiredState(crm: crm), live: .empty).plan()
        let (result, output) = try await Twin(of: .empty).run(try plan.script())
        for object in plan.wanted.objects {
            #expect(result[object.id]?.element.raw.xml == object.element.raw.xml, "\(output)")
        }
    }
}
