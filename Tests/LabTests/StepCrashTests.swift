import Host
import Testing

extension OnLab {
    /// kill -9 at each thing that a daemon does to the world, by the name of the step.
    @Suite("Crashes at each step")
    struct StepCrashTests {
        /// A program, and words that its arguments or the file behind them hold.
        private static let effects = [
            ("attrd_updater", "able:"), ("attrd_updater", "prepared:"), ("attrd_updater", "intent:"), ("attrd_updater", "ready:"),
            ("drbdadm", "^adjust "), ("cibadmin", "coxswain-applied"), ("cibadmin", "coxswain-good"),
        ]
        /// Only what deletes a running resource bans it.
        private static let ban = ("cibadmin", "coxswain-retire-b")

        @Test("A daemon that dies just before or just after any step is started again, and everything converges")
        func killed() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                let programs = try await prepare(fleet)
                var round = 0
                for (program, words) in Self.effects {
                    for when in ["before", "after"] {
                        round += 1
                        try arm(fleet, "\(program) \(when) \(words)")
                        try change(repository, round)
                        let commit = try await repository.push("Round \(round): \(when) \(program) \(words)")
                        try await restart(fleet, finding: programs)
                        try await fleet.noted("converged", on: commit)
                        if words == "coxswain-applied" { try await expectTold(commit, repository, lab) }
                    }
                }
                for when in ["before", "after"] {
                    round += 1
                    try change(repository, 2 * round + 1)
                    try await fleet.push("Round \(round): something to delete")
                    try arm(fleet, "\(Self.ban.0) \(when) \(Self.ban.1)")
                    try change(repository, 2 * round)
                    let commit = try await repository.push("Round \(round): \(when) the ban")
                    try await restart(fleet, finding: programs)
                    try await fleet.noted("converged", on: commit)
                }
                #expect(try await !lab.sh("alpha", "cibadmin --query").contains("coxswain-retire-"))
                for node in lab.nodes {
                    #expect(
                        try await lab.sh(node, "drbdsetup show cluster-ocfs | grep -o 'max-buffers .*'") == "max-buffers \"\(4000 + 2 * round)\";")
                    #expect(try await lab.sh(node, "find /etc/drbd.d -name '.*.new'") == "")
                }
                try await fleet.expectNothingToDo()
            }
        }

        /// Whoever made the transaction tells what it was, though it died before it could.
        private func expectTold(_ commit: String, _ repository: Repository, _ lab: Lab) async throws {
            var notes: [String] = []
            for node in lab.nodes { notes.append(try await repository.note(on: commit, by: node) ?? "") }
            #expect(notes.contains { $0.contains("\"name\":\"b\"") }, "\(notes)")
        }

        private func prepare(_ fleet: Fleet) async throws -> String {
            try fleet.repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
            try fleet.repository.write(Text.options, to: "crm/options.crm")
            try fleet.repository.write(Text.dummy("a"), to: "crm/resources.crm")
            var programs = ""
            for (program, home) in [("attrd_updater", "/usr/sbin"), ("cibadmin", "/usr/sbin"), ("drbdadm", "/usr/sbin")] {
                programs = try fleet.shadow(program, of: home, with: Self.killer(program, home, fleet.directory))
            }
            try await fleet.start(finding: programs)
            try await fleet.push("The first")
            for node in fleet.lab.nodes { try await fleet.lab.sh(node, "drbdadm up cluster-ocfs") }
            return programs
        }

        /// Every second round deletes the resource that the one before has created; the one that kills at a ban has to.
        private func change(_ repository: Repository, _ round: Int) throws {
            let resources = round.isMultiple(of: 2) ? Text.dummy("a") : Text.dummy("a") + Text.dummy("b")
            try repository.write(resources, to: "crm/resources.crm")
            try repository.takeOver("drbd/cluster-ocfs.res")
            try repository.edit("drbd/cluster-ocfs.res", "protocol C;", "protocol C;\n\t\tmax-buffers \(4000 + round);")
        }

        private func arm(_ fleet: Fleet, _ what: String) throws {
            try FileTree().write(Array((what + "\n").utf8), to: fleet.directory + "/armed")
        }

        /// Kills its parent once, when what it is armed for happens.
        private static func killer(_ program: String, _ home: String, _ directory: String) -> String {
            """
            said="$* "; for last; do :; done; [ ! -f "$last" ] || said="$said $(cat "$last")"
            if read -r name when words 2> /dev/null < \(directory)/armed && [ "$name" = \(program) ] &&
              printf '%s' "$said" | grep -q "$words" && mkdir \(directory)/fired 2> /dev/null; then
              rm -f \(directory)/armed
              [ $when = before ] || \(home)/\(program) "$@"
              kill -9 $PPID
              uname -n > \(directory)/dead
              exit
            fi
            """
        }

        private func restart(_ fleet: Fleet, finding programs: String) async throws {
            let dead = fleet.directory + "/dead"
            try await eventually("the step is reached", within: .seconds(60)) {
                try FileTree().readIfPresent(dead)?.last == UInt8(ascii: "\n")
            }
            let node = String(decoding: try FileTree().read(dead), as: UTF8.self).trimmed
            _ = try await fleet[node].ended()
            try FileTree().remove(dead)
            try FileTree().removeAll(fleet.directory + "/fired")
            try await fleet[node].start(finding: programs)
        }
    }
}
