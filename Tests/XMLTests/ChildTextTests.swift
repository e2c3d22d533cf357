import Diagnostics
import Testing
import XML

@Suite("The text of a child is found without a tree")
struct ChildTextTests {
    private func status(_ text: String) -> String? {
        SourceText(path: "cib.xml", text: text).text(ofChild: "status").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "whatever looks like it besides",
        arguments: [
            "<cib><status/></cib>", "<cib><status a='1'/></cib>", "<cib><status></status></cib>", "<cib a='>' b=\"'/>\"><status/></cib>",
            "<?xml version='1.0'?>\n<!-- <cib><status>no</status> -->\n<cib><configuration><status x='no'/></configuration>\n<status>\n</status>\n</cib>",
            "<cib><!-- <status> --><?status no?><status><status><!-- </status> --></status><a b='/status>'/></status></cib>",
            "<cib><status2/><a-status/><status\n><a b=\"/>\"/><c/></status ><status no='1'/></cib>",
            "<cib><a>x<![CDATA[ <status> ]]> ></a><status>é</status></cib>",
        ])
    func found(_ text: String) throws {
        let source = SourceText(path: "cib.xml", text: text)
        let child = try #require(status(text))
        #expect(child.hasPrefix("<status") && text.contains(child))
        #expect(try Element(parsing: SourceText(path: "", text: child)) == Element(parsing: source).first("status"))
    }

    @Test("where there is none, there is none", arguments: ["<cib/>", "<status/>", "<cib><a><status/></a></cib>", "<cib><!--<status/>--></cib>", ""])
    func missing(_ text: String) { #expect(status(text) == nil) }

    @Test("what is cut off anywhere is no child, and no trap")
    func cut() {
        let text = "<cib><!-- x --><![CDATA[y]]><?z?><status a='1'><b/></status></cib>"
        let end = text.utf8.count - "</cib>".utf8.count
        for length in 0..<end { #expect(status(String(text.prefix(length))) == nil, "\(length)") }
        #expect(status(String(text.prefix(end))) == "<status a='1'><b/></status>")
    }
}
