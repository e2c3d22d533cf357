import ClusterModel
import Planning
import TestKit
import Testing

@Suite("A plan touches what it is about, and nothing else")
struct TouchedTests {
    /// `other` stands beside all that changes.
    private func touched(_ base: String, _ desired: String) throws -> [ResourceID] {
        try Scene(base: base + "\nprimitive other Dummy", desired: desired + "\nprimitive other Dummy").plan().touched.sorted()
    }

    @Test("what is created, changed or deleted")
    func objects() throws {
        #expect(try touched("", "primitive a Dummy") == ["a"])
        #expect(try touched("primitive a Dummy", "primitive a Dummy params x=1") == ["a"])
        #expect(try touched("primitive a Dummy", "") == ["a"])
    }

    @Test("groups and clones are touched as a whole, from inside and from outside")
    func units() throws {
        let rest = "\nprimitive b Dummy\ngroup g a b\nclone c g"
        #expect(try touched("primitive a Dummy" + rest, "primitive a Dummy params x=1" + rest) == ["a", "b", "c", "g"])
        let members = "primitive a Dummy\nprimitive b Dummy\n"
        #expect(try touched(members + "group g a", members + "group g a b") == ["a", "b", "g"])
        #expect(try touched(members + "group g a b", members + "group g a") == ["a", "b", "g"])
        #expect(try touched(members + "group g a b\nclone c g", members + "group g a b\nclone c g meta interleave=true") == ["a", "b", "c", "g"])
    }

    private let three = "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nclone cc c\n"

    @Test(
        "a constraint touches what it names, before and after",
        arguments: [
            ("", "colocation x inf: a b", ["a", "b"]), ("order x a b", "", ["a", "b"]), ("order x a b", "order x b cc", ["a", "b", "c", "cc"]),
            ("", "order x a ( b cc )", ["a", "b", "c", "cc"]), ("location x cc 10: n1", "location x cc 20: n1", ["c", "cc"]),
            ("location x a 10: n1", "location x b 10: n1", ["a", "b"]), ("", "location x { a b } 10: n1", ["a", "b"]),
            ("", "rsc_ticket x t: a", ["a"]), ("", "location x /^[ab]$/ 10: n1", ["a", "b"]), ("", "location x /c/ 10: n1", ["c", "cc"]),
        ])
    func constraints(_ before: String, _ after: String, _ expected: [String]) throws {
        #expect(try touched(three + before, three + after).map(\.text) == expected)
    }

    @Test("a tag stands for what is tagged; a changed one touches what came under it or went")
    func tags() throws {
        #expect(try touched(three + "tag t: a b", three + "tag t: a b\nlocation x t 10: n1") == ["a", "b"])
        #expect(try touched(three + "tag t: a b\nlocation x t 10: n1", three + "tag t: a cc\nlocation x t 10: n1") == ["b", "c", "cc"])
    }

    @Test("a template touches what is made from it, a set what stands for it elsewhere")
    func lent() throws {
        func template(_ x: Int) -> String { "rsc_template t Dummy params x=\(x)\nprimitive a @t\nprimitive b @t\nclone c b" }
        #expect(try touched(template(1), template(2)) == ["a", "b", "c"])
        func set(_ x: Int) -> String { "primitive a Dummy params $id=s x=\(x)\nprimitive b Dummy params $id-ref=s" }
        #expect(try touched(set(1), set(2)) == ["a", "b"])
    }

    @Test(
        "what is for all touches nothing",
        arguments: [
            ("rsc_defaults r: resource-stickiness=1", "rsc_defaults r: resource-stickiness=2"),
            ("op_defaults o: timeout=1", "op_defaults o: timeout=2"),
            ("property stonith-enabled=true", "property stonith-enabled=false"), ("node 1: n1", "node 1: n1 attributes x=1"),
            ("node 1: n1", "node 1: n1 attributes standby=on"),
        ])
    func global(_ before: String, _ after: String) throws {
        let scene = Scene(base: before + "\nprimitive other Dummy", desired: after + "\nprimitive other Dummy")
        #expect(try !scene.plan().changes.isEmpty)
        #expect(try scene.plan().touched == [])
    }
}
