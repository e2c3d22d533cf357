import Host
import Testing

extension OnLab {
    /// A real cluster's configuration goes into a repository with one command and plans empty against the cluster that it came from.
    @Suite("Import")
    struct ImportTests {
        private static let files = [
            "crm/cluster.crm", "crm/storage.crm", "crm/xps-101.crm", "drbd/cluster-ocfs.res", "drbd/xps-101.res",
            "drbd/global_common.conf", "xen/xps-101.cfg",
        ]

        @Test("What a cluster runs becomes a repository that is sound and plans empty on it", arguments: ["split", "single"])
        func roundTrip(_ layout: String) async throws {
            try await Fleet.with { fleet in
                try await begin(fleet)
                let directory = fleet.directory + "/imported"
                let lab = fleet.lab
                try await lab.sh("alpha", "'\(Coxswain.program)' import --to '\(directory)' --layout \(layout)")
                let names = try await lab.sh("alpha", "cd '\(directory)' && find . -type f | sort")
                for name in ["corosync/corosync.conf", "default/o2cb", "drbd/xps-101.res", "xen/xps-101.cfg"] {
                    #expect(names.contains(name))
                }
                try await commit(in: directory, on: lab)
                try await expectSound(directory, lab)
                try await expectEmpty(directory, lab)
            }
        }

        private func begin(_ fleet: Fleet) async throws {
            for name in Self.files { try fleet.repository.takeOver(name) }
            try await fleet.start()
            try await fleet.push("The cluster", limit: .seconds(150))
            for node in fleet.lab.nodes {
                try await fleet.lab.sh(node, "mkdir -p /etc/ocfs2 && cp '\(Lab.package)/examples-repo/ocfs2/cluster.conf' /etc/ocfs2/")
            }
        }

        private func commit(in directory: String, on lab: Lab) async throws {
            let git = "git -c user.name=import -c user.email=import@example.org"
            try await lab.sh("alpha", "cd '\(directory)' && git init -q -b main . && git add --all && \(git) commit -q -m Import")
        }

        private func expectSound(_ directory: String, _ lab: Lab) async throws {
            let words = ["validate", "--repo", directory, "--state-dir", "/run/coxswain-import", "--color", "never"]
            let output = try await lab.on("alpha", [Coxswain.program] + words)
            #expect(output.status == .exited(0), "\(output.text)\(output.error)")
        }

        /// The record that Coxswain keeps in the CIB is of another repository: nothing of that is deleted.
        private func expectEmpty(_ directory: String, _ lab: Lab) async throws {
            let words = ["plan", "--repo", directory, "--state-dir", "/run/coxswain-import", "--color", "never"]
            for node in lab.nodes {
                let output = try await lab.on(node, [Coxswain.program] + words)
                #expect(output.status == .exited(0), "on \(node):\n\(output.text)\(output.error)")
            }
        }
    }
}
