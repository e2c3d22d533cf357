import Diagnostics
import Repository
import TestKit
import Testing
import Validation

@Suite("Agents that nobody has")
struct AgentNameTests {
    private static func findings(_ agent: String, installed: Set<AgentName>? = nil) -> [Finding] {
        Validation.findings(in: DesiredState(crm: "primitive a \(agent)\n"), installed: installed).filter { ["CXS144", "CXS145"].contains($0.code) }
    }

    private static let installed = Set(AgentPackage.debian12.flatMap(\.agents)).union([AgentName(standard: "ocf", provider: "acme", type: "Coffee")!])

    @Test(
        "A misspelt one is found, with what was meant: on a host as a warning, elsewhere as a hint",
        arguments: [
            ("ocf:linbit:drdb", "ocf:linbit:drbd"), ("ocf:hearbeat:IPaddr2", "ocf:heartbeat:IPaddr2"),
            ("ocf:heartbeat:Filesytem", "ocf:heartbeat:Filesystem"),
            ("ocf:heartbeat:ping", "ocf:pacemaker:ping"), ("ocf:heartbeat:xen", "ocf:heartbeat:Xen"),
            ("stonith:fence_ipmlian", "stonith:fence_ipmilan"),
            ("stonith:external/ipmii", "stonith:external/ipmi"), ("ocf:pacemaker:Statefull", "ocf:pacemaker:Stateful"),
        ])
    func misspelt(_ agent: String, _ meant: String) {
        for installed in [nil, Self.installed] {
            let findings = Self.findings(agent, installed: installed)
            #expect(findings.map(\.severity) == [installed == nil ? .notice : .warning], "\(findings)")
            #expect(findings.first?.remedy == "did you mean \"\(meant)\"?", "\(findings)")
        }
    }

    @Test("One that nothing is like is found without a guess", arguments: ["stonith:fence_nosuch", "ocf:heartbeat:Frobnicator"])
    func unlike(_ agent: String) {
        #expect(Self.findings(agent).map(\.severity) == [.notice])
        #expect(Self.findings(agent, installed: Self.installed).map(\.severity) == [.warning])
        #expect(Self.findings(agent).first?.remedy?.contains("did you mean") == false)
    }

    @Test(
        "A site has agents of its own, and other classes are not looked at", arguments: ["ocf:acme:Coffee", "systemd:nosuch", "lsb:nosuch", "Dummy"])
    func own(_ agent: String) {
        #expect(Self.findings(agent) == [])
        #expect(Self.findings(agent, installed: Self.installed) == [])
    }

    private static let services = Set(
        [("lsb", "ntp"), ("systemd", "nginx"), ("systemd", "ntp"), ("systemd", "openvpn@"), ("systemd", "fstrim.timer")].compactMap {
            AgentName(standard: $0.0, provider: nil, type: $0.1)
        })

    @Test(
        "On a host scripts and units are looked for too: service is one of both, and an instance of a unit has its template",
        arguments: [
            ("systemd:ngnix", "did you mean \"systemd:nginx\"?"), ("systemd:nginx.service", nil), ("systemd:nginx", nil), ("lsb:ntp", nil),
            ("systemd:openvpn@home", nil), ("systemd:opnvpn@home", nil as String?), ("service:ntp", nil), ("service:nginx", nil),
            ("systemd:fstrim.timer", nil), ("lsb:nginx", "\"crm_resource --list-agents lsb\" lists those that are installed"),
        ])
    func services(_ agent: String, _ remedy: String?) {
        let findings = Self.findings(agent, installed: Self.services)
        #expect(findings.map(\.code) == (remedy == nil && agent != "systemd:opnvpn@home" ? [] : ["CXS144"]), "\(findings)")
        if let remedy { #expect(findings.first?.remedy == remedy) }
    }

    @Test("No name leads elsewhere", arguments: ["../x", "-x", "a/b", "a b", ""])
    func unsafe(_ type: String) {
        for standard in ["lsb", "systemd", "service", "stonith"] { #expect(AgentName(standard: standard, provider: nil, type: type) == nil) }
    }
}
