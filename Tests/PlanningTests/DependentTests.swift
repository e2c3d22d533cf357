import CIB
import Planning
import TestKit
import Testing
internal import XML

/// What becomes of constraints and tags that git doesn't have, where it deletes what they are about: what crmsh's `delete` makes of them.
struct DependentTests {
    private static let resources = ["a", "b", "c", "d"].map { "primitive \($0) ocf:pacemaker:Dummy\n" }.joined()
    private static let statements = [
        "order x Mandatory: a b", "order x Mandatory: a b c", "order x Mandatory: a b c d", "order x Mandatory: ( a b ) c",
        "order x Mandatory: ( a ) b ( c )", "order x Mandatory: ( b ) ( a c )", "order x Optional: a:start b:start c:stop symmetrical=false",
        "order x Mandatory: a b b c", "colocation x inf: ( a b ) c", "colocation x inf: a b c", "colocation x inf: ( b ) d",
        "colocation x inf: b ( c d )", "colocation x inf: a:Promoted b:Promoted d:Promoted", "colocation x inf: a:Promoted b c",
        "colocation x inf: ( b ) ( c ) ( d )", "location x { a b } 100: n1", "location x { b } 100: n1", "rsc_ticket x T: a b", "tag x a b",
        "tag x b",
    ]

    @Test("crmsh's delete leaves the same", arguments: statements)
    func delete(_ statement: String) async throws {
        let common = "node n1\nproperty stonith-enabled=false\n" + Self.resources
        let desired = common.split(separator: "\n").filter { !$0.hasPrefix("primitive b ") }.joined(separator: "\n")
        let scene = Scene(base: common, desired: desired, live: common + statement)
        let plan = try scene.plan()
        let (oracle, output) = try await Twin(of: scene.live).run("configure\ndelete b\ncommit\n")
        try #require(oracle.resource("b") == nil, "\(output)")
        for id in [ObjectID(.constraint, "x"), ObjectID(.tag, "x")] {
            #expect(plan.wanted[id]?.element.canonical() == oracle[id]?.element.canonical())
        }
        #expect(try scene.carryingOut(plan).plan().changes == [])
    }

    @Test("of sets of which any one will do no pair comes")
    func any() throws {
        let common = Self.resources + "order x Mandatory: [ a b ] c\n"
        let desired = Self.resources.split(separator: "\n").filter { !$0.hasPrefix("primitive b ") }.joined(separator: "\n")
        let plan = try Scene(base: Self.resources, desired: desired, live: common).plan()
        #expect(plan.wanted.constraint("x")?.children.map { $0.children.map(\.id) } == [["a"], ["c"]])
        #expect(plan.changes.first { $0.id.name == "x" }?.reason == "b is deleted")
    }
}
