import Host
import Observing
import TestKit
import Testing
import Validation

@Suite("The agents that Debian brings")
struct AgentPackageTests {
    @Test("A package that is installed here brings those that the table says, and no others")
    func table() async throws {
        var compared = 0
        for name in Set(AgentPackage.debian12.map(\.name)).sorted() {
            let parts = AgentPackage.debian12.filter { $0.name == name }
            let version = try await Command("dpkg-query", ["--show", "--showformat=${Version}", name]).run()
            guard version.succeeded, version.text == parts[0].version else { continue }
            let files = try await Command("dpkg-query", ["--listfiles", name]).run().orThrow().text.split(separator: "\n").map(String.init)
            let agents = Set(files.compactMap { AgentName(file: $0) })
            #expect(agents == Set(parts.flatMap(\.agents)), "\(name)")
            compared += 1
        }
        #expect(compared >= 4, "apt-get install resource-agents pacemaker drbd-utils cluster-glue")
    }

    @Test("What is installed here is listed")
    func installed() async throws {
        let installed = try #require(await AgentLibrary().installed())
        for package in AgentPackage.debian12 {
            let version = try await Command("dpkg-query", ["--show", "--showformat=${Version}", package.name]).run()
            guard version.succeeded, version.text == package.version else { continue }
            #expect(installed.isSuperset(of: package.agents), "\(package.name): \(Set(package.agents).subtracting(installed))")
        }
        #expect(!installed.isEmpty)
    }
}

extension AgentName {
    /// Of a file that a package brings; nil for what is no agent.
    fileprivate init?(file: String) {
        let parts = file.split(separator: "/").map(String.init)
        guard let name = parts.last, parts.count > 2 else { return nil }
        switch parts.dropLast().joined(separator: "/") {
        case let directory where directory.hasPrefix("usr/lib/ocf/resource.d/") && parts.count == 6:
            guard !name.hasPrefix("."), !name.hasSuffix(".sh") else { return nil }
            self.init(standard: "ocf", provider: parts[4], type: name)
        case "usr/sbin" where name.hasPrefix("fence_"): self.init(standard: "stonith", provider: nil, type: name)
        case "usr/lib/stonith/plugins/external": self.init(standard: "stonith", provider: nil, type: "external/\(name)")
        case "usr/lib/stonith/plugins/stonith2":
            // external.so and rhcs.so are the ways to others.
            guard name.hasSuffix(".so"), !["external.so", "rhcs.so"].contains(name) else { return nil }
            self.init(standard: "stonith", provider: nil, type: String(name.dropLast(3)))
        default: return nil
        }
    }
}
