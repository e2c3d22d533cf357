import CRMSyntax
import Testing
import XML

struct ResourceTests {
    @Test("a primitive has an agent, lists and operations")
    func primitive() throws {
        try expect(
            """
            primitive xps-101 ocf:heartbeat:Xen \\
            \tparams xmfile="/cluster/xen/xps-101.cfg" \\
            \top monitor interval=10s timeout=30 \\
            \top start interval=0 \\
            \tmeta allow-migrate=true
            """,
            means: """
                <primitive id="xps-101" class="ocf" provider="heartbeat" type="Xen">
                  <instance_attributes><nvpair name="xmfile" value="/cluster/xen/xps-101.cfg"/></instance_attributes>
                  <operations>
                    <op name="monitor" interval="10s" timeout="30"/>
                    <op name="start" interval="0"/>
                  </operations>
                  <meta_attributes><nvpair name="allow-migrate" value="true"/></meta_attributes>
                </primitive>
                """)
    }

    @Test(
        "an agent may be named in part",
        arguments: [
            ("Xen", "ocf", "heartbeat", "Xen"), ("ocf:Xen", "ocf", "heartbeat", "Xen"),
            ("drbd", "ocf", "linbit", "drbd"), ("ping", "ocf", "pacemaker", "ping"),
            ("ocf:x:y", "ocf", "x", "y"), ("stonith:external/ipmi", "stonith", nil, "external/ipmi"),
            ("systemd:a@b", "systemd", nil, "a@b"),
        ])
    func agent(_ text: String, _ standard: String, _ provider: String?, _ type: String) throws {
        let primitive = try statement("primitive p \(text)").element
        #expect(primitive["class"] == standard)
        #expect(primitive["provider"] == provider)
        #expect(primitive["type"] == type)
    }

    @Test("a primitive may come from a template, and have a description")
    func template() throws {
        try expect(
            "primitive p @t description=\"a b\" x=1",
            means: """
                <primitive id="p" template="t" description="a b">
                  <instance_attributes><nvpair name="x" value="1"/></instance_attributes>
                </primitive>
                """)
    }

    @Test("attributes that an operation does not have are instance attributes")
    func operationParameters() throws {
        try expect(
            "primitive p Dummy op monitor interval=10 role=Master OCF_CHECK_LEVEL=10 op_meta x=y op_params $id=z a=b op start",
            means: """
                <primitive id="p" class="ocf" provider="heartbeat" type="Dummy">
                  <operations>
                    <op name="monitor" interval="10" role="Master">
                      <instance_attributes><nvpair name="OCF_CHECK_LEVEL" value="10"/></instance_attributes>
                      <meta_attributes><nvpair name="x" value="y"/></meta_attributes>
                      <instance_attributes id="z"><nvpair name="a" value="b"/></instance_attributes>
                    </op>
                    <op name="start" interval="0"/>
                  </operations>
                </primitive>
                """)
    }

    @Test("operations may have an id of their own, or refer to another's")
    func operations() throws {
        let own = try statement("primitive p Dummy operations $id=p-ops op start timeout=5").element
        #expect(own.children.first?.id == "p-ops")
        let other = try statement("primitive p Dummy operations $id-ref=q-ops").element
        #expect(other.children.first?["id-ref"] == "q-ops")
    }

    @Test("groups, clones and ms name their members")
    func containers() throws {
        try expect(
            "group g a b description=x meta target-role=Started",
            means: """
                <group id="g" description="x"><meta_attributes><nvpair name="target-role" value="Started"/></meta_attributes>
                <resource-ref id="a"/><resource-ref id="b"/></group>
                """)
        try expect(
            "clone c a globally-unique=false",
            means: """
                <clone id="c"><instance_attributes><nvpair name="globally-unique" value="false"/></instance_attributes>
                <resource-ref id="a"/></clone>
                """)
        for keyword in ["ms", "master"] {
            let ms = try statement("\(keyword) m a meta master-max=2")
            #expect(ms.keyword == .ms)
            #expect(ms.element.name == "master")
        }
    }

    @Test("a node has a name, and perhaps an id and a type")
    func node() throws {
        try expect("node alice", means: "<node uname='alice'/>")
        try expect("node 1: alice:member", means: "<node id='1' uname='alice' type='member'/>")
        try expect(
            "node $id=\"a.b\" alice standby=off utilization cpu=4",
            means: """
                <node id="a.b" uname="alice"><instance_attributes><nvpair name="standby" value="off"/></instance_attributes>
                <utilization><nvpair name="cpu" value="4"/></utilization></node>
                """)
    }
}
