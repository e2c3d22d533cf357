import CRMSyntax
import Diagnostics
import Testing
import XML

struct IdentifierTests {
    private func expect(_ text: String, becomes xml: String, used: Set<String> = []) throws {
        var element = try statement(text).element
        var identifiers = CRMIdentifiers(isUsed: used.contains)
        identifiers.fill(&element)
        let expected = try Element(parsing: SourceText(path: "expected", text: xml))
        #expect(element.sorted.xml == expected.sorted.xml)
    }

    @Test("each id is built from the one above it")
    func chain() throws {
        try expect(
            "primitive p Dummy a=1 op monitor interval=10s OCF_CHECK_LEVEL=10",
            becomes: """
                <primitive id="p" class="ocf" provider="heartbeat" type="Dummy">
                  <instance_attributes id="p-instance_attributes">
                    <nvpair id="p-instance_attributes-a" name="a" value="1"/>
                  </instance_attributes>
                  <operations>
                    <op id="p-monitor-10s" name="monitor" interval="10s">
                      <instance_attributes id="p-monitor-10s-instance_attributes">
                        <nvpair id="p-monitor-10s-instance_attributes-OCF_CHECK_LEVEL" name="OCF_CHECK_LEVEL" value="10"/>
                      </instance_attributes>
                    </op>
                  </operations>
                </primitive>
                """)
    }

    @Test("what the schema takes for no id is made one")
    func valid() throws {
        try expect(
            "node 1: 1st attributes master-r:0=5 #health=red",
            becomes: """
                <node id="1" uname="1st">
                  <instance_attributes id="id-1st-instance_attributes">
                    <nvpair id="id-1st-instance_attributes-master-r-0" name="master-r:0" value="5"/>
                    <nvpair id="id-1st-instance_attributes--health" name="#health" value="red"/>
                  </instance_attributes>
                </node>
                """)
    }

    @Test("an id that is taken gets a number")
    func taken() throws {
        try expect(
            "location l r rule #uname eq a and #uname eq b rule date spec hours=1",
            becomes: """
                <rsc_location id="l" rsc="r">
                  <rule id="l-rule-1" score="INFINITY">
                    <expression id="l-rule-1-expression" attribute="#uname" operation="eq" value="a"/>
                    <expression id="l-rule-1-expression-0" attribute="#uname" operation="eq" value="b"/>
                  </rule>
                  <rule id="l-rule-2" score="INFINITY">
                    <date_expression id="l-rule-2-expression" operation="date_spec">
                      <date_spec id="l-rule-2-expression-date_spec" hours="1"/>
                    </date_expression>
                  </rule>
                </rsc_location>
                """,
            used: ["l-rule", "l-rule-0"])
    }

    @Test("sets of properties have names of their own, and nodes are called by name")
    func defaults() throws {
        try expect(
            "property a=1",
            becomes: """
                <cluster_property_set id="cib-bootstrap-options">
                  <nvpair id="cib-bootstrap-options-a" name="a" value="1"/>
                </cluster_property_set>
                """)
        try expect(
            "op_defaults a=1",
            becomes: """
                <op_defaults><meta_attributes id="op-options">
                  <nvpair id="op-options-a" name="a" value="1"/>
                </meta_attributes></op_defaults>
                """)
        try expect(
            "node 1: alice standby=on",
            becomes: """
                <node id="1" uname="alice"><instance_attributes id="alice-instance_attributes">
                  <nvpair id="alice-instance_attributes-standby" name="standby" value="on"/>
                </instance_attributes></node>
                """)
        try expect("node 7", becomes: "<node id='7' uname='7'/>")
    }

    @Test("what refers to something else, and what the text names, keeps its id or has none")
    func explicit() throws {
        try expect(
            "primitive p Dummy operations $id=o op start op stop id=x meta $id-ref=y",
            becomes: """
                <primitive id="p" class="ocf" provider="heartbeat" type="Dummy">
                  <operations id="o"><op id="o-start-0" name="start" interval="0"/><op id="x" name="stop" interval="0"/></operations>
                  <meta_attributes id-ref="y"/>
                </primitive>
                """)
    }

    @Test("a part can be named under its owner alone")
    func part() {
        var pair = Element("nvpair", ["name": "a", "value": "1"])
        var identifiers = CRMIdentifiers(isUsed: { $0 == "x-a" })
        identifiers.fill(&pair, under: "x")
        #expect(pair.id == "x-a-0")
        #expect(identifiers.filling(Element("nvpair", ["name": "a"]), under: "12").id == "num-12-a")
    }
}
