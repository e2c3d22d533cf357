import CRMSyntax
import Testing
import XML

struct RuleTests {
    /// The rule of a location, as XML.
    private func expectRule(_ text: String, means xml: String, _ location: SourceLocation = #_sourceLocation) throws {
        try expect("location l r rule \(text)", means: "<rsc_location id='l' rsc='r'>\(xml)</rsc_location>", location)
    }

    @Test("expressions compare, or ask whether an attribute is there")
    func expressions() throws {
        try expectRule(
            "-inf: not_defined pingd or pingd number:lte 0 or a eq meta{b}",
            means: """
                <rule score="-INFINITY" boolean-op="or">
                  <expression operation="not_defined" attribute="pingd"/>
                  <expression operation="lte" attribute="pingd" type="number" value="0"/>
                  <expression operation="eq" attribute="a" value="b" value-source="meta"/>
                </rule>
                """)
        try expectRule(
            "pingd: defined pingd and #uname ne a",
            means: """
                <rule score-attribute="pingd">
                  <expression operation="defined" attribute="pingd"/>
                  <expression operation="ne" attribute="#uname" value="a"/>
                </rule>
                """)
    }

    @Test("a rule has an id and a role, or is another's")
    func heads() throws {
        try expectRule(
            "$id=x $role=Master 100: #uname eq a",
            means: """
                <rule id="x" role="Master" score="100"><expression operation="eq" attribute="#uname" value="a"/></rule>
                """)
        try expectRule("$id-ref=x", means: "<rule id-ref='x'/>")
    }

    @Test(
        "a score may be spelt in several ways",
        arguments: [
            ("inf", "INFINITY"), ("-INFINITY", "-INFINITY"), ("+infinity", "+INFINITY"), ("mandatory", "INFINITY"),
            ("Advisory", "0"), ("-5", "-5"),
        ])
    func scores(_ text: String, _ score: String) throws {
        #expect(try statement("location l r \(text): n").element["score"] == score)
    }

    @Test("dates: before, after, in a range, in a duration, in a calendar")
    func dates() throws {
        try expectRule(
            "date gt 2020",
            means: """
                <rule score="INFINITY"><date_expression operation="gt" start="2020"/></rule>
                """)
        try expectRule(
            "date in start=1 end=\"2 3\"",
            means: """
                <rule score="INFINITY"><date_expression operation="in_range" start="1" end="2 3"/></rule>
                """)
        try expectRule(
            "date in_range start=1 hours=5 weeks",
            means: """
                <rule score="INFINITY"><date_expression operation="in_range" start="1"><duration hours="5" weeks=""/>
                </date_expression></rule>
                """)
        try expectRule(
            "date spec hours=9-16 weekdays=1-5",
            means: """
                <rule score="INFINITY"><date_expression operation="date_spec"><date_spec hours="9-16" weekdays="1-5"/>
                </date_expression></rule>
                """)
    }
}
