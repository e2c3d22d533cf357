import CIB
import TestKit
import Testing
import XML

struct PatchTests {
    /// The operations and their paths, without `/cib/configuration`.
    private func operations(_ old: CIB, _ new: CIB) -> [String] {
        Patch(from: old, to: new).element.children.dropFirst().map { change in
            let path = (change["path"] ?? "").replacing("/cib/configuration", with: "")
            return [change["operation"] ?? "", path, change["position"] ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    private func operations(_ old: String, _ new: String) -> [String] { operations(CIB(crm: old), CIB(crm: new)) }

    @Test("a patch is bound to the version that it was made from")
    func version() throws {
        let patch = Patch(from: .empty, to: CIB(crm: "primitive a Dummy"))
        let version = try #require(patch.element.first("version"))
        #expect(version.first("source")?["epoch"] == "1")
        #expect(version.first("target")?["epoch"] == "2")
        #expect(version.first("source")?["num_updates"] == "0")
        #expect(patch.element["format"] == "2")
    }

    @Test("nothing changes, nothing is said")
    func empty() { #expect(Patch(from: .empty, to: .empty).isEmpty) }

    @Test("created, changed, deleted")
    func operations() {
        #expect(operations("primitive a Dummy", "primitive a Dummy\nprimitive b Dummy") == ["create /resources 1"])
        #expect(operations("primitive a Dummy\nprimitive b Dummy", "primitive b Dummy") == ["delete /resources/primitive[@id='a']"])
        #expect(
            operations("primitive a Dummy params x=1", "primitive a Dummy params x=2") == [
                "modify /resources/primitive[@id='a']/instance_attributes[@id='a-instance_attributes']/nvpair[@id='a-instance_attributes-x']"
            ])
    }

    @Test("an attribute is set or unset, and the result told")
    func attributes() throws {
        let old = CIB(crm: "primitive a Dummy\nlocation l a 1: alice")
        let new = CIB(crm: "primitive a Dummy\nlocation l a rule 1: #uname eq bob")
        let change = try #require(Patch(from: old, to: new).element.children.first { $0["operation"] == "modify" })
        let list = try #require(change.first("change-list")).children.map { "\($0["operation"] ?? "") \($0["name"] ?? "")" }
        #expect(Set(list) == ["unset score", "unset node"])
        #expect(change.first("change-result")?.children.first?.attributes.map(\.name).sorted() == ["id", "rsc"])
    }

    @Test("what changes places moves")
    func moves() {
        let primitives = "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\n"
        #expect(
            operations(primitives + "group g a b c", primitives + "group g c a b")
                == ["c", "a", "b"].enumerated().map { "move /resources/group[@id='g']/primitive[@id='\($1)'] \($0)" })
    }

    @Test("what has no id of its own is replaced with what is around it")
    func ambiguous() throws {
        func cib(_ references: String...) throws -> CIB {
            let sets = references.map { "<instance_attributes id-ref=\"\($0)\"/>" }.joined()
            var edits = Edits()
            let primitive = try element("<primitive id=\"a\" class=\"ocf\" provider=\"p\" type=\"T\">\(sets)</primitive>")
            edits.add(CIBObject(id: ObjectID(.resource, "a"), element: primitive))
            return CIB.empty.applying(edits)
        }
        #expect(
            operations(try cib("x", "y"), try cib("x", "z")) == ["delete /resources/primitive[@id='a']", "create /resources 0"])
        #expect(operations(try cib("x", "y"), try cib("x", "y")) == [])
    }
}
