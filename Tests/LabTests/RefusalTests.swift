import Host
import Testing

extension OnLab {
    /// A push that is wrong in one place changes nothing in any.
    @Suite("Bad pushes")
    struct RefusalTests {
        @Test("A bad push is refused whole: the reason stands in each node's note, nothing else has changed")
        func refusal() async throws {
            try await Fleet.with { fleet in
                try fleet.repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                try await fleet.begin("a", "b")
                try await refuse(
                    "primitive c ocf:pacemaker:Dummy op monitor interval=10s role=Bogus",
                    "role can't be \"Bogus\"", fleet)
                try await refuse(#"primitive c ocf:pacemaker:Dummy params fake="open"#, "crm/bad.crm:1", fleet)
                try await refuse("order later Mandatory: nowhere:start a:start", "nowhere", fleet)
                try await refuse(
                    "primitive c ocf:pacemaker:Dummy op monitor interval=10s op monitor interval=10s timeout=20s",
                    "Pacemaker does not accept the result", fleet)
                try fleet.repository.remove("crm/bad.crm")
                try await fleet.push("Better now")
            }
        }

        /// The mistake, with a change of a file and of an option that would be good by themselves.
        private func refuse(_ statement: String, _ reason: String, _ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            let (epoch, files) = (try await lab.epoch(), try await checksums(lab))
            try repository.write(statement + "\n", to: "crm/bad.crm")
            try repository.edit("crm/options.crm", "resource-stickiness=100", "resource-stickiness=1001")
            try repository.edit("drbd/cluster-ocfs.res", "protocol C;", "protocol C;\n\t\tmax-buffers 4000;")
            let commit = try await fleet.push("Bad: \(statement.prefix(40))", "refused")
            for node in lab.nodes {
                let note = try #require(try await repository.note(on: commit, by: node))
                #expect(note.contains(reason))
            }
            #expect(try await lab.epoch() == epoch)
            #expect(try await checksums(lab) == files)
            try repository.edit("crm/options.crm", "resource-stickiness=1001", "resource-stickiness=100")
            try repository.edit("drbd/cluster-ocfs.res", "\n\t\tmax-buffers 4000;", "")
        }

        private func checksums(_ lab: Lab) async throws -> [String] {
            var sums: [String] = []
            for node in lab.nodes { sums.append(try await lab.sh(node, "cksum /etc/drbd.d/*")) }
            return sums
        }
    }
}
