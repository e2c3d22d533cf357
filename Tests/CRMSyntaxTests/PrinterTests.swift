import CRMSyntax
import Diagnostics
import Testing
import XML

struct PrinterTests {
    @Test(
        "prints what it read",
        arguments: [
            "node 1: alice:remote \\\n\tattributes standby=off",
            "node $id=a.b alice",
            "primitive xps-101 Xen \\\n\tdescription=\"a \\\"b\\\"\" \\\n\tparams xmfile=\"/cluster/a.cfg\" \\\n\top monitor interval=10s \\\n\top_params OCF_CHECK_LEVEL=10",
            "primitive p @t \\\n\toperations $id=o \\\n\top start interval=0",
            "primitive d ocf:linbit:drbd \\\n\tmeta $id-ref=x",
            "primitive d stonith:external/ssh",
            "ms m d \\\n\tmeta master-max=2",
            "group g a b",
            "location l /a.*/ role=Master inf: n",
            "location l { a:Master b } 5: n",
            "location l r \\\n\trule $id=x $role=Master -inf: not_defined pingd or pingd number:lte 0 \\\n\trule date in start=1 hours=5",
            "colocation c inf: ( a b ) c:Master node-attribute=rack",
            "colocation c inf: _rsc_set_ a b",
            "order o Mandatory: a [ b c sequential=true ] [ d e ] symmetrical=false",
            "property cib-bootstrap-options: \\\n\ta=1 \\\n\tb=\"x y\"",
            "property $id=a.b \\\n\ta=1",
            "rsc_defaults rsc-options: \\\n\trule #uname eq a \\\n\ta=1",
        ])
    func same(_ text: String) throws {
        #expect(try CRMPrinter().text(of: statement(text).element) == text)
    }

    @Test("a set of one is two words with its mark, which crmsh reads as two resources: it is for xml to say", arguments: ["colocation", "order"])
    func setOfOne(_ keyword: String) throws {
        let document = CRMDocument.parse(SourceText(path: "a.crm", text: "\(keyword) c \(keyword == "order" ? "Mandatory:" : "5:") _rsc_set_ a"))
        #expect(document.findings.map(\.message) == ["crmsh takes \"_rsc_set_\" for a resource here"])
        let set = Element("resource_set", [], children: [Element("resource_ref", ["id": "a"])])
        let constraint = Element("rsc_\(keyword)", ["id": "c", "score": "5"], children: [set])
        #expect(throws: CRMInexpressible.self) { try CRMPrinter().text(of: constraint) }
        #expect(try CRMPrinter().escape(constraint).hasPrefix("xml <rsc_\(keyword) id=\"c\""))
    }

    @Test("comments come before their statement")
    func comments() throws {
        #expect(try CRMPrinter().text(of: statement("# a\n#b\nnode n")) == "# a\n#b\nnode n")
    }

    @Test("resources inside a resource are named, and only ids that matter are shown")
    func nested() throws {
        let clone = Element(
            "clone", ["id": "c"],
            children: [
                Element("primitive", ["id": "p"]),
                Element(
                    "meta_attributes", ["id": "c-meta_attributes"],
                    children: [
                        Element("nvpair", ["id": "x", "name": "a", "value": "1"])
                    ]),
            ])
        #expect(try CRMPrinter(identifiers: .only(["x"])).text(of: clone) == "clone c p \\\n\tmeta $x:a=1")
        #expect(clone.crm == "clone c p \\\n\tmeta $id=c-meta_attributes $x:a=1")
    }

    private func property(_ name: String, _ value: String?) -> Element {
        var pair = Element("nvpair", ["name": name])
        pair["value"] = value
        return Element("cluster_property_set", ["id": "x"], children: [pair])
    }

    @Test(
        "any value is quoted so that it comes back",
        arguments: [
            "", " ", "a b", "\"", "'", "\\", "\\\\", "\\\"", "a\\b", "a\\", "\"\\\"", "a\tb", "#", "$x", "=", "ü",
            "'\"'",
        ])
    func quoting(_ value: String) throws {
        let text = try #require(property("a", value).crm)
        #expect(CRMDocument.parse(SourceText(path: "", text: text)).statements.first?.element == property("a", value))
    }

    @Test("a line break or a control character has no text", arguments: ["a\nb", "a\r", "\u{1B}[1m", "\u{7F}"])
    func control(_ value: String) {
        #expect(throws: CRMInexpressible.character(attribute: "value")) {
            try CRMPrinter().text(of: property("a", value))
        }
    }

    @Test("what crmsh would read as something else is refused")
    func misread() {
        for element in [
            property("a=b", "c"), property("@a", "c"), property("params", nil), property("", "x"), property("a:b", nil),
            Element("rsc_order", ["id": "o", "score": "5", "first": "a", "then": "b"]),
            Element("group", ["id": "g"]),
            Element("node", ["uname": "a b:c"]),
            Element("rsc_colocation", ["id": "c", "score": "INFINITY", "rsc": "a b", "with-rsc": "c"]),
            Element("primitive", ["id": "p", "class": "ocf", "type": "x"]),
        ] {
            #expect { try CRMPrinter().text(of: element) } throws: {
                if case .misread = $0 as? CRMInexpressible { true } else { false }
            }
        }
    }

    @Test("elements without a statement are named")
    func unknown() {
        #expect(throws: CRMInexpressible.element("frobnicator")) { try CRMPrinter().text(of: Element("frobnicator")) }
        #expect(Element("frobnicator").crm == nil)
    }
}
