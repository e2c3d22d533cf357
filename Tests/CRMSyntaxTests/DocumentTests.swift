import CRMSyntax
import Diagnostics
import Testing
import XML

struct DocumentTests {
    private func document(_ text: String, _ previous: CRMDocument? = nil) -> CRMDocument {
        CRMDocument.parse(SourceText(path: "a.crm", text: text), reusing: previous)
    }

    @Test("statements know their bytes and where a name stands in them")
    func places() throws {
        let document = document("# c\nnode n\norder o Mandatory: xps-11-MS:promote \\\n\txps-11:start\n")
        let order = try #require(document.statements.last)
        #expect(order.name == "o")
        #expect(document.place(of: order).line == 3)
        let member = try #require(document.place(of: "xps-11", in: order))
        #expect(member.line == 4)
        #expect(member.column == 2)
        #expect(member.length == 6)
        #expect(document.place(of: "xps-11-MS", in: order)?.column == 20)
        #expect(document.place(of: "nothing", in: order) == nil)
        #expect(document.place(of: "", in: order) == nil)
    }

    @Test("a name inside quotes is placed at its whole word")
    func quotedPlace() throws {
        let document = document("primitive p Dummy params \"a=b c\"")
        let place = try #require(document.place(of: "b c", in: document.statements[0]))
        #expect(place.column == 26)
        #expect(place.length == 7)
    }

    @Test("a broken statement does not stop the others")
    func recovery() {
        let document = document("node a\nprimitive\nlocation l r\nnode b\n")
        #expect(document.statements.map(\.name) == ["a", "b"])
        #expect(document.findings.count == 2)
    }

    @Test(
        "reusing a document changes nothing but the work",
        arguments: [
            "node a\nproperty x=1\nnode b\n", "node b\n\n\nproperty x=2\n# c\nnode a\n", "",
            "node a\nnode a\nproperty pramas\n",
            "property x=1",
        ])
    func reuse(_ text: String) {
        let previous = document(
            "node a\nproperty x=1\nproperty broken\" \nnode c \\\n\ta=b\nnode b\nproperty y: pramas\n")
        let fresh = document(text)
        let reused = document(text, previous)
        #expect(reused.statements.map(\.element) == fresh.statements.map(\.element))
        #expect(reused.statements.map(\.range) == fresh.statements.map(\.range))
        #expect(reused.statements.map(\.comments) == fresh.statements.map(\.comments))
        #expect(reused.findings == fresh.findings)
    }

    @Test("findings of a statement that did not change carry its new place")
    func findingsMove() {
        let previous = document("property pramas\n")
        #expect(document("\n\nproperty pramas\n", previous).findings.map { $0.place?.line } == [3])
    }

    @Test("nothing in a file is no statement and no finding", arguments: ["", "\n\n", "# only\n", "\\\n\n"])
    func empty(_ text: String) {
        #expect(document(text).statements.isEmpty)
        #expect(document(text).findings.isEmpty)
    }
}
