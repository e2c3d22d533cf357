import CIB
import Diagnostics
import Host
import Observing
import Repository
import TestKit
import Testing
import Validation

@Suite("Agents speak for themselves")
struct AgentLibraryTests {
    private static let agents = [
        AgentName(standard: "ocf", provider: "heartbeat", type: "Xen"), AgentName(standard: "ocf", provider: "heartbeat", type: "Filesystem"),
        AgentName(standard: "ocf", provider: "heartbeat", type: "IPaddr2"), AgentName(standard: "ocf", provider: "linbit", type: "drbd"),
        AgentName(standard: "ocf", provider: "pacemaker", type: "Stateful"), AgentName(standard: "stonith", provider: nil, type: "null"),
        AgentName(standard: "stonith", provider: nil, type: "external/ipmi"),
    ].compactMap(\.self)

    @Test("What crmsh says of parameters, actions and timeouts we say too", arguments: 0..<4 as Range<UInt64>)
    func likeCrmsh(_ seed: UInt64) async throws {
        let metadata = await AgentLibrary(limit: .seconds(120)).metadata(of: Set(Self.agents))
        try #require(metadata.count == Self.agents.count, "apt-get install resource-agents drbd-utils cluster-glue: \(metadata.keys)")
        var random = Seeded(seed)
        let text = Self.agents.enumerated().map { Self.primitive("r\($0)", $1, metadata[$1]!, &random) }.joined()
        let state = DesiredState(crm: text)
        let ours = state.findings(only: metadata)
        let difference = Set(ours.compactMap(Self.shared)).symmetricDifference(try await Self.crmsh(text))
        #expect(difference == [], "\(text)")
        #expect(ours.count > 5 && ours.allSatisfy { $0.place != nil && $0.code?.hasPrefix("CXS14") == true })
    }

    /// A primitive with some of what its agent knows, and some that it doesn't.
    private static func primitive(_ id: String, _ agent: AgentName, _ metadata: AgentMetadata, _ random: inout Seeded) -> String {
        let pairs = (metadata.parameters + ["pcmk_host_list", "foo", "pcmk_hst", "drbd_resuorce"]).filter { _ in random.chance(3) }
        let actions = ["start", "stop", "monitor", "promote", "reload", "montor"].filter { _ in random.chance(2) }
        let operations = actions.map { action in
            " op \(action) interval=\(action.hasSuffix("r") ? 10 : 0) timeout=\(random.pick(["5", "15s", "30s", "2min", "400s"]))"
        }
        return "primitive \(id) \(agent)" + (pairs.isEmpty ? "" : " params") + pairs.map { " \($0)=1" }.joined() + operations.joined() + "\n"
    }

    /// A finding in the words of crmsh; the names alone, since a monitor of drbd is advised two timeouts.
    private static func shared(_ finding: Finding) -> String? {
        let words = finding.message.split(separator: " ").map(String.init)
        guard let id = words.first, let last = words.last else { return nil }
        switch finding.code {
        case "CXS140": return "\(id) unknown \(last)"
        case "CXS141": return "\(id) required \(last)"
        case "CXS142": return "\(id) action \(last)"
        default: return "\(id) timeout \(words[1])"
        }
    }

    /// `WARNING: a: specified timeout 5s for monitor is smaller than the advised 30s` and the like.
    private static func crmsh(_ text: String) async throws -> Set<String> {
        let scratch = try Scratch()
        let file = try scratch.write(CIB.empty.xml, to: "cib.xml")
        let script = try scratch.write("configure\n\(text)commit\n", to: "script")
        let environment = ["CIB_file": file, "HOME": scratch.path, "TERM": "dumb", "PCMK_logfile": "none"]
        let output = try await Command("crm", ["-F", "-f", script], environment: environment).run()
        let lines = (output.text + output.error).split(separator: "\n")
        return Set(
            lines.compactMap { line in
                let words = line.split(separator: " ").map { $0.filter { !"\"'".contains($0) } }
                guard words.count > 3 else { return nil }
                switch (words[2], words[3]) {
                case ("parameter", _): return "\(words[1]) unknown \(words[3])"
                case ("required", _): return "\(words[1]) required \(words[4])"
                case ("action", _): return "\(words[1]) action \(words[3])"
                case ("specified", _): return "\(words[1]) timeout \(words[6])"
                default: return nil
                }
            })
    }

