import Diagnostics
import Repository
import TestKit
import Testing
import Validation

struct ReferenceTests {
    @Test("a reference to nothing is shown where it stands, with what was probably meant")
    func unknown() {
        let state = DesiredState(crm: "primitive xps-101 Dummy\nprimitive b Dummy\norder o Mandatory: xsp-101:start b\n")
        #expect(
            state.unresolved.map(\.finding.description) == [
                """
                crm/cluster.crm:3:20: error[CXS103]: o refers to "xsp-101", and no such resource is declared
                    order o Mandatory: xsp-101:start b
                                       ^~~~~~~
                    did you mean "xps-101"?
                """
            ])
    }

    @Test(
        "every kind of reference is looked at",
        arguments: [
            "group g x", "clone c x", "ms m x", "location l x 100: alice", "location l { a x } 100: alice",
            "colocation c inf: a x", "colocation c inf: x a", "order o Mandatory: a ( b x )", "order o Mandatory: x a",
        ])
    func everywhere(_ statement: String) {
        let state = DesiredState(crm: "primitive a Dummy\nprimitive b Dummy\n\(statement)\n")
        #expect(state.unresolved.map(\.name) == ["x"], "\(Findings(Validation.findings(in: state)))")
        #expect(state.errors == [])
    }

    @Test("a resource has one owner")
    func twoOwners() {
        let state = DesiredState(crm: "primitive a Dummy\nprimitive b Dummy\ngroup g a b\nclone c a\n")
        #expect(state.errors.map(\.message) == ["\"a\" is a member of g and of c"])
        #expect(state.errors.first?.place?.line == 4)
    }

    @Test(
        "what can't nest is said so",
        arguments: [
            ("clone c d\nclone d a", "a clone can't hold the clone \"d\""),
            ("group g h\ngroup h a", "a group can't hold the group \"h\""), ("group g c\nclone c a", "a group can't hold the clone \"c\""),
            ("group g g", "a group can't hold the group \"g\""), ("clone c c", "a clone can't hold the clone \"c\""),
            ("clone c g\ngroup g c", "a group can't hold the clone \"c\""),
        ])
    func nesting(_ text: String, _ message: String) {
        let state = DesiredState(crm: "primitive a Dummy\n\(text)\n")
        #expect(state.errors.map(\.message).contains(message), "\(Findings(Validation.findings(in: state)))")
    }

    @Test("a group may be in a clone")
    func groupInClone() {
        #expect(Validation.findings(in: DesiredState(crm: "primitive a Dummy\ngroup g a\nclone c g\n")) == [])
    }

    @Test("an id names one object, in whatever file")
    func duplicates() {
        let state = DesiredState(crm: "primitive a Dummy\n", files: ["crm/z.crm": "group a b\nprimitive b Dummy\n"])
        #expect(state.errors.map(\.message) == ["\"a\" is declared already, in crm/cluster.crm:1"])
        #expect(state.errors.first?.place?.file == "crm/z.crm")
    }

    @Test("an id is that of one node")
    func nodeIDs() {
        let state = DesiredState(crm: "node 1: alpha\nnode 1: bravo\nnode charlie\nnode dora\n")
        #expect(state.errors.map(\.message) == ["the node id 1 is that of alpha already, in crm/cluster.crm:1"])
        #expect(state.errors.first?.place?.line == 2)
    }

    @Test(
        "a right to an attribute is one to a type's",
        arguments: ["node attribute:standby", "ref:x attribute:y", "xpath:\"//nodes\" attribute:y", "property:x attribute:y"])
    func attributes(_ specification: String) {
        #expect(DesiredState(crm: "role r write \(specification)\n").errors.count == 1)
        #expect(DesiredState(crm: "role r write type:node attribute:standby\n").errors == [])
    }

    @Test("several files may fill a set of options, but no option twice")
    func optionSets() {
        let state = DesiredState(
            crm: "property stonith-enabled=true", files: ["crm/a.crm": "property batch-limit=5 stonith-enabled=false"])
        #expect(state.declarations.count == 1)
        #expect(state.errors.map(\.message) == ["\"stonith-enabled\" is set twice in cib-bootstrap-options"])
    }
}
