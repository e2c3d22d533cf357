import CIB
import ClusterModel
import Diagnostics
import Planning
import Records
import Repository
import Steps
import TestKit
import Testing
import XML

/// What is neither a node, a resource, a simple constraint nor a set of options.
struct ObjectKindTests {
    static let objects = """
        node n1
        node n2
        primitive a ocf:pacemaker:Dummy
        primitive b ocf:pacemaker:Dummy
        primitive f1 stonith:external/ssh
        primitive f2 stonith:external/ssh
        tag t a b
        fencing_topology n1: f1 f2 n2: f2
        rsc_ticket tk ticketA: a loss-policy=stop
        role r read xpath:"/cib" deny ref:a
        acl_target user r
        alert al /bin/mail meta timeout=5s to x@example.org to y@example.org
        """

    @Test("each of them is created, and then there is nothing to do")
    func creates() throws {
        let scene = Scene(base: "", desired: Self.objects)
        let plan = try scene.plan()
        #expect(plan.wanted.objects.count { ![.node, .resource, .properties].contains($0.id.kind) } == 6)
        #expect(try scene.carryingOut(plan).plan().changes == [])
    }

    @Test("options without a name are the live set under whatever name, but not one of several, and not where a rule is in them")
    func optionsUnderAnotherName() throws {
        let mine = "node n1\nproperty no-quorum-policy=stop\n"
        let one = "node n1\nproperty a: no-quorum-policy=freeze\n"
        func touched(_ desired: String, _ live: String) throws -> [String] {
            try Scene(base: nil, desired: desired, live: live).plan().changes.map { "\($0.action) \($0.id.name)" }
        }
        #expect(try touched(mine, one) == ["change a"])
        #expect(try touched(mine, one + "property b: batch-limit=5\n") == ["create cib-bootstrap-options"])
        let ruled = "node n1\nproperty rule 0: date gt 2001-01-01 no-quorum-policy=stop\n"
        #expect(try touched(ruled, one) == ["create cib-bootstrap-options"])
    }

    @Test("each of them is deleted when git had it, and left alone when it had not")
    func deletes() throws {
        let few = Self.objects.split(separator: "\n").prefix(6).joined(separator: "\n")
        let deletion = try Scene(base: Self.objects, desired: few).plan()
        #expect(Set(deletion.changes.map(\.id.kind)) == [.tag, .fencing, .constraint, .role, .aclTarget, .alert])
        #expect(deletion.changes.allSatisfy { $0.action == .delete })
        let unknown = try Scene(base: few, desired: few, live: Self.objects).plan()
        #expect(unknown.changes == [])
        #expect(unknown.unmanaged.count == 6)
    }

    private func plan(_ live: String, _ desired: String, base: String? = nil) throws -> Plan {
        let common = "primitive f1 stonith:external/ssh\nprimitive f2 stonith:external/ssh\nnode n1\nnode n2\n"
        return try Scene(base: common + (base ?? live), desired: common + desired, live: common + live).plan()
    }

    @Test("a fencing level is known by its target and devices: a new order moves it")
    func levels() throws {
        let plan = try plan("fencing_topology n1: f1 f2", "fencing_topology n1: f2 f1")
        let before = CIB(crm: "fencing_topology n1: f1 f2").objects[0].element
        let after = try #require(plan.wanted[ObjectID(.fencing, "fencing_topology")]?.element)
        #expect(after.children.map { $0["index"] } == ["2", "1"])
        #expect(after.children.map(\.id) == before.children.map(\.id))
        #expect(plan.changes.flatMap(\.fields).map(\.path.description) == ["n1: f1 index", "n1: f2 index"])
    }

    @Test("levels that git never had stay")
    func foreignLevels() throws {
        let plan = try plan("fencing_topology n1: f1 n2: f2", "fencing_topology n1: f1", base: "fencing_topology n1: f1")
        #expect(plan.changes == [])
        #expect(plan.unmanaged.contains { $0.path?.description == "n2: f2" })
    }

    @Test("levels without a target hold for every node of the cluster")
    func untargeted() throws {
        let plan = try plan("fencing_topology n1: f1,f2 n2: f1,f2", "fencing_topology f1,f2", base: "")
        #expect(plan.changes == [])
        #expect(try self.plan("", "fencing_topology f1").wanted[ObjectID(.fencing, "fencing_topology")]?.element.children.count == 2)
    }

    @Test("an alert under another id is the same if it runs the same program, and a recipient by its address")
    func alerts() throws {
        let plan = try plan("alert old /bin/mail to x to y", "alert new /bin/mail to y meta timeout=1s", base: "")
        #expect(plan.changes.map { "\($0.action) \($0.id.name)" } == ["change old"])
        let alert = try #require(plan.wanted[ObjectID(.alert, "old")]?.element)
        #expect(alert.children.map { $0["value"] } == ["x", "y"])
        #expect(alert.children[1].first("meta_attributes") != nil)
    }

    @Test("permissions are taken whole")
    func permissions() throws {
        let live = "role r read xpath:/cib\nacl_target u r"
        let plan = try plan(live, "role r deny ref:f1 read xpath:/cib\nacl_target u r")
        let role = try #require(plan.wanted[ObjectID(.role, "r")]?.element)
        #expect(role.children.map { $0["kind"] } == ["deny", "read"])
        #expect(plan.changes.map(\.id.name) == ["r"])
    }

