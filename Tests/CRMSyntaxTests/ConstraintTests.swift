import CRMSyntax
import Testing
import XML

struct ConstraintTests {
    @Test("a location prefers a node, for a resource, a pattern or a set")
    func location() throws {
        try expect("location l r inf: n", means: "<rsc_location id='l' rsc='r' score='INFINITY' node='n'/>")
        try expect(
            "location l /a.*/ resource-discovery=never role=Master -inf: n",
            means: """
                <rsc_location id="l" rsc-pattern="a.*" resource-discovery="never" role="Master" score="-INFINITY" node="n"/>
                """)
        try expect(
            "location l r 5: n role=Slave",
            means: """
                <rsc_location id="l" rsc="r" score="5" node="n" role="Slave"/>
                """)
        try expect(
            "location l { a:Master b } 5: n",
            means: """
                <rsc_location id="l" score="5" node="n">
                  <resource_set role="Master"><resource_ref id="a"/></resource_set>
                  <resource_set><resource_ref id="b"/></resource_set>
                </rsc_location>
                """)
    }

    @Test("a colocation of two")
    func colocation() throws {
        try expect(
            "colocation c inf: a m:master",
            means: """
                <rsc_colocation id="c" score="INFINITY" rsc="a" with-rsc="m" with-rsc-role="Master"/>
                """)
        try expect(
            "collocation c -5: a:1 b node-attribute=Rack",
            means: """
                <rsc_colocation id="c" score="-5" node-attribute="rack" rsc="a" rsc-instance="1" with-rsc="b"/>
                """)
    }

    @Test("an order of two has a kind, which a score can stand for")
    func order() throws {
        try expect(
            "order o m:promote a:start symmetrical=no",
            means: """
                <rsc_order id="o" symmetrical="false" first="m" first-action="promote" then="a" then-action="start"/>
                """)
        for (text, kind) in [("inf", "Mandatory"), ("0", "Optional"), ("serialize", "Serialize"), ("-1", "Mandatory")] {
            #expect(try statement("order o \(text): a b").element["kind"] == kind)
        }
    }

    @Test("sets: plain, in no order, any one of; a change of action begins another")
    func sets() throws {
        try expect(
            "order o Mandatory: a b:start (c d) [ e f sequential=true ] g",
            means: """
                <rsc_order id="o" kind="Mandatory">
                  <resource_set><resource_ref id="a"/></resource_set>
                  <resource_set action="start"><resource_ref id="b"/></resource_set>
                  <resource_set sequential="false"><resource_ref id="c"/><resource_ref id="d"/></resource_set>
                  <resource_set require-all="false"><resource_ref id="e"/><resource_ref id="f"/></resource_set>
                  <resource_set><resource_ref id="g"/></resource_set>
                </rsc_order>
                """)
        try expect(
            "colocation c inf: _rsc_set_ a b",
            means: """
                <rsc_colocation id="c" score="INFINITY">
                  <resource_set><resource_ref id="a"/><resource_ref id="b"/></resource_set>
                </rsc_colocation>
                """)
    }
}
