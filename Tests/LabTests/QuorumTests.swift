import Host
import Testing

extension OnLab {
    @Suite("Quorum")
    struct QuorumTests {
        @Test("Without quorum nothing is written; when the cables are plugged in again, everything converges")
        func lost() async throws {
            try await Fleet.with(["n1", "n2", "n3"]) { fleet in
                let lab = fleet.lab
                try await fleet.begin("a", "b")
                try await lab.partition("n2")
                try await lab.partition("n3")
                for node in lab.nodes {
                    try await eventually("\(node) has lost quorum") {
                        try await lab.monitor(node).contains("WITHOUT quorum")
                    }
                }
                let epoch = try await lab.epoch()
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=changed")
                let commit = try await fleet.repository.push("While nobody has a majority")
                for daemon in fleet.daemons {
                    try await eventually("\(daemon.node) says why it waits") { daemon.said("no quorum") > 0 }
                }
                for node in lab.nodes { #expect(try await lab.epoch(node) == epoch) }
                try await lab.heal("n2")
                try await lab.heal("n3")
                // Three that were alone elect a leader: that may take its time, and idleness is waited for a minute.
                try await fleet.noted("converged", on: commit, limit: .seconds(240))
                for node in lab.nodes {
                    #expect(try await lab.section("resources", on: node).contains("value=\"changed\""))
                }
            }
        }
    }
}