    @Test(
        "What is no plain word names no agent",
        arguments: [
            "../../bin/sh", "a/b", ".hidden", "-x", "a b", "a;b", "", "..", "a\u{0}b", "é", "external/../x",
        ])
    func names(_ word: String) {
        #expect(AgentName(standard: "ocf", provider: "heartbeat", type: word) == nil)
        #expect(AgentName(standard: "ocf", provider: word, type: "Xen") == nil)
        #expect(AgentName(standard: "stonith", provider: nil, type: word) == nil)
        for standard in ["lsb", "systemd", "service"] { #expect(AgentName(standard: standard, provider: nil, type: word) == nil) }
        #expect(AgentName(standard: "lsb", provider: nil, type: "cron")?.hasMetadata == false)
    }

    @Test("What is not installed says nothing")
    func missing() async throws {
        let agent = try #require(AgentName(standard: "ocf", provider: "heartbeat", type: "NoSuchAgent"))
        #expect(await AgentLibrary(limit: .seconds(120)).metadata(of: [agent]).isEmpty)
        let state = DesiredState(crm: "primitive a ocf:heartbeat:NoSuchAgent params x=1\nprimitive b ocf:../../x:y\nprimitive c systemd:cron\n")
        #expect(state.agents == [agent])
        #expect(state.findings(only: [:]) == [])
    }

    @Test("Only root's own files are run")
    func ownership() throws {
        #expect(FileTree().isRootsOwn("/usr/lib/ocf/resource.d/heartbeat/Dummy"))
        #expect(!FileTree().isRootsOwn("/usr/lib/ocf/resource.d/heartbeat"))
        let scratch = try Scratch()  // below /tmp, where anybody may write
        #expect(!FileTree().isRootsOwn(try scratch.write("#!/bin/sh\n", to: "agent")))
    }

    @Test("What a template, a group or another list gives is not missing")
    func inherited() async throws {
        let metadata = await AgentLibrary(limit: .seconds(120)).metadata(of: Set(Self.agents))
        let text = """
            rsc_template t ocf:heartbeat:IPaddr2 params ip=192.0.2.1
            primitive a @t params nc=1
            primitive b ocf:heartbeat:IPaddr2
            group g b params ip=192.0.2.2
            primitive c ocf:heartbeat:IPaddr2 params $id-ref=a

            """
        let findings = DesiredState(crm: text).findings(only: metadata)
        #expect(findings.map(\.message) == ["a: ocf:heartbeat:IPaddr2 has no parameter nc"])
        #expect(findings.first?.remedy == "did you mean \"nic\"?")
        #expect(findings.first?.place.map { [$0.line, $0.column] } == [2, 23])
    }

    @Test("The parameters of fencing are those of pacemaker-fenced")
    func fencing() async throws {
        let output = try await Command("/usr/lib/pacemaker/pacemaker-fenced", ["metadata"]).run().orThrow()
        let names = output.text.split(separator: "<parameter name=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        let agent = try #require(AgentName(standard: "stonith", provider: nil, type: "null"))
        let metadata = await AgentLibrary(limit: .seconds(120)).metadata(of: [agent])
        let text = "primitive a stonith:null params hostlist=a " + names.map { "\($0)=1" }.joined(separator: " ") + "\n"
        #expect(names.count > 20)
        #expect(DesiredState(crm: text).findings(only: metadata) == [])
    }
}

extension DesiredState {
    /// What is found because the agents' metadata are known.
    fileprivate func findings(only metadata: [AgentName: AgentMetadata]) -> [Finding] {
        let alone = Set(Validation.findings(in: self))
        return Validation.findings(in: self, knowing: metadata).filter { !alone.contains($0) }
    }
}
