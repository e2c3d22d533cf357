import CIB
import Diagnostics
import Glibc
import Planning
import Repository
import TestKit
import Testing
import XML

/// Each directory of Golden is a case. After a change that is meant: REGENERATE=1 swift test --filter GoldenTests, and read
/// the difference.
struct GoldenTests {
    @Test("the plan is as it is written", arguments: GoldenCase.names)
    func plan(_ name: String) throws {
        let golden = try GoldenCase(name)
        let outputs = try golden.outputs
        for file in GoldenCase.files {
            if getenv("REGENERATE") != nil { try golden.expect(outputs[file], in: file) }
            #expect(outputs[file] == (try golden.expected(file)), "\(name)/\(file)")
        }
    }

    @Test("there are cases, and most of them have a transaction")
    func cases() throws {
        let scenes = try GoldenCase.names.map { try GoldenCase($0).scene }
        let plans = scenes.filter(\.desired.errors.isEmpty).compactMap { try? $0.plan() }
        #expect(scenes.count >= 30)
        #expect(plans.count { $0.needsTransaction } * 4 >= scenes.count * 3)
    }

    @Test("after it there is nothing left to do", arguments: GoldenCase.names)
    func settles(_ name: String) throws {
        let scene = try GoldenCase(name).scene
        guard scene.desired.errors.isEmpty, let plan = try? scene.plan() else { return }
        let next = try scene.carryingOut(plan).plan()
        #expect(next.changes == [])
        #expect(!next.needsTransaction)
    }

    @Test("cibadmin and crmsh both make of it what is wanted", arguments: GoldenCase.names)
    func oracle(_ name: String) async throws {
        let scene = try GoldenCase(name).scene
        guard scene.desired.errors.isEmpty, let plan = try? scene.plan(), plan.needsTransaction, plan.misfits.isEmpty else { return }
        let patched = try await Twin(of: plan.live).patch(plan.patch.xml)
        #expect(patched.root.raw.xml == plan.wanted.root.raw.xml)
        let (scripted, output) = try await Twin(of: plan.live).run(try plan.script())
        #expect(plan.wanted.differences(from: scripted) == [], "\(output)")
        let before = try await Twin(of: plan.live).complaints()
        #expect(try await Twin(of: plan.wanted).complaints().subtracting(before) == [])
    }
}
