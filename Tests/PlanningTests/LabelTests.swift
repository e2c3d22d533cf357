import CIB
import Planning
import Repository
import TestKit
import Testing
import XML

/// Ids of what is in an object: labels, unless something refers to them.
struct LabelTests {
    private static let live = """
        xml <primitive id="a" class="ocf" provider="pacemaker" type="Dummy"> \
        <instance_attributes id="a-i"> <nvpair id="n1" name="fake" value="1"/> </instance_attributes> </primitive>
        primitive b ocf:pacemaker:Dummy

        """

    private func plan(_ desired: String, live: String = live) throws -> Plan {
        try Scene(base: live, desired: desired, live: live).plan()
    }

    @Test("a label that something else has is made up anew")
    func clash() throws {
        let moved = """
            xml <primitive id="a" class="ocf" provider="pacemaker" type="Dummy"> <meta_attributes id="a-m"> \
            <nvpair id="n1" name="priority" value="5"/> </meta_attributes> \
            <instance_attributes id="other"> <nvpair id="n2" name="fake" value="1"/> </instance_attributes> </primitive>
            xml <primitive id="b" class="ocf" provider="pacemaker" type="Dummy"> <meta_attributes id="a-i"/> </primitive>

            """
        let plan = try plan(moved)
        #expect(plan.wanted.repeatedIDs == [])
        #expect(plan.wanted.resource("a")?.first("instance_attributes")?.id == "a-i")
        #expect(try Scene(base: moved, desired: moved).carryingOut(plan).plan().changes == [])
    }

    @Test("an id that the repository refers to becomes the live one's, whatever that was called")
    func referenced() throws {
        let desired = """
            primitive a ocf:pacemaker:Dummy params $id=shared $fake-of-a:fake=1
            primitive b ocf:pacemaker:Dummy params @fake-of-a

            """
        let plan = try plan(desired)
        let pair = try #require(plan.wanted.resource("a")?.first("instance_attributes")?.children.first)
        #expect(pair.id == "fake-of-a")
        #expect(plan.wanted.resource("a")?.first("instance_attributes")?.id == "a-i")
        #expect(try Scene(base: desired, desired: desired).carryingOut(plan).plan().changes == [])
    }

    @Test("a set that takes its content over from another is deleted by what it is, not by what stands first")
    func withoutID() async throws {
        let live = "property $id=x a=1\nproperty $id-ref=x\nproperty $id=y b=2\n"
        let plan = try plan("property $id=x a=1\nproperty $id=y b=3\n", live: live)
        let result = try await Twin(of: plan.live).patch(plan.patch.xml)
        #expect(result.root.raw == plan.wanted.root.raw)
        #expect(plan.wanted[ObjectID(.properties, "@x")] == nil)
    }

    @Test("a pair without a value is not the same as an empty one")
    func noValue() throws {
        let changes = try plan("primitive b ocf:pacemaker:Dummy params fake\n", live: "primitive b ocf:pacemaker:Dummy params fake=\"\"\n").changes
        #expect(changes.map(\.id.name) == ["b"])
    }
}
