import CIB
import CRMSyntax
import Diagnostics
import Host
import Planning
import Repository
import TestKit
import Testing
import XML

/// Several lists and sets that say the same thing otherwise: which one has its way is what Pacemaker says.
struct ListOrderTests {
    private static let common = "node n1\nproperty stonith-enabled=false\n"
    private static let p = "primitive d ocf:pacemaker:Dummy "

    private static let e = "primitive e ocf:pacemaker:Dummy params $id=ep fake=7 meta $id=em resource-stickiness=7\n"

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        var base: String? = nil
        let live: String
        let git: String
        var name = "resource-stickiness"
    }

    static let rows = [
        Row(
            testDescription: "the date of a rule is edited",
            live: p + "meta rule 0: date gt 2020-01-01 resource-stickiness=111 meta resource-stickiness=222",
            git: p + "meta rule 0: date gt 2021-01-01 resource-stickiness=111 meta resource-stickiness=222"),
        Row(
            testDescription: "lists with a rule are swapped",
            live: p + "meta rule 0: date gt 2020-01-01 resource-stickiness=111 meta rule 0: date gt 2019-01-01 resource-stickiness=222",
            git: p + "meta rule 0: date gt 2019-01-01 resource-stickiness=222 meta rule 0: date gt 2020-01-01 resource-stickiness=111"),
        Row(
            testDescription: "a list comes between two",
            live: p + "meta resource-stickiness=1 meta rule 0: date gt 2020-01-01 resource-stickiness=3",
            git: p
                + "meta resource-stickiness=1 meta rule 0: date gt 2018-01-01 resource-stickiness=2 meta rule 0: date gt 2020-01-01 resource-stickiness=3"
        ),
        Row(
            testDescription: "lists without a rule are swapped", live: p + "meta resource-stickiness=1 priority=1 meta resource-stickiness=2",
            git: p + "meta resource-stickiness=2 meta resource-stickiness=1 priority=1"),
        Row(
            testDescription: "a name stands in another live list", base: p + "params fake=1 state=/old",
            live: p + "params fake=1 params state=/old", git: p + "params fake=1 state=/new", name: "state"),
        Row(
            testDescription: "the name stands in both", base: p + "params fake=1 state=/old",
            live: p + "params fake=1 state=/old params state=/other", git: p + "params fake=1 state=/new", name: "state"),
        Row(
            testDescription: "a commit starts what crm resource stop has stopped in both lists",
            base: p + "meta priority=1 meta migration-threshold=3",
            live: p + "meta priority=1 target-role=Stopped meta migration-threshold=3 target-role=Stopped",
            git: p + "meta priority=1 target-role=Started meta migration-threshold=3", name: "target-role"),
        Row(
            testDescription: "a list that is taken over goes behind a plain one", live: e + p + "meta $id-ref=em meta resource-stickiness=2",
            git: e + p + "meta resource-stickiness=2 meta $id-ref=em"),
        Row(
            testDescription: "params that are taken over go in front of plain ones", live: e + p + "params fake=2 params $id-ref=ep",
            git: e + p + "params $id-ref=ep params fake=2", name: "fake"),
        Row(
            testDescription: "a list that is taken over comes in front of a plain one", live: e + p + "meta resource-stickiness=2",
            git: e + p + "meta $id-ref=em meta resource-stickiness=2"),
        Row(
            testDescription: "lists that are taken over are swapped",
            live: e + "primitive f ocf:pacemaker:Dummy meta $id=fm resource-stickiness=8\n" + p + "meta $id-ref=em meta $id-ref=fm",
            git: e + "primitive f ocf:pacemaker:Dummy meta $id=fm resource-stickiness=8\n" + p + "meta $id-ref=fm meta $id-ref=em"),
        Row(
            testDescription: "sets of defaults are swapped",
            live: p + "\nrsc_defaults one: resource-stickiness=111\nrsc_defaults two: resource-stickiness=222",
            git: p + "\nrsc_defaults two: resource-stickiness=222\nrsc_defaults one: resource-stickiness=111"),
        Row(
            testDescription: "a set of defaults comes back", base: p + "\nrsc_defaults two: resource-stickiness=222",
            live: p + "\nrsc_defaults two: resource-stickiness=222",
            git: p + "\nrsc_defaults one: resource-stickiness=111\nrsc_defaults two: resource-stickiness=222"),
    ]

    @Test("what counts after the plan is what counts in a cluster made of git, and then there is nothing to do", arguments: rows)
    func effective(_ row: Row) async throws {
        let scene = Scene(base: Self.common + (row.base ?? row.live), desired: Self.common + row.git, live: Self.common + row.live)
        let plan = try scene.plan()
        #expect(plan.changes.count == 1 && plan.changes.allSatisfy { !$0.fields.isEmpty })
        let wanted = try await value(of: row.name, in: CIB(crm: Self.common + row.git))
        #expect(try await value(of: row.name, in: plan.wanted) == wanted)
        #expect(try scene.carryingOut(plan).plan().changes == [])
        let patched = try await Twin(of: plan.live).patch(plan.patch.xml)
        #expect(patched.root.raw.xml == plan.wanted.root.raw.xml)
        guard !row.live.contains("id-ref") else {
            #expect(throws: CRMInexpressible.order(of: "d")) { try plan.script() }
            return
        }
        let (scripted, output) = try await Twin(of: plan.live).run(try plan.script())
        #expect(try await value(of: row.name, in: scripted) == wanted, "\(output)")
    }

    private func value(of name: String, in cib: CIB) async throws -> String {
        let scratch = try Scratch()
        let path = try scratch.write(cib.xml, to: "cib.xml")
        let kind = ["state", "fake"].contains(name) ? [] : ["--meta"]
        let output = try await Command(
            "crm_resource", ["--resource", "d", "--get-parameter", name] + kind, environment: ["CIB_file": path, "HOME": scratch.path]
        ).run()
        return output.text
    }

    private static let overrulings: [(String, String, String?)] = [
        (
            p + "\nrsc_defaults one: resource-stickiness=3\nrsc_defaults zz: resource-stickiness=5", p + "\nrsc_defaults one: resource-stickiness=9",
            "9"
        ),
        (p + "meta resource-stickiness=3 meta $id=zz 10: resource-stickiness=5", p + "meta resource-stickiness=9", "9"),
        (p + "\nproperty one: batch-limit=3\nproperty zz: batch-limit=5", p + "\nproperty one: batch-limit=9", "9"),
        (
            p + "\nrsc_defaults zz: resource-stickiness=5\nrsc_defaults one: resource-stickiness=3", p + "\nrsc_defaults one: resource-stickiness=9",
            nil
        ),
        (p + "meta resource-stickiness=3 meta $id=zz -10: resource-stickiness=5", p + "meta resource-stickiness=9", nil),
        (p + "meta resource-stickiness=3 meta $id=zz 10: resource-stickiness=9", p + "meta resource-stickiness=9", nil),
        (
            p + "meta resource-stickiness=3 meta $id=zz 10: rule date gt 2020-01-01 resource-stickiness=5", p + "meta resource-stickiness=9", nil
        ),
        (p + "\nproperty zz: batch-limit=5\nproperty batch-limit=3", p + "\nproperty batch-limit=9", nil),
        (p + "\nproperty batch-limit=3\nproperty zz: batch-limit=5", p + "\nproperty batch-limit=9", nil),
    ]

    @Test("a value of git over which another list or set has its way is said to have no effect, and no other one", arguments: overrulings)
    func overruled(_ live: String, _ git: String, _ value: String?) async throws {
        let scene = Scene(base: Self.common + git.replacing("=9", with: "=3"), desired: Self.common + git, live: Self.common + live)
        for plan in [try scene.plan(), try scene.carryingOut(scene.plan()).plan()] {
            let warnings = plan.notices.filter { $0.message.contains("has no effect") }
            #expect(warnings.count == (value == nil ? 0 : 1), "\(Findings(warnings))")
            for warning in warnings {
                #expect(warning.message.contains("=9 has no effect") && warning.message.contains(" zz, which is not in the repository, says 5 "))
                #expect(warning.place?.line == (git.contains("\n") ? 4 : 3))
            }
        }
        guard git.contains("resource-stickiness"), !live.contains("rule") else { return }
        let inForce = try await self.value(of: "resource-stickiness", in: scene.plan().wanted)
        #expect(inForce.trimmingPrefix { $0.isWhitespace }.hasPrefix(value == nil ? "9" : "5"), "\(inForce)")
    }

    @Test("also of a list that comes with this very plan")
    func overruledNewcomer() throws {
        let git = Self.common + Self.p
        let scene = Scene(base: git, desired: git + "meta resource-stickiness=9", live: git + "meta $id=zz 10: resource-stickiness=5")
        #expect(try scene.plan().notices.count { $0.message.contains("has no effect, since the list zz,") } == 1)
    }

    @Test("an operator's stop in both lists is held in both, and said once")
    func held() throws {
        let git = Self.common + Self.p + "meta priority=1 target-role=Started meta migration-threshold=3"
        let live = Self.common + Self.p + "meta priority=1 target-role=Stopped meta migration-threshold=3 target-role=Stopped"
        let plan = try Scene(base: git, desired: git, live: live).plan()
        #expect(plan.changes == [])
        #expect(plan.held.map { $0.path?.description } == ["meta target-role"])
    }

    @Test("the order of sets that have nothing in common, or another score, is nobody's business")
    func indifferent() throws {
        for (one, two) in [("resource-stickiness=1", "priority=2"), ("2: resource-stickiness=1", "5: resource-stickiness=2")] {
            let live = Self.common + "rsc_defaults one: \(one)\nrsc_defaults two: \(two)"
            let git = Self.common + "rsc_defaults two: \(two)\nrsc_defaults one: \(one)"
            #expect(try Scene(base: live, desired: git).plan().changes == [])
        }
    }

    @Test("a set that git's took over stays git's when a second one appears; dropped from git, its options go")
    func adopted() throws {
        let git = Self.common + "rsc_defaults rsc-options: resource-stickiness=200"
        let live = Self.common + "rsc_defaults rsc_defaults-options: resource-stickiness=200\nrsc_defaults second: migration-threshold=3"
        #expect(try Scene(base: git, desired: git, live: live).plan().changes == [])
        let more = try Scene(base: git, desired: git + " priority=1", live: live).plan()
        #expect(more.changes.map(\.id.name) == ["rsc_defaults-options"])
        let less = try Scene(base: git, desired: Self.common, live: live).plan()
        #expect(less.changes.map { "\($0.action) \($0.id.name)" } == ["delete rsc_defaults-options"])
    }
}
