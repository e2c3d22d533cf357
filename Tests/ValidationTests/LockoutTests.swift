import CIB
import Diagnostics
import Host
import Repository
import TestKit
import Testing
import Validation
import XML

@Suite("What locks crmsh out")
struct LockoutTests {
    /// The real crmsh, asked to show a CIB with this in it.
    private static func isShown(_ resource: Element) async throws -> Bool {
        var edits = Edits()
        edits.add(CIBObject(id: ObjectID(.resource, resource.id ?? ""), element: resource))
        let scratch = try Scratch()
        let file = try scratch.write(CIB.empty.applying(edits).xml, to: "cib.xml")
        return try await Command("crm", ["configure", "show"], environment: ["CIB_file": file, "HOME": scratch.path, "TERM": "dumb"]).run().succeeded
    }

    private static func isFound(_ resource: Element) -> Bool {
        let state = DesiredState([
            ("crm/a.crm", SourceText(path: "crm/a.crm", text: "xml " + resource.xml.split(separator: "\n").joined(separator: " ") + "\n"))
        ])
        return Validation.findings(in: state).contains { $0.code == "CXS137" }
    }

    @Test("is said, and nothing else", arguments: ["C:\\dir\\", "C:\\dir\\\\", "a\\\"b", "\\", "\"a\" 'b' \\c"])
    func values(_ value: String) async throws {
        let pair = Element("nvpair", ["id": "a-p-fake", "name": "fake", "value": value])
        let list = Element("instance_attributes", ["id": "a-p"], children: [pair])
        let resource = Element("primitive", ["id": "a", "class": "ocf", "provider": "pacemaker", "type": "Dummy"], children: [list])
        #expect(try await Self.isShown(resource) != Self.isFound(resource), "\(value)")
    }

    @Test("words without quotes are words too", arguments: ["a'b", "a\"b\"", "a b\\"])
    func words(_ value: String) async throws {
        let expression = Element("expression", ["id": "a-e", "attribute": "x", "operation": "eq", "value": value])
        let rule = Element("rule", ["id": "a-r", "score": "INFINITY"], children: [expression])
        let list = Element(
            "instance_attributes", ["id": "a-p"], children: [rule, Element("nvpair", ["id": "a-p-fake", "name": "fake", "value": "1"])])
        let resource = Element("primitive", ["id": "a", "class": "ocf", "provider": "pacemaker", "type": "Dummy"], children: [list])
        #expect(try await Self.isShown(resource) != Self.isFound(resource), "\(value)")
    }

    @Test("bundles of engines that crmsh does not know", arguments: ["docker", "podman"])
    func engines(_ engine: String) async throws {
        let bundle = Element("bundle", ["id": "b"], children: [Element(engine, ["image": "x"]), Element("network", ["control-port": "3121"])])
        #expect(try await Self.isShown(bundle) != Self.isFound(bundle))
    }
}
