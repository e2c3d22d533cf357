import CIB
import Diagnostics
import Testing
import XML

@Suite("Reading the CIB of one cluster again")
struct CIBReaderTests {
    private static let resources = "<resources><primitive id=\"a\" class=\"ocf\" provider=\"p\" type=\"t\"/></resources>"

    private func text(_ epoch: Int, updates: Int = 0, _ configuration: String = Self.resources, status: String = "<status/>", more: String = "")
        -> SourceText
    {
        SourceText(
            path: "the live CIB",
            text: """
                <?xml version="1.0"?>
                <!-- <cib epoch="0"> -->
                <cib admin_epoch="0" epoch="\(epoch)" num_updates="\(updates)" have-quorum="1" dc-uuid=">">
                  <configuration>\(configuration)</configuration>\(more)
                  \(status)
                </cib>

                """)
    }

    private func expectSame(_ cib: CIB, as source: SourceText) throws {
        let whole = try CIB(parsing: source, keepingStatus: true)
        #expect(cib.root == whole.root)
        #expect(cib.version == whole.version)
        #expect(cib.objects == whole.objects)
        #expect(cib.status == whole.status)
        #expect(cib[ObjectID(.resource, "a")] == whole[ObjectID(.resource, "a")])
    }

    @Test("a change of the status alone is no reason to parse the configuration")
    func status() throws {
        var reader = CIBReader()
        for updates in 1...5 {
            let source = text(3, updates: updates, status: "<status><node_state id=\"\(updates)\"/></status>")
            try expectSame(reader.read(source, keepingStatus: true), as: source)
        }
        #expect(reader.parses == 1)
    }

    @Test("a change of the configuration is read, whatever the version says")
    func configuration() throws {
        var reader = CIBReader()
        let other = Self.resources.replacing("\"t\"", with: "\"u\"")
        for (count, configuration) in [Self.resources, other, Self.resources].enumerated() {
            let source = text(3, configuration)
            try expectSame(reader.read(source, keepingStatus: true), as: source)
            #expect(reader.parses == count + 1)
        }
    }

    @Test("what is neither configuration nor status is not passed over")
    func others() throws {
        var reader = CIBReader()
        for more in ["<tags/>", "<other/>", ""] {
            let source = text(3, more: more)
            try expectSame(reader.read(source, keepingStatus: true), as: source)
        }
        #expect(reader.parses == 3)
    }

    @Test(
        "a status that is no XML is none, also where the configuration is known",
        arguments: [
            "<status><node_state></status>", "<status><a></b></a></status>", "<status a=1/>", "<status><a b=\"1\" b=\"2\"/></status>",
            "<status><a b=\"></a></status>", "<status>&no;</status>", "<status><!-- </status>",
        ])
    func brokenStatus(_ status: String) throws {
        var reader = CIBReader()
        let sound = text(3, status: "<status><node_state id=\"1\"/></status>")
        _ = try reader.read(sound, keepingStatus: true)
        #expect(throws: Finding.self) { try reader.read(text(3, updates: 2, status: status), keepingStatus: true) }
        #expect(try reader.read(sound, keepingStatus: true).status?.hasNodes == true)
    }

    @Test("half a CIB is none, also where its configuration is known")
    func truncated() throws {
        var reader = CIBReader()
        let source = text(3, status: "<status><node_state id=\"1\"/></status>")
        _ = try reader.read(source)
        for length in stride(from: source.bytes.count - 2, to: 0, by: -1) {
            let half = SourceText(path: source.path, bytes: Array(source.bytes.prefix(length)))
            #expect(throws: Finding.self) { try reader.read(half) }
        }
    }
}
