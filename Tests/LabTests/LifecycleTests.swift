import Host
import Testing

extension OnLab {
    @Suite("The process")
    struct LifecycleTests {
        @Test("SIGTERM ends it cleanly at any time; a second process on its state directory is told who holds it")
        func lifecycle() async throws {
            try await Fleet.with(["n1"]) { fleet in
                try await fleet.begin("a")
                let daemon = try fleet["n1"]
                try await second(fleet)
                try await terminate(daemon)
                try await hangingServer(fleet)
            }
        }

        private func second(_ fleet: Fleet) async throws {
            let words = ["--repo", fleet.repository.path, "--cluster", "lab"]
            for verb in ["run", "apply"] {
                let other = try await fleet.lab.on("n1", [Coxswain.program, verb] + words)
                #expect(other.status == .exited(1))
                let pid = try await fleet.lab.sh("n1", "cat /var/lib/coxswain/lock")
                #expect(other.error.contains("process \(pid) is using it"), "\(other.error)")
            }
        }

        private func terminate(_ daemon: DaemonProcess) async throws {
            let began = ContinuousClock.now
            try await daemon.signal("TERM")
            #expect(try await daemon.ended() == .exited(0))
            #expect(ContinuousClock.now - began < .seconds(2))
            #expect(daemon.said("ended") == 1)
        }

        /// A server that takes the connection and says nothing.
        private func hangingServer(_ fleet: Fleet) async throws {
            let asked = fleet.directory + "/asked"
            let script = "case \"$*\" in *ls-remote*) echo > \(asked); sleep 600 ;; esac; exec /usr/bin/git \"$@\""
            let daemon = try fleet["n1"]
            try await daemon.start(finding: try fleet.shadow("git", with: script))
            try await eventually("the server is asked") { try FileTree().readIfPresent(asked) != nil }
            let began = ContinuousClock.now
            try await daemon.signal("TERM")
            #expect(try await daemon.ended() == .exited(0))
            #expect(ContinuousClock.now - began < .seconds(2))
        }
    }
}
