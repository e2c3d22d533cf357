import Host
import Testing

extension OnLab {
    @Suite("A branch that is not merged yet") struct ProposalTests {
        private let patterns = ["--proposals", "refs/heads/change/*,refs/pull/*/head"]

        /// Makes a branch with some edits on the server, and goes back to the one that is followed.
        private func propose(_ reference: String, in fleet: Fleet, _ edit: (Repository) throws -> Void) async throws -> String {
            let repository = fleet.repository
            try await repository.git("checkout", "-q", "--detach")
            try edit(repository)
            try await repository.git("add", "--all")
            try await repository.git("commit", "-q", "-m", "Propose \(reference)")
            let commit = try await repository.git("rev-parse", "HEAD")
            try await repository.git("push", "-q", "--force", "origin", "HEAD:\(reference)")
            try await repository.git("checkout", "-q", "main")
            return commit
        }

        private func plan(of commit: String, in fleet: Fleet, where isMeant: (String) -> Bool = { _ in true }) async throws -> String {
            var note = ""
            try await eventually("the plan of \(commit.prefix(8)) is a note", within: .seconds(60)) {
                note = try await fleet.repository.note(on: commit, by: "proposals") ?? ""
                return !note.isEmpty && isMeant(note)
            }
            return note
        }

        @Test("has its plan as a note, from the leader alone, and changes nothing; what can't be merged, is wrong or pries is told")
        func planned() async throws {
            try await Fleet.with { fleet in
                let first = try await fleet.begin("vm1", "vm2", with: patterns)
                try await fleet.noted("converged", on: first)
                let before = try await fleet.lab.epoch()

                let good = try await propose("refs/heads/change/1", in: fleet) { try $0.edit("crm/resources.crm", "fake=vm1", "fake=other") }
                let pull = try await propose("refs/pull/7/head", in: fleet) { try $0.edit("crm/options.crm", "stickiness=100", "stickiness=200") }
                let wrong = try await propose("refs/heads/change/2", in: fleet) {
                    try $0.write("location l nobody 100: alpha\n", to: "crm/wrong.crm")
                }
                let prying = try await propose("refs/heads/change/3", in: fleet) {
                    try $0.edit("coxswain.yaml", "health:", "hosts:\n  xen: /root\nhealth:")
                }
                let other = try await propose("refs/heads/topic", in: fleet) { try $0.edit("crm/resources.crm", "fake=vm1", "fake=topic") }

                let plan = try await plan(of: good, in: fleet)
                #expect(plan.hasPrefix("### Coxswain: 0 to create, 1 to change, 0 to delete\n") && plan.contains("refs/heads/change/1"), "\(plan)")
                #expect(plan.contains("reload  vm1  on "), "no forecast: \(plan)")
                #expect(try await self.plan(of: pull, in: fleet).contains("\"refs/pull/7/head\""))
                let refusal = try await self.plan(of: wrong, in: fleet)
                #expect(refusal.contains("nobody") && refusal.contains("\"verdict\":\"invalid\""), "\(refusal)")
                let left = try await self.plan(of: prying, in: fleet)
                #expect(left.contains("not planned") && left.contains("\"hosts\" names other directories"), "\(left)")
                #expect(try await fleet.repository.note(on: other, by: "proposals") == nil)

                #expect(try await fleet.lab.epoch() == before)

                // The branch that is followed moves: the plans are made anew, one of them can't be merged any more.
                try fleet.repository.edit("crm/resources.crm", "fake=vm1", "fake=ours")
                let second = try await fleet.push("Another value")
                let conflict = try await self.plan(of: good, in: fleet) { $0.contains("\"onto\":\"\(second)\"") }
                #expect(conflict.contains("\"verdict\":\"conflicting\"") && conflict.contains("crm/resources.crm"), "\(conflict)")

                // Nothing of it was carried out, and only one node has planned.
                let resources = try await fleet.lab.section("resources")
                #expect(resources.contains("value=\"ours\"") && !resources.contains("other"))
                #expect(try await fleet.lab.section("rsc_defaults").contains("value=\"100\""))
                let planners = fleet.daemons.filter { $0.log.contains("proposal refs/heads/change/1") }
                #expect(planners.count == 1, "\(planners.map(\.node))")

                // Merged, it is a commit like any other, and its history is the nodes'.
                try await fleet.repository.git("fetch", "-q", "origin", "refs/pull/7/head")
                try await fleet.repository.git("merge", "-q", "--no-edit", "FETCH_HEAD")
                try await fleet.repository.git("push", "-q", "origin", "HEAD:main")
                let merge = try await fleet.repository.git("rev-parse", "HEAD")
                try await fleet.noted("converged", on: merge)
                #expect(try await fleet.lab.section("rsc_defaults").contains("value=\"200\""))
            }
        }
    }
}
