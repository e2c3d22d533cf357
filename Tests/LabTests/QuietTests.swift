import Host
import Testing

extension OnLab {
    /// What a daemon costs that has nothing to do: the processes that it starts, by name.
    @Suite("Quiet")
    struct QuietTests {
        private static let programs = ["cibadmin", "crm_mon", "attrd_updater", "crmadmin", "crm_verify", "crm_simulate", "drbdadm", "drbdsetup"]

        @Test("At rest nothing is started but git; a wait looks seldom, and reads and announces only what has moved")
        func quiet() async throws {
            try await Fleet.with { fleet in
                var programs = try fleet.shadow("git", of: "/usr/bin", with: Self.teller("git", fleet))
                for name in Self.programs { programs = try fleet.shadow(name, with: Self.teller(name, fleet)) }
                try fleet.repository.takeOver("drbd/cluster-ocfs.res", "drbd/global_common.conf")
                try fleet.repository.write(Text.options, to: "crm/options.crm")
                try fleet.repository.write(Text.dummy("a"), to: "crm/resources.crm")
                try await fleet.start(finding: programs)
                try await fleet.push("The first")
                try await Task.sleep(for: .seconds(5))
                let idle = try await calls(fleet, within: .seconds(10))
                #expect(Set(idle.map(\.program)) == ["git"], "\(idle)")

                try await fleet["bravo"].crash()
                try fleet.repository.edit("drbd/cluster-ocfs.res", "protocol C;", "protocol C;\n\t\tmax-buffers 4000;")
                try await fleet.repository.push("Half the cluster follows")
                try await eventually("alpha waits for bravo") { try fleet["alpha"].said("waiting: ") > 0 }
                try await Task.sleep(for: .seconds(5))
                let waiting = try await calls(fleet, within: .seconds(20)).filter { $0.program != "git" && $0.node == "alpha" }
                // A look a second at first, one in 10 s at last; every fifth asks for the status too.
                #expect(waiting.count { $0.program == "attrd_updater" } <= 20, "\(waiting)")
                #expect(waiting.count { $0.words.contains("--update") } == 0, "\(waiting)")
                #expect(waiting.count { $0.program == "cibadmin" } == 0, "\(waiting)")
                #expect(waiting.count { $0.program == "crm_mon" } <= 6, "\(waiting)")
                #expect(waiting.allSatisfy { ["attrd_updater", "crm_mon", "crmadmin"].contains($0.program) }, "\(waiting)")
                #expect(!waiting.isEmpty)
            }
        }

        private struct Call: CustomStringConvertible {
            let node, program, words: String
            var description: String { "\(node): \(program) \(words)" }
        }

        /// A line for each time that a daemon starts it.
        private static func teller(_ name: String, _ fleet: Fleet) -> String {
            "echo \"$(uname -n)\t\(name)\t$*\" >> \(fleet.directory)/calls"
        }

        private func calls(_ fleet: Fleet, within time: Duration) async throws -> [Call] {
            try FileTree().write([], to: fleet.directory + "/calls")
            try await Task.sleep(for: time)
            let text = String(decoding: try FileTree().read(fleet.directory + "/calls"), as: UTF8.self)
            return text.split(separator: "\n").map { line in
                let words = line.split(separator: "\t", omittingEmptySubsequences: false)
                return Call(node: String(words[0]), program: String(words[1]), words: words.dropFirst(2).joined(separator: " "))
            }
        }
    }
}
