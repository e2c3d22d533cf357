import CIB
import CRMSyntax
import Diagnostics
import TestKit
import Testing
import XML

struct EditTests {
    private let cluster = CIB(crm: "primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\ngroup g a b\nclone k g\nlocation l c 1: alice")

    private func edited(_ make: (inout Edits) throws -> Void) rethrows -> CIB {
        var edits = Edits()
        try make(&edits)
        return cluster.applying(edits)
    }

    /// The resources as they nest.
    private func nesting(_ cib: CIB) -> String {
        func text(_ element: Element) -> String {
            let inner = element.children.filter { Tags.isResource($0.name) || $0.name == Tags.member }.map(text)
            let mark = element.name == Tags.member ? "?" : ""
            return mark + (element.id ?? "") + (inner.isEmpty ? "" : "(\(inner.joined(separator: " ")))")
        }
        return (cib.configuration.first("resources")?.children ?? []).map(text).joined(separator: " ")
    }

    private func id(_ name: String) -> ObjectID { ObjectID(.resource, name) }

    @Test("every resource is an object, those in groups and clones too")
    func objects() {
        #expect(cluster.objects.filter { $0.id.kind == .resource }.map(\.id.name) == ["c", "k", "g", "a", "b"])
        #expect(nesting(cluster) == "c k(g(a b))")
        #expect(cluster[id("g")]?.members == ["a", "b"])
    }

    @Test("no edits, no change; not even of the version")
    func nothing() { #expect(edited { _ in }.root == cluster.root) }

    @Test("an edit raises the epoch and touches nothing else")
    func version() throws {
        let result = try edited { try $0.change(id("a"), to: present("primitive a Dummy params x=1")) }
        #expect(result.version == cluster.version.next)
        #expect(result.configuration.first("constraints") == cluster.configuration.first("constraints"))
        #expect(nesting(result) == "c k(g(a b))")
        #expect(result.resource("a")?.first("instance_attributes") != nil)
    }

    @Test(
        "resources move into and out of groups and clones",
        arguments: [
            (["g": "group g a"], [], [], "c k(g(a)) b"), (["g": "group g b a c"], [], [], "k(g(b a c))"),
            ([:], ["k"], [], "c g(a b)"), ([:], ["k", "g"], [], "c a b"), ([:], ["k", "g", "a", "b"], [], "c"),
            (["k": "clone k c"], [], [], "k(c) g(a b)"), ([:], [], ["clone n c"], "k(g(a b)) n(c)"),
            (["g": "group g a"], [], ["group h b c"], "k(g(a)) h(b c)"), ([:], [], ["primitive z Dummy"], "c k(g(a b)) z"),
        ] as [([String: String], [String], [String], String)])
    func moves(_ changed: [String: String], _ removed: [String], _ added: [String], _ expected: String) throws {
        let result = try edited { edits in
            for (name, crm) in changed { edits.change(id(name), to: try present(crm)) }
            for name in removed { edits.remove(id(name)) }
            for crm in added {
                let element = try present(crm)
                edits.add(CIBObject(id: id(element.id ?? ""), element: element))
            }
        }
        #expect(nesting(result) == expected)
    }

    @Test("a section that is missing is made")
    func sections() throws {
        let bare = try CIB(parsing: SourceText(path: "", text: "<cib epoch=\"1\"><configuration/></cib>"))
        var edits = Edits()
        edits.add(CIBObject(id: id("a"), element: try present("primitive a Dummy")))
        let set = try present("rsc_defaults rsc-options: priority=1").children[0]
        edits.add(CIBObject(id: ObjectID(.resourceDefaults, "rsc-options"), element: set))
        #expect(bare.applying(edits).configuration.children.map(\.name) == ["resources", "rsc_defaults"])
    }

    @Test("the status is not kept, and what is no CIB is refused")
    func reading() throws {
        let cib = try CIB(parsing: SourceText(path: "", text: "<cib><configuration/><status><node_state id=\"1\"/></status></cib>"))
        #expect(cib.root.first("status") == nil)
        for text in ["<cib/>", "<html><configuration/></html>", "", "<cib><configuration>", "<!DOCTYPE cib><cib><configuration/></cib>"] {
            #expect(throws: Finding.self) { try CIB(parsing: SourceText(path: "cib.xml", text: text)) }
        }
    }

    @Test("cycles that no schema allows end all the same")
    func cycles() throws {
        let result = try edited {
            $0.change(id("g"), to: try present("group g k"))
            $0.change(id("k"), to: try present("clone k g"))
        }
        #expect(nesting(result) == "c a b")
    }
}
