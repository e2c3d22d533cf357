import Host
import Testing

extension OnLab {
    /// Power cuts and kill -9.
    @Suite("Crashes")
    struct CrashTests {
        @Test("The DC loses its power just before, and just after, the transaction", arguments: [true, false])
        func powerCut(before: Bool) async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                try repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                try await fleet.begin("a")
                let dc = try await lab.dc()
                try await restart(fleet, reaching: before)
                try repository.edit("crm/resources.crm", "fake=a", "fake=changed")
                try repository.edit("drbd/cluster-ocfs.res", "protocol C;", "protocol C;\n\t\tmax-buffers 4000;")
                let commit = try await repository.push("While the power fails")
                try await eventually("the transaction is reached") {
                    try FileTree().readIfPresent(fleet.directory + "/reached") != nil
                }
                try await lab.kill(dc)
                let survivor = try #require(lab.nodes.first { $0 != dc })
                try await eventually("\(survivor) has converged alone") {
                    try await repository.results(on: commit, by: survivor).last == "converged"
                }
                try await lab.start(dc)
                try await fleet[dc].start()
                try await fleet.noted("converged", on: commit)
                for node in lab.nodes {
                    #expect(try await lab.holds(node, "grep -q 'max-buffers 4000' /etc/drbd.d/cluster-ocfs.res"))
                }
                try await fleet.expectNothingToDo()
            }
        }

        /// From now on whoever patches the CIB first says so and hangs, before it has done it or after.
        private func restart(_ fleet: Fleet, reaching before: Bool) async throws {
            let reached = fleet.directory + "/reached"
            let patch = before ? "" : "/usr/sbin/cibadmin \"$@\";"
            let script =
                "case \"$*\" in *--patch*) mkdir \(reached).d 2> /dev/null && { \(patch) echo > \(reached); sleep 600; } ;; esac"
            let programs = try fleet.shadow("cibadmin", with: script)
            for daemon in fleet.daemons {
                try await daemon.crash()
                try await daemon.start(finding: programs)
            }
        }

        @Test("Killed at 20 moments and started again, it converges and leaves nothing behind")
        func killed() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                try repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                try await fleet.begin("a", "b")
                for round in 1...20 { try await kill(in: round, fleet) }
                try repository.write(Text.dummy("a") + Text.dummy("last"), to: "crm/resources.crm")
                try await fleet.push("The last")
                #expect(try await lab.section("resources").contains("id=\"last\""))
                try await expectNothingLeft(fleet)
                try await fleet.expectNothingToDo()
            }
        }

        /// Every round changes a file on both nodes, and creates or deletes a resource; one of the two processes dies on the way.
        private func kill(in round: Int, _ fleet: Fleet) async throws {
            let repository = fleet.repository
            let resources = ["a", round.isMultiple(of: 2) ? "b" : "c"]
            try repository.write(resources.map { Text.dummy($0) }.joined(), to: "crm/resources.crm")
            try repository.takeOver("drbd/cluster-ocfs.res")
            try repository.edit("drbd/cluster-ocfs.res", "protocol C;", "protocol C;\n\t\tmax-buffers \(4000 + round);")
            try await repository.push("Round \(round)")
            let daemon = fleet.daemons[round / 2 % 2]
            try await Task.sleep(for: .milliseconds(round * 397 % 2000))  // a moment of the work, another one in each round
            try await daemon.crash()
            try await daemon.start()
        }

        private func expectNothingLeft(_ fleet: Fleet) async throws {
            let lab = fleet.lab
            #expect(try await !lab.sh("alpha", "cibadmin --query").contains("coxswain-retire-"))
            for node in lab.nodes {
                #expect(
                    try await lab.sh(node, "find /etc/drbd.d -name '.*.new'; find /var/lib/coxswain -name '*.lock'")
                        == "")
                #expect(try await lab.holds(node, "grep -q 'max-buffers 4020' /etc/drbd.d/cluster-ocfs.res"))
            }
        }
    }
}
