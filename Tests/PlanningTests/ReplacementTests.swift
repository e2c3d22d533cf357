import CIB
import Diagnostics
import Planning
import Repository
import Steps
import TestKit
import Testing
import XML

/// Another kind of thing takes the name of one that goes, a clone or group that of a primitive: delete and create.
struct ReplacementTests {
    private static let common = """
        primitive other ocf:pacemaker:Dummy
        primitive third ocf:pacemaker:Dummy
        order o Mandatory: x other
        colocation c inf: other x

        """

    /// Each stands under the name x.
    static let forms = [
        "primitive x ocf:pacemaker:Dummy params fake=1",
        "primitive y ocf:pacemaker:Dummy params fake=1\nclone x y meta interleave=true",
        "primitive y ocf:pacemaker:Dummy params fake=1\nprimitive z ocf:pacemaker:Dummy\ngroup x y z",
        "primitive y ocf:pacemaker:Dummy\ngroup g y\nclone x g",
        "bundle x docker image=i network port-mapping port=80",
    ]

    static let pairs = forms.indices.flatMap { a in forms.indices.filter { $0 != a }.map { [a, $0] } }

    private func scene(_ pair: [Int]) -> Scene {
        Scene(base: Self.common + Self.forms[pair[0]], desired: Self.common + Self.forms[pair[1]])
    }

    @Test("it goes and comes in one transaction, cibadmin makes of it what is wanted, and then there is nothing to do", arguments: pairs)
    func oneTransaction(_ pair: [Int]) async throws {
        let scene = scene(pair)
        let plan = try scene.plan()
        let isClone = pair.sorted() == [1, 3]  // of another member: the same kind of thing
        #expect(plan.changes.filter { $0.id.name == "x" }.map(\.action) == (isClone ? [.change] : [.create, .delete]))
        #expect(plan.deletedResources.contains("x") == !isClone)
        #expect(plan.wanted.differences(from: CIB(crm: Self.common + Self.forms[pair[1]], applied: .desired)) == [])
        let result = try await Twin(of: plan.live).patch(plan.patch.xml)
        #expect(result.root.raw.xml == plan.wanted.root.raw.xml)
        #expect(try scene.carryingOut(plan).plan().changes == [])
    }

    @Test("crmsh makes of the script the same CIB", arguments: pairs)
    func script(_ pair: [Int]) async throws {
        let plan = try scene(pair).plan()
        let script = try plan.script()
        let (result, output) = try await Twin(of: plan.live).run(script)
        #expect(plan.wanted.differences(from: result) == [], "\(script)\n\(output)")
    }

    @Test("the old one is stopped first, and the ban goes without a word")
    func retirement() throws {
        var scene = scene([0, 1])
        let plan = try scene.plan()
        scene.live = Retirement(of: plan.deletedResources, in: plan).transaction(on: plan.live).to
        #expect(scene.live.constraint("coxswain-retire-x")?["rsc"] == "x")
        let next = try scene.plan()
        #expect(next.changes == plan.changes)
        #expect(next.wanted.constraint("coxswain-retire-x") == nil)
    }

    @Test("another agent is a change in place: Pacemaker itself stops the resource, and what depends on it, in the right order")
    func agent() async throws {
        let scene = Scene(
            base: Self.common + Self.forms[0], desired: Self.common + "primitive x ocf:pacemaker:Stateful params fake=1")
        let plan = try scene.plan()
        #expect(plan.changes.map { "\($0.action) \($0.id.name)" } == ["change x"])
        #expect(try await Twin(of: plan.live).patch(plan.patch.xml).resource("x")?["type"] == "Stateful")
    }

    @Test("a member of what git does not know stays what it is")
    func held() {
        let scene = Scene(
            base: Self.forms[0], desired: Self.forms[1], live: Self.forms[0] + "\nprimitive s ocf:pacemaker:Dummy\ngroup strange x s")
        #expect(throws: Findings.self) { try scene.plan() }
    }

    @Test("a template that goes takes no bans with it: what was made from it may stay")
    func template() throws {
        let plan = try Scene(
            base: "rsc_template t ocf:pacemaker:Dummy\nprimitive x @t\nprimitive y ocf:pacemaker:Dummy",
            desired: "primitive x ocf:pacemaker:Dummy"
        ).plan()
        let banned = Retirement(of: plan.deletedResources, in: plan).transaction(on: plan.live).to
        #expect(banned.constraint("coxswain-retire-t") == nil)
        #expect(banned.constraint("coxswain-retire-y") != nil)
    }
}
