import CIB
import ClusterModel
import Diagnostics
import Planning
import Safety
import TestKit
import Testing

@Suite("The agents that commits may use on a node")
struct AgentCheckTests {
    private func objections(_ base: String, _ desired: String, live: String? = nil, allowing agents: [String]?) throws -> [Objection] {
        let plan = try Scene(base: base, desired: desired, live: live).plan()
        let commit = Commit(id: .desired, tree: "t", author: "a", time: 0, message: "a\n\nAllow-Disruption: a, b, w\nAllow-Agents: *\n")
        var evidence = Evidence(of: plan, commit: commit)
        evidence.allowedAgents = try agents?.map { try AgentPattern($0) }
        return evidence.objections.filter { $0.message.contains("no commit may use") }
    }

    private static let usual = ["ocf:heartbeat:*", "ocf:linbit:drbd", "stonith:fence_*"]

    @Test(
        "what is created or changed with another agent is refused, through a template too, and by no word of its author let in",
        arguments: [
            ("", "primitive a systemd:evil", "systemd:evil (a)"), ("", "primitive a ocf:linbit:other", "ocf:linbit:other (a)"),
            ("primitive a ocf:x:y params p=1", "primitive a ocf:x:y params p=2", "ocf:x:y (a)"),
            ("primitive a Dummy", "primitive a ocf:x:y", "ocf:x:y (a)"), ("", "primitive a stonith:external/ssh", "stonith:external/ssh (a)"),
            ("", "alert w /tmp/run", "alert:/tmp/run (w)"),
            ("rsc_template t ocf:x:y", "rsc_template t ocf:x:y\nprimitive a @t", "ocf:x:y (a)"),
        ])
    func refused(_ base: String, _ desired: String, _ words: String) throws {
        let objections = try objections(base, desired, allowing: Self.usual)
        #expect(objections.map(\.kind) == [.refusal] && objections.map(\.trailer) == [nil])
        #expect(objections.first?.message == "no commit may use \(words.prefix { $0 != " " }) on this node \(words.drop { $0 != " " }.dropFirst())")
    }

    @Test(
        "what is listed comes in; what is there already stays, and goes",
        arguments: [
            ("", "primitive a Dummy\nprimitive b ocf:linbit:drbd params drbd_resource=r\nprimitive f stonith:fence_ipmilan"),
            ("primitive a systemd:x", "primitive a systemd:x\nprimitive b Dummy"), ("primitive a systemd:x", ""),
            ("primitive a systemd:x", "primitive a systemd:x\nlocation l a 100: alice"),
        ])
    func admitted(_ base: String, _ desired: String) throws {
        #expect(try objections(base, desired, allowing: Self.usual) == [])
    }

    @Test("without a list any agent may be used, and a star lets in all", arguments: [nil, ["*"]])
    func any(_ agents: [String]?) throws {
        #expect(try objections("", "primitive a systemd:x\nalert w /tmp/x", allowing: agents) == [])
    }

    @Test(
        "a star is any part of a name, and nothing beyond a colon",
        arguments: [
            ("ocf:*:Xen", "ocf:heartbeat:Xen", true), ("ocf:heartbeat:*", "ocf:heartbeat:Xen", true), ("ocf:heart*:X*n", "ocf:heartbeat:Xen", true),
            ("stonith:*", "stonith:external/ssh", true), ("stonith:*", "ocf:x:y", false), ("ocf:*:Xen", "ocf:a:b:Xen", false),
            ("ocf:heartbeat:Xen", "ocf:heartbeat:Xen2", false), ("alert:/usr/*", "alert:/usr/a:b", true), ("*", "lsb:x", true),
        ])
    func stars(_ pattern: String, _ agent: String, _ isMatch: Bool) throws {
        #expect(try AgentPattern(pattern).matches(agent) == isMatch)
    }

    @Test("what can be no agent is refused", arguments: ["", "heartbeat", "ocf:heartbeat", "ocf::Xen", "ofc:heartbeat:Xen", "stonith:", "ocf:a:b:c"])
    func wrong(_ text: String) { #expect(throws: Finding.self) { _ = try AgentPattern(text) } }
}
