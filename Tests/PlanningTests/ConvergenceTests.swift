import CIB
import Diagnostics
import Planning
import Repository
import TestKit
import Testing
import XML

/// What must hold for whatever base, desired and live state.
struct ConvergenceTests {
    @Test("after apply there is nothing left to do, and every XML id is there once", arguments: 0..<8)
    func planAfterApplyIsEmpty(_ block: UInt64) throws {
        var refusals = 0
        for seed in block * 25..<(block + 1) * 25 {
            let scene = try Scene.random(seed)
            guard let plan = try? scene.plan() else {
                refusals += 1
                continue
            }
            let next = try scene.carryingOut(plan).plan()
            #expect(next.changes == [], "seed \(seed)")
            #expect(next.wanted.root == plan.wanted.root, "seed \(seed)")
            #expect(plan.wanted.repeatedIDs == [], "seed \(seed)")
        }
        #expect(refusals < 4)
    }

    @Test("a cluster that nobody else touches becomes what it would be if it were made anew, and back", arguments: 0..<8)
    func convergesOnGit(_ block: UInt64) throws {
        for seed in block * 12..<(block + 1) * 12 {
            let origin = RandomCluster(seed: seed)
            var desired = origin.diverging(seed: seed + 1, prefix: "d")
            desired.edit(8)
            let (before, after) = (try origin.crm, try desired.crm)
            let there = try Scene(base: before, desired: after).plan()
            #expect(there.wanted.differences(from: CIB(crm: after, applied: .desired)) == [], "seed \(seed)")
            let back = Scene(base: DesiredState(crm: after), desired: DesiredState(crm: before), live: there.wanted)
            let anew = CIB(crm: before, applied: .desired)
            #expect(try back.plan().wanted.differences(from: anew) == [], "seed \(seed)")
        }
    }
}

extension CIB {
    var repeatedIDs: [String] {
        var seen: Set<String> = []
        var repeated: [String] = []
        configuration.walk { element in
            guard let id = element.id, !["resource_ref", "obj_ref"].contains(element.name) else { return }
            if !seen.insert(id).inserted { repeated.append(id) }
        }
        return repeated
    }

    /// The canonical forms of the objects that two CIBs don't have in common.
    func differences(from other: CIB) -> [String] {
        let (ours, theirs) = (Set(objects.map(\.canonicalXML)), Set(other.objects.map(\.canonicalXML)))
        return ours.symmetricDifference(theirs).sorted()
    }
}

extension CIBObject {
    fileprivate var canonicalXML: String { id.name + "\n" + element.canonical().xml }
}
