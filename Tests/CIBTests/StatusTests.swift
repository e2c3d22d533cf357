import CIB
import Diagnostics
import Testing
import XML

struct StatusTests {
    private let text = """
        <cib epoch="3" num_updates="7" admin_epoch="0"><configuration><resources/></configuration>
          <status><node_state id="1" uname="é &amp; b"><lrm/></node_state></status>
        </cib>
        """

    private func cib(keepingStatus: Bool) throws -> CIB { try CIB(parsing: SourceText(path: "cib.xml", text: text), keepingStatus: keepingStatus) }

    private func parsed(_ document: [UInt8]) throws -> Element { try Element(parsing: SourceText(path: "", bytes: document)) }

    @Test("a status is kept where it is asked for, and is no part of the configuration")
    func kept() throws {
        let (quick, whole) = (try cib(keepingStatus: false), try cib(keepingStatus: true))
        #expect(quick.status == nil)
        #expect(whole.status?.hasNodes == true)
        #expect(quick.root == whole.root)
        let read = try Element(parsing: SourceText(path: "", text: text))
        #expect(try parsed(whole.document()) == read)
        #expect(try parsed(quick.document()).children.map(\.name) == ["configuration"])
    }

    @Test("hard errors are those of a node, however often they are asked for")
    func hardErrors() throws {
        func status(_ inner: String) -> StatusSection? {
            StatusSection(of: SourceText(path: "", text: "<cib><configuration/><status>\(inner)</status></cib>"))
        }
        func node(_ name: String, _ code: Int) -> String {
            "<node_state uname=\"\(name)\"><lrm><lrm_resources><lrm_resource id=\"r:1\"><lrm_rsc_op operation=\"start\" rc-code=\"\(code)\" "
                + "last-rc-change=\"7\"/><lrm_rsc_op operation=\"stop\" rc-code=\"0\"/></lrm_resource></lrm_resources></lrm></node_state>"
        }
        let known = try #require(status(node("alpha", 5) + node("bravo", 1) + node("charlie", 6)))
        let copy = known
        for _ in 0..<2 {
            #expect(try known.hardErrors(on: "alpha") == [OperationResult(node: "alpha", resource: "r", task: "start", exitCode: 5, time: 7)])
            #expect(try copy.hardErrors(on: "bravo").isEmpty && copy.hardErrors(on: "charlie").map(\.exitCode) == [6])
        }
    }

    @Test("an edit leaves it as it is")
    func edited() throws {
        var edits = Edits()
        edits.add(CIBObject(id: ObjectID(.resource, "a"), element: Element("primitive", ["id": "a", "class": "ocf", "type": "x"])))
        let live = try cib(keepingStatus: true)
        #expect(live.applying(edits).status == live.status)
        #expect(live.applying(edits).following(live).status == live.status)
        #expect(try parsed(live.applying(edits).document()).first("status") == parsed(live.document()).first("status"))
    }

    @Test("the time is the one given, unless the CIB has its own")
    func time() throws {
        var root = try cib(keepingStatus: true).root
        #expect(try parsed(CIB(root).document(at: 5))["execution-date"] == "5")
        root["execution-date"] = "3"
        #expect(try parsed(CIB(root).document(at: 5))["execution-date"] == "3")
    }

    @Test("an empty status knows no node")
    func empty() throws {
        let cib = try CIB(parsing: SourceText(path: "", text: "<cib><configuration/><status/></cib>"), keepingStatus: true)
        #expect(cib.status?.hasNodes == false)
    }
}
