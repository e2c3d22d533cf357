import CIB
import Diagnostics
import GitStore
import NodeAgent
import Serving
import Testing

@Suite("What the daemon reads of the node's file")
struct DaemonConfigurationTests {
    private func read(_ text: String) throws -> DaemonConfiguration {
        DaemonConfiguration(try NodeConfiguration(parsing: SourceText(path: "coxswain.yaml", text: "repo: /srv/git/ha.git\n" + text)))
    }

    @Test("is all that the command line has options for, and what that says comes first")
    func whole() throws {
        let text = """
            interval: 5
            log-format: json
            listen: 127.0.0.1:9180
            server-names: [ha.example.org, ha]
            proposals: [refs/heads/change/*]
            """
        let daemon = try read(text)
        #expect(daemon.findings.isEmpty)
        #expect(daemon.fetch == .seconds(5) && daemon.logFormat == .json && daemon.listen?.port == 9180)
        #expect(daemon.serverNames == ["ha.example.org", "ha"])
        #expect(daemon.proposals == [try ReferencePattern("refs/heads/change/*")])
        let file = try NodeConfiguration(parsing: SourceText(path: "coxswain.yaml", text: text))
        let overridden = DaemonConfiguration(file.overridden(by: ["interval": "0.5", "listen": nil]))
        #expect(overridden.fetch == .milliseconds(500) && overridden.listen?.port == 9180)
    }

    @Test(
        "is refused where the daemon could not start with it",
        arguments: [
            "listen: 9180", "listen: localhost:9180", "interval: 30s", "interval: 0", "log-format: xml", "proposals: change/*",
            "server-names: https://ha.example.org/", "server-names: ha.example.org:443", "webhook-secret: name",
            "listen: 127.0.0.1:9180\nwebhook-secret: ../x", "listen: 127.0.0.1:9180\nwebhook-secret: no-such-secret",
        ])
    func wrong(text: String) throws {
        #expect(try read(text).findings.count == 1, "\(text)")
    }

    @Test("the agents that commits may use: a list; one that is empty, or names what can be no agent, is refused")
    func agents() throws {
        func read(_ text: String) throws -> [String]? {
            try NodeConfiguration(parsing: SourceText(path: "coxswain.yaml", text: text)).allowedAgents()?.map(\.description)
        }
        #expect(try read("repo: a") == nil)
        #expect(try read("agents: [ocf:heartbeat:*, ocf:linbit:drbd, \"stonith:*\"]") == ["ocf:heartbeat:*", "ocf:linbit:drbd", "stonith:*"])
        for text in ["agents: []", "agents:", "agents: heartbeat"] { #expect(throws: Finding.self) { _ = try read(text) } }
    }

    @Test("names all that is wrong at once")
    func several() throws {
        #expect(try read("listen: x\ninterval: soon\nlog-format: xml").findings.count == 3)
    }
}
