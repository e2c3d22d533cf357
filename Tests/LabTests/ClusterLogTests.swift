import Host
import Testing

extension OnLab {
    /// With a real sshd on the other node, as hosts have one whose domUs migrate.
    @Suite("The log of all nodes") struct ClusterLogTests {
        @Test("is read from any of them over ssh, in the order of time, and goes on; a node that can't be asked is told, and hides nothing")
        func allNodes() async throws {
            try await Fleet.with { fleet in
                let unheard = try await log(fleet)
                #expect(unheard.status == .exited(0) && unheard.error.contains("the log of bravo can't be read"), "\(unheard.text)\(unheard.error)")
                try await letIn(fleet)
                let first = try await fleet.begin("a")
                try await fleet.noted("converged", on: first)
                let both = try await log(fleet)
                #expect(both.status == .exited(0) && both.error.isEmpty, "\(both.error)")
                let lines = both.text.split(separator: "\n").filter { !$0.hasPrefix(" ") }
                for node in ["alpha", "bravo"] {
                    #expect(lines.contains { $0.contains("Z \(node) \(first.prefix(10)) converged") }, "\(both.text)")
                }
                #expect(lines.map { String($0.prefix(20)) } == lines.map { String($0.prefix(20)) }.sorted(), "\(both.text)")

                async let followed = log(fleet, "--follow", "--lines", "0", limit: .seconds(30))
                try await Task.sleep(for: .seconds(5))
                let second = try await fleet.push("Nothing")
                let news = try await followed.text
                for node in ["alpha", "bravo"] { #expect(news.contains(" \(node) \(second.prefix(10)) converged"), "\(news)") }
                #expect(!news.contains(first.prefix(10)), "\(news)")
                let json = try await log(fleet, "--output", "json", "--commit", second)
                #expect(json.text.contains("\"node\":\"bravo\"") && json.text.contains("\"node\":\"alpha\""), "\(json.text)")
            }
        }

        @Test("without ssh: what the daemon of one node does those of the others write down, and go on with; they tell nobody else of it")
        func shared() async throws {
            try await Fleet.with { fleet in
                let first = try await fleet.begin("a")
                try await fleet.noted("converged", on: first)
                func read(_ node: String, _ words: String...) async throws -> String {
                    try await fleet.lab.on(node, [Coxswain.program, "log", "--color", "never"] + words).orThrow().text
                }
                for (node, other) in [("alpha", "bravo"), ("bravo", "alpha")] {
                    try await eventually("\(node) hears of \(other)") { try await read(node).contains("Z \(other) \(first.prefix(10)) converged") }
                    #expect(try await read(node).contains("Z \(node) \(first.prefix(10)) converged"))
                    #expect(try await !read(node, "--this-node").contains("Z \(other) "))
                    #expect(try !fleet[node].log.contains("Z \(other) "))
                }
                async let followed = fleet.lab.on(
                    "bravo", ["timeout", "25", Coxswain.program, "log", "--color", "never", "--follow", "--lines", "0"]
                ).text
                try await Task.sleep(for: .seconds(3))
                let second = try await fleet.push("Nothing")
                let news = try await followed
                for node in ["alpha", "bravo"] { #expect(news.contains(" \(node) \(second.prefix(10)) converged"), "\(news)") }
            }
        }

        private func log(_ fleet: Fleet, _ words: String..., limit: Duration? = nil) async throws -> Output {
            let seconds = limit.map { ["timeout", "\($0.components.seconds)"] } ?? []
            return try await fleet.lab.on("alpha", seconds + [Coxswain.program, "log", "--all-nodes", "--color", "never"] + words)
        }

        /// Root of alpha is let in on bravo, where `coxswain` is the program under test.
        private func letIn(_ fleet: Fleet) async throws {
            let here = fleet.directory
            try FileTree().write(Array("#!/bin/sh\nexec '\(Coxswain.program)' \"$@\"\n".utf8), to: here + "/coxswain", mode: 0o755)
            _ = try await Command("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", here + "/key"], limit: .seconds(20)).run().orThrow()
            let server = """
                HostKey \(here)/key
                AuthorizedKeysFile \(here)/key.pub
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                PidFile none
                SetEnv PATH=\(here):/usr/sbin:/usr/bin:/sbin:/bin
                """
            try FileTree().write(Array((server + "\n").utf8), to: here + "/sshd_config")
            let client = "Host *\n IdentityFile \(here)/key\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n LogLevel ERROR\n User root\n"
            try FileTree().write(Array(client.utf8), to: here + "/ssh_config")
            try await fleet.lab.sh("bravo", "mkdir -p /run/sshd && /usr/sbin/sshd -f '\(here)/sshd_config'")
            try await fleet.lab.sh("alpha", "cp '\(here)/ssh_config' /etc/ssh/ssh_config")
        }
    }
}
