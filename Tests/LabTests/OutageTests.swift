import Host
import Testing

extension OnLab {
    /// The server of the repository is away, or does not take notes.
    @Suite("The git server")
    struct OutageTests {
        @Test("While the server is away the last commit stays in force; notes that it declines arrive later")
        func away() async throws {
            try await Fleet.with { fleet in
                try await fleet.begin("a")
                try await outage(fleet, number: 1)
                try fleet.repository.edit("crm/resources.crm", "fake=a", "fake=b")
                try await fleet.push("It is back")
                try await outage(fleet, number: 2)
                try await declined(fleet)
            }
        }

        private func outage(_ fleet: Fleet, number: Int) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            let before = try await lab.sh("alpha", "crm_resource -r a --get-parameter fake")
            try FileTree().move(repository.path, to: repository.path + ".away")
            for daemon in fleet.daemons {
                try await eventually("\(daemon.node) says that the server is away") {
                    daemon.said("going on with") == number
                }
            }
            try await lab.sh("bravo", "crm_resource -r a --set-parameter fake --parameter-value drifted")
            try await eventually("drift is put right without the server") {
                try await lab.sh("alpha", "crm_resource -r a --get-parameter fake") == before
            }
            try await restart(fleet["alpha"])
            try FileTree().move(repository.path + ".away", to: repository.path)
            for daemon in fleet.daemons {
                try await eventually("\(daemon.node) says that the server is back") {
                    daemon.said("answers again") == number
                }
                #expect(daemon.said("going on with") <= number + (daemon.node == "alpha" ? number : 0))
            }
        }

        /// A process that starts during the outage goes on with what it has fetched before.
        private func restart(_ daemon: DaemonProcess) async throws {
            let before = daemon.said("going on with")
            try await daemon.crash()
            try await daemon.start()
            try await eventually("it goes on with the last commit after a restart") {
                daemon.said("going on with") > before
            }
        }

        private func declined(_ fleet: Fleet) async throws {
            let repository = fleet.repository
            let hook = repository.path + "/hooks/pre-receive"
            let script = "#!/bin/sh\n! grep -q refs/notes/ || { echo 'no notes today' >&2; exit 1; }\n"
            try FileTree().write(Array(script.utf8), to: hook, mode: 0o755)
            try repository.edit("crm/resources.crm", "fake=b", "fake=c")
            let commit = try await repository.push("Without notes")
            for daemon in fleet.daemons {
                try await eventually("\(daemon.node) says that its notes were declined") {
                    daemon.said("declined the notes") > 0
                }
                #expect(try await repository.note(on: commit, by: daemon.node) == nil)
            }
            try FileTree().remove(hook)
            try await fleet.noted("converged", on: commit)
        }
    }
}
