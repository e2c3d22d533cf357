import Host
import Testing

extension OnLab {
    /// Another kind of thing takes the name of one that runs.
    @Suite("Replacement")
    struct ReplacementTests {
        private static let rest = Text.dummy("b") + "order b-after-a Mandatory: a b\n"

        @Test("A clone takes the name of a primitive: that is stopped first, after what depends on it, and its history goes")
        func cloneForPrimitive() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                try await fleet.begin("a")
                try repository.write(Text.dummy("a") + Self.rest, to: "crm/resources.crm")
                try await fleet.push("Something that depends on it")
                try repository.write(Text.dummy("inner") + "clone a inner\n" + Self.rest, to: "crm/resources.crm")
                // What depends on it can't run on without it.
                try await fleet.push("A clone of its name\n\nAllow-Disruption: b")
                try await fleet.expectNothingToDo()
                try await eventually("the old one has left no history") {
                    try await !lab.sh("alpha", "cibadmin --query").contains("lrm_resource id=\"a\"")
                }
                #expect(try await !lab.sh("alpha", "cibadmin --query").contains("coxswain-retire-"))
                try await expectOrder(lab)
            }
        }

        private func expectOrder(_ lab: Lab) async throws {
            var stops: [String: String] = [:]
            for node in lab.nodes {
                let lines = try await lab.sh(node, "grep 'Result of stop operation for' /var/log/pacemaker/pacemaker.log || true")
                for line in lines.split(separator: "\n") {
                    for name in ["a", "b"] where line.contains("operation for \(name) on") { stops[name] = String(line.prefix(15)) }
                }
            }
            let (a, b) = (try #require(stops["a"]), try #require(stops["b"]))
            #expect(b <= a)
            #expect(try await !lab.monitor().contains("Failed Resource Actions"))
        }
    }
}
