import Host
import Testing

extension OnLab {
    /// Somebody else writes to the CIB between the plan and the commit.
    @Suite("Concurrent edits")
    struct ConcurrencyTests {
        @Test("An administrator's edit between plan and commit is kept, and the commit lands by a new plan")
        func between() async throws {
            try await Fleet.with { fleet in
                let edit = "crm_attribute --type crm_config --name batch-limit --update"
                try await race(fleet, edit: "\(edit) $((10 + $n))", times: 3)
                #expect(
                    try await fleet.lab.sh("alpha", "crm_attribute --type crm_config --name batch-limit -G -q") == "13")
                try await statusOnly(fleet)
                try await storm(fleet)
            }
        }

        @Test("A second process that would change things on a node is told who does already; one that is hung up on goes on")
        func oneAtATime() async throws {
            try await Fleet.with { fleet in
                try await fleet.begin("a")
                try await fleet.noted("converged", on: try await fleet.repository.git("rev-parse", "HEAD"))
                let output = try await fleet.lab.on(
                    "alpha", [Coxswain.program, "apply", "--repo", fleet.repository.path, "--state-dir", "/run/another", "--cluster", "lab"])
                #expect(output.status == .exited(1) && output.error.contains("is using it"), "\(output.text)\(output.error)")
                try await fleet["alpha"].signal("HUP")
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=b")
                try await fleet.push("After the hangup")
                #expect(fleet.daemons.allSatisfy { $0.said("ended") == 0 })
            }
        }

        /// The edit comes before the first patches of each node.
        private func race(_ fleet: Fleet, edit: String, times: Int) async throws {
            let edits = fleet.directory + "/edits"
            let programs = try fleet.shadow(
                "cibadmin",
                with: """
                    case "$*" in *--patch*)
                      echo >> \(edits); n=$(wc -l < \(edits))
                      [ "$n" -gt \(times) ] || \(edit) ;;
                    esac
                    """)
            try fleet.repository.write(Text.options + Text.dummy("a"), to: "crm/all.crm")
            try await fleet.start(finding: programs)
            try await fleet.push("The first")
            let patches = try FileTree().read(edits).count { $0 == UInt8(ascii: "\n") }
            #expect(patches > times, "the edits were in the way of \(patches) patches")
        }

        /// The status is no business of a plan: the patch is made anew for it, without another plan.
        private func statusOnly(_ fleet: Fleet) async throws {
            let moved = fleet.directory + "/moved"
            _ = try fleet.shadow(
                "cibadmin",
                with: """
                    case "$*" in *--patch*)
                      echo >> \(moved); n=$(wc -l < \(moved))
                      [ "$n" -gt 4 ] || crm_attribute --lifetime reboot --node alpha --name moved --update $n ;;
                    esac
                    """)
            try fleet.repository.write(Text.options + Text.dummy("a") + Text.dummy("b"), to: "crm/all.crm")
            let epoch = try await fleet.lab.epoch()
            try await fleet.push("The second")
            #expect(try await fleet.lab.epoch() == epoch + 2, "the transaction, and the word that it is good")
        }

        /// An administrator who changes something again and again never loses one edit to a commit.
        private func storm(_ fleet: Fleet) async throws {
            let edit = "crm_attribute --type crm_config --name migration-limit"
            let loop = "for i in $(seq 40); do \(edit) -v $i; [ \"$(\(edit) -G -q)\" = $i ] || echo \"lost $i\"; done"
            async let storm = fleet.lab.sh("bravo", loop)
            try fleet.repository.edit("crm/all.crm", "fake=b", "fake=changed")
            try await fleet.push("In the storm")
            #expect(try await storm == "")
            #expect(try await fleet.lab.section("resources").contains("value=\"changed\""))
        }
    }
}
