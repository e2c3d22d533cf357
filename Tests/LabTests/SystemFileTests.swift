import Testing

extension OnLab {
    /// Files of the system, and those who read them.
    @Suite("corosync.conf")
    struct SystemFileTests {
        private static let path = "/etc/corosync/corosync.conf"

        @Test("A time that a commit changes corosync has on every node; what nodes are known by it refuses")
        func reload() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                let text = try await lab.sh("alpha", "cat \(Self.path)") + "\n"
                let was = try #require(text.split(separator: "\n").first { $0.contains(" token:") || $0.contains("\ttoken:") })
                try repository.write(text, to: "corosync/corosync.conf")
                try await fleet.begin("a")
                try repository.write(text.replacing(was, with: "  token: 7100"), to: "corosync/corosync.conf")
                try await fleet.push("A longer token")
                for node in lab.nodes {
                    #expect(try await lab.sh(node, "corosync-cmapctl -g totem.token").contains("7100"))
                    #expect(try await lab.holds(node, "grep -q 'token: 7100' \(Self.path)"))
                }
                #expect(fleet.daemons.count { $0.said("let corosync read its file anew") > 0 } == 1)
                try repository.edit("corosync/corosync.conf", "nodeid: 2", "nodeid: 7")
                let commit = try await fleet.push("Another number", "refused")
                let note = try #require(try await repository.note(on: commit, by: "alpha"))
                #expect(note.contains("nodeid from 2 to 7") && note.contains("stop Pacemaker and corosync everywhere"), "\(note)")
            }
        }
    }
}
