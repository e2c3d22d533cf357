import Diagnostics
import Host
import TestKit
import Testing
import XenSyntax

@Suite("The name by which the agent looks for a domain")
struct AgentNameTests {
    private static let agent = "/usr/lib/ocf/resource.d/heartbeat/Xen"

    /// The lines of the installed agent that make DOMAIN_NAME, and nothing else of it.
    private static func script() throws -> String {
        let lines = String(decoding: try FileTree().read(agent), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("if [ x\"${OCF_RESKEY_name}\"") })
        let end = try #require(lines[start...].firstIndex { $0 == "fi" })
        return lines[start...end].joined(separator: "\n") + "\nprintf %s \"$DOMAIN_NAME\"\n"
    }

    @Test("is the one that the agent's own lines find")
    func oracle() async throws {
        let scratch = try Scratch()
        let script = try Self.script()
        let names = ["name", "  name", "\tname", "names", "name=", "# name", "xname", "name\t", "name=x"]
        let values = [
            "= \"d\"", "=\"d\"", "='d'", "= 'd' ", "= \"d\" # the proxy", "= \"d\" # ticket=4711", "= \"d\"; pae = 1", "= \"a b\"", "= \"100%\"",
            "= [\"d\"]",
            "=\td\r", "", "= \"\"", "=  =  \"e\"", "= \"d\" \\",
        ]
        let lines = names.flatMap { name in values.map { name + $0 } }
        let files =
            lines.map { "# \($0)\nmemory = 1\n\($0)\n" } + [
                "name = \"d\"\nname = \"e\"\n", "name = \"d\"\nname =\n", "name =\nname = \"d\"", "", "\n",
            ]
        for (index, text) in files.enumerated() {
            let path = try scratch.write(text, to: "\(index).cfg")
            let environment = ["OCF_RESKEY_xmfile": path, "OCF_RESOURCE_INSTANCE": "vm1", "OCF_RESKEY_name": ""]
            let said = try await Command("env", environment.map { "\($0)=\($1)" } + ["sh", "-c", script]).run().orThrow().text
            #expect(XenConfiguration.nameForAgent(in: SourceText(path: "a.cfg", text: text), of: "vm1") == said, "\(text.debugDescription)")
        }
    }
}
