import Diagnostics
import Testing
import XML

@Suite("XML text")
struct ElementParseTests {
    private func parse(_ text: String) throws -> Element {
        try Element(parsing: SourceText(path: "cib.xml", text: text))
    }

    @Test("becomes a tree, entities and references resolved")
    func tree() throws {
        let tree = try parse(#"<a x="1 &amp; &lt;2&gt; &quot;&#10;é"><b/><c y=''/></a>"#)
        #expect(tree == Element("a", ["x": "1 & <2> \"\né"], children: [Element("b"), Element("c", ["y": ""])]))
    }

    @Test("printed and read again is the same tree")
    func roundTrip() throws {
        let tree = Element(
            "cib", ["epoch": "1", "odd": "\t\r\n<&>\"'…"], children: [Element("status"), Element("x", ["é": "ü"])])
        #expect(try parse(tree.xml) == tree)
    }

    @Test("leaves out what is asked")
    func leavingOut() throws {
        let source = SourceText(path: "x", text: "<cib><status><node><status/></node></status><configuration/></cib>")
        let tree = try Element(parsing: source, leavingOut: ["status"])
        #expect(tree == Element("cib", children: [Element("configuration")]))
    }

    @Test(
        "with a document type is refused, and no file is read",
        arguments: [
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>\n<a b='&x;'/>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
            "<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;'>]><a b='&m;'/>",
        ])
    func doctype(text: String) {
        let finding = #expect(throws: Finding.self) { try parse(text) }
        #expect(finding?.message.contains("DTD") == true)
        #expect(finding?.place?.line == 1)
    }

    @Test("that is broken is a finding with its place")
    func broken() throws {
        let finding = try #require(throws: Finding.self) { try parse("<cib>\n  <a>\n  </b>\n</cib>") }
        #expect(finding.place?.line == 3)
        #expect(finding.description.contains("mismatch"))
    }

    @Test(
        "is refused where an entity is unknown, when it is empty or cut off",
        arguments: [
            "<a b='&x;'/>", "", "  ", "<a>", "<a",
        ])
    func refused(text: String) {
        #expect(throws: Finding.self) { try parse(text) }
    }

    @Test("that nests without end is refused")
    func deep() {
        let text = String(repeating: "<a>", count: 5000)
        #expect(throws: Finding.self) { try parse(text) }
    }

    private func message(_ text: String) -> String? {
        do {
            _ = try parse(text)
            return nil
        } catch { return (error as? Finding)?.message }
    }

    @Test("nests 256 deep at most, below its outermost element")
    func depth() {
        let nested = { (depth: Int) in String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth) }
        #expect(message(nested(257)) == nil)
        #expect(message(nested(258))?.contains("256") == true)
    }

    @Test("has 512 attributes an element at most")
    func attributes() {
        let element = { (count: Int) in "<a " + (0..<count).map { "a\($0)=''" }.joined(separator: " ") + "/>" }
        #expect(message(element(512)) == nil)
        #expect(message(element(513)) == "more than 512 attributes of an element")
    }

    @Test(
        "goes on for 256 KiB at most until an element begins or ends",
        arguments: [
            ("<a b='", "'/>"), ("<a><!--", "--></a>"), ("<a>", "</a>"), ("<a><?p ", "?></a>"),
        ])
    func stretch(_ head: String, _ tail: String) {
        #expect(message(head + String(repeating: "x", count: 250 << 10) + tail) == nil)
        let long = head + String(repeating: "x", count: 300 << 10) + tail
        #expect(message(long) == "more than 262144 bytes without the beginning or end of an element")
    }

    @Test("is read by many at a time")
    func concurrently() async throws {
        let trees = try await withThrowingTaskGroup(of: Element.self) { group in
            for _ in 0..<500 { group.addTask { try Element(parsing: SourceText(path: "x", text: "<a b='1'><c/></a>")) } }
            return try await group.reduce(into: Set<Element>()) { $0.insert($1) }
        }
        #expect(trees.count == 1)
    }

    @Test("that breaks off behind a combining character is a finding in the text")
    func combining() throws {
        let finding = try #require(throws: Finding.self) { try parse("<ci\u{364}") }
        #expect(finding.place.map { $0.column <= $0.text.count + 1 } == true)
    }
}
