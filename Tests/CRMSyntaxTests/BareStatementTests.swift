import CRMSyntax
import Diagnostics
import Host
import TestKit
import Testing
import XML

/// Statements that name something and say nothing of it.
struct BareStatementTests {
    static let statements = [
        "role x", "acl_target u", "acl_group g", "user u", "tag t", "group g", "clone c", "ms m", "bundle b", "primitive p",
        "rsc_template t", "alert a", "node", "property", "rsc_defaults", "op_defaults", "location l a", "colocation c inf:", "order o",
        "rsc_ticket t T:", "monitor a", "xml",
    ]

    @Test("crmsh can't read them, and so they are errors", arguments: statements)
    func refused(_ statement: String) async throws {
        #expect(findings(statement).contains { $0.severity == .error }, "\(statement)")
        let scratch = try Scratch()
        let cib = try await Command("cibadmin", ["--empty"], limit: .seconds(30)).run().orThrow().text
        let (file, load) = (try scratch.write(cib, to: "cib.xml"), try scratch.write("\(statement)\n", to: "load.crm"))
        let output = try await Command(
            "crm", ["-F", "configure", "load", "update", load], environment: ["CIB_file": file, "HOME": scratch.path, "TERM": "dumb"],
            limit: .seconds(60)
        ).run()
        #expect((output.text + output.error).contains("ERROR"), "\(statement)\n\(output.text)\(output.error)")
    }

    @Test("a role with a description is one that crmsh reads, rights or not")
    func described() throws {
        try expect("role x description=y", means: "<acl_role id=\"x\" description=\"y\"/>")
    }

    @Test("what Pacemaker has so is XML", arguments: ["<acl_role id=\"x\"/>", "<acl_target id=\"u\"/>", "<acl_group id=\"g\"/>"])
    func escaped(_ xml: String) throws {
        let element = try Element(parsing: SourceText(path: "", text: xml))
        #expect(throws: CRMInexpressible.self) { try CRMPrinter().text(of: element) }
        let text = try CRMPrinter().escape(element)
        #expect(try statement(text).element == element)
        #expect(findings("role x").first?.remedy?.contains("xml <acl_role id=\"x\"/>") == true)
    }
}