    @Test("a tag that git doesn't have loses a resource that goes")
    func tags() throws {
        let live = "primitive a ocf:pacemaker:Dummy\ntag t a f1"
        let plan = try plan(live, "", base: "primitive a ocf:pacemaker:Dummy")
        #expect(plan.wanted[ObjectID(.tag, "t")]?.element.children.map(\.id) == ["f1"])
    }

    @Test(
        "an id that a part of something has in the cluster is refused, unless that part goes",
        arguments: ["op monitor $id=foo interval=10s", "params $id=foo fake=1", "params $foo:fake=1"])
    func idsOfParts(_ part: String) throws {
        let (holder, object) = ("primitive z ocf:pacemaker:Dummy", "primitive foo ocf:pacemaker:Dummy")
        let clash = try plan("\(holder) \(part)", object, base: "").misfits
        #expect(clash.map(\.message).allSatisfy { $0.hasPrefix("the id foo is that of a part of z, <") } && clash.map(\.place?.line) == [5])
        #expect(try plan("\(holder) \(part)", object, base: "\(holder) \(part)").misfits == [])
        #expect(try plan("\(holder) \(part)", "\(holder)\n\(object)", base: "\(holder) \(part)").misfits == [])
        #expect(try plan("\(holder)\ngroup g z\ntag t z", object, base: "").misfits == [])
    }

    @Test("the ids of the record are nobody else's")
    func record() throws {
        let suspension = Suspension(by: "root", reason: "", since: 0, until: 1)
        var record = ClusterRecord(applied: .base, good: .base, held: .base, leader: "a", suspension: suspension)
        (record.begun, record.part, record.endedHolds) = (.base, RepositoryPart(cluster: "c", path: "p"), ["x"])
        record.hold(.base, because: "a failed")
        var ids: [String] = []
        record.object?.element.walk { if let id = $0.id { ids.append(id) } }
        #expect(ids.count == 11)
        for id in ids { #expect(DesiredState(crm: "primitive \(id) Dummy").errors.map(\.code) == ["CXS117"], "\(id)") }
    }

    @Test("a list may be named by the resource that has it")
    func lists() throws {
        let live = "primitive a ocf:pacemaker:Dummy params $id=set fake=1"
        let desired = live + "\nprimitive b ocf:pacemaker:Dummy params $id-ref=a"
        let set = try plan(live, desired).wanted.resource("b")?.first("instance_attributes")
        #expect(set?["id-ref"] == "set")
        let both = try plan("", "primitive a ocf:pacemaker:Dummy params fake=1\nprimitive b ocf:pacemaker:Dummy params $id-ref=a")
        #expect(both.wanted.resource("b")?.first("instance_attributes")?["id-ref"] == "a-instance_attributes")
    }

    @Test("a monitor statement is an operation of its resource")
    func monitor() throws {
        let plan = try plan("", "monitor a 20s:10s\nprimitive a ocf:pacemaker:Dummy op start interval=0 timeout=5")
        let operations = try #require(plan.wanted.resource("a")?.first("operations"))
        #expect(operations.children.map { "\($0["name"] ?? "") \($0["interval"] ?? "")" } == ["start 0", "monitor 20s"])
        #expect(DesiredState(crm: "monitor nobody 20s").errors.count == 1)
    }

    @Test("a reference to a pair's own value is that value, and there must be one")
    func secrets() throws {
        let live = "primitive s stonith:fence_x params passwd=geheim ip=1"
        let desired = "primitive s stonith:fence_x params @s-instance_attributes-passwd:passwd ip=1"
        #expect(try plan(live, desired).changes == [])
        #expect(try plan(live, desired, base: desired).changes == [])
        let changed = try plan(live, desired + " port=2", base: desired)
        #expect(changed.wanted.resource("s")?.first("instance_attributes")?.children.map { $0["value"] } == ["geheim", "1", "2"])
        #expect(throws: Findings.self) { try plan("", desired) }
    }

    @Test("renamed, it takes the password along, under the id that git refers to")
    func renamedSecrets() throws {
        let common = "primitive f1 stonith:external/ssh\nprimitive f2 stonith:external/ssh\nnode n1\nnode n2\n"
        let live = common + "primitive s stonith:fence_x params passwd=geheim ip=1"
        let reference = "params @s-instance_attributes-passwd:passwd ip=1"
        let scene = Scene(
            base: DesiredState(crm: common + "primitive s stonith:fence_x " + reference),
            desired: DesiredState(crm: common + "primitive t stonith:fence_x " + reference), live: CIB(crm: live, applied: .base))
        let plan = try scene.plan()
        let pairs = plan.wanted.resource("t")?.first("instance_attributes")?.children
        #expect(pairs?.map { $0["value"] } == ["geheim", "1"])
        #expect(pairs?.first?.id == "s-instance_attributes-passwd")
        #expect(!plan.notices.contains { $0.message.contains("only copy") })
        #expect(try scene.carryingOut(plan).plan().changes == [])
    }

    @Test("an option of Pacemaker 1.0 that a cluster with such a schema has may stay; a newer one doesn't take it")
    func retiredOptions() throws {
        let text = "property default-resource-stickiness=100 no-quorum-policy=stop\n"
        for (schema, isRefused) in [("pacemaker-1.2", false), ("pacemaker-3.9", true)] {
            var scene = Scene(base: "", desired: text, live: schema == "pacemaker-1.2" ? text : "")
            var root = scene.live.root
            root["validate-with"] = schema
            scene.live = CIB(root)
            #expect(scene.desired.errors == [])
            #expect(try scene.plan().misfits.contains { $0.remedy == "write \"rsc_defaults resource-stickiness=100\" instead" } == isRefused)
        }
    }
}
