import CRMSyntax
import Testing
import XML

struct AttributeListTests {
    @Test("a pair may lack its value, have an id, or refer to another")
    func pairs() throws {
        try expect(
            "primitive p Dummy params a=b=c d=\"\" e $i:f=g $h=j @k @l:m",
            means: """
                <primitive id="p" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes>
                  <nvpair name="a" value="b=c"/><nvpair name="d" value=""/><nvpair name="e"/>
                  <nvpair id="i" name="f" value="g"/><nvpair id="h" name="h" value="j"/>
                  <nvpair id-ref="k"/><nvpair id-ref="l" name="m"/>
                </instance_attributes></primitive>
                """)
    }

    @Test("a list may have an id, a score and rules, and may come several times")
    func lists() throws {
        try expect(
            "primitive p Dummy params $id=x 10: rule #uname eq a a=1 params rule date lt 2020 a=2 meta $id-ref=y meta",
            means: """
                <primitive id="p" class="ocf" provider="heartbeat" type="Dummy">
                  <instance_attributes id="x" score="10">
                    <rule score="INFINITY"><expression operation="eq" attribute="#uname" value="a"/></rule>
                    <nvpair name="a" value="1"/>
                  </instance_attributes>
                  <instance_attributes>
                    <rule score="INFINITY"><date_expression operation="lt" end="2020"/></rule>
                    <nvpair name="a" value="2"/>
                  </instance_attributes>
                  <meta_attributes id-ref="y"/>
                  <meta_attributes/>
                </primitive>
                """)
    }

    @Test("properties stand in sets, and defaults in the section they are named after")
    func properties() throws {
        try expect(
            "property stonith-enabled=false",
            means: "<cluster_property_set><nvpair name='stonith-enabled' value='false'/></cluster_property_set>")
        try expect("property cib-bootstrap-options:", means: "<cluster_property_set id='cib-bootstrap-options'/>")
        try expect(
            "rsc_defaults x: rule #uname eq a a=b",
            means: """
                <rsc_defaults><meta_attributes id="x">
                  <rule score="INFINITY"><expression operation="eq" attribute="#uname" value="a"/></rule>
                  <nvpair name="a" value="b"/>
                </meta_attributes></rsc_defaults>
                """)
        try expect("op_defaults $id-ref=y", means: "<op_defaults><meta_attributes id-ref='y'/></op_defaults>")
    }
}
