import Host
import Testing

extension OnLab {
    /// A commit that brings a DRBD resource, on disks on which there is nothing: drbdadm and the agent are real, what a disk holds is kept by
    /// the stand-ins.
    @Suite("A DRBD resource on fresh disks")
    struct NewcomerTests {
        private static let files = ["crm/cluster.crm", "drbd/global_common.conf"]
        private static let disk = "/dev/vg0/web"
        private static let resource = """
            resource web {
            \tdevice /dev/drbd7;
            \tdisk \(disk);
            \tmeta-disk internal;
            \ton alpha { address 192.0.2.11:7797; }
            \ton bravo { address 192.0.2.12:7797; }
            }

            """
        private static let crm = """
            primitive web-DRBD ocf:linbit:drbd params drbd_resource=web \\
              op start timeout=240 interval=0 op stop timeout=100 interval=0 op promote timeout=90 interval=0 op demote timeout=90 interval=0 \\
              op monitor role=Promoted interval=29s timeout=20s op monitor role=Unpromoted interval=31s timeout=20s
            clone web-storage web-DRBD meta promotable=true notify=true interleave=true promoted-max=1 clone-max=2

            """

        private func begin(_ fleet: Fleet) async throws {
            for name in Self.files { try fleet.repository.takeOver(name) }
            try await fleet.start()
            _ = try await fleet.push("The cluster")
        }

        private func add(_ fleet: Fleet) throws {
            try fleet.repository.write(Self.resource, to: "drbd/web.res")
            try fleet.repository.write(Self.crm, to: "crm/web.crm")
        }

        private func expectUp(_ lab: Lab) async throws {
            try await eventually("web is Primary on one node, and has data on both") {
                for node in lab.nodes where try await !lab.holds(node, "drbdsetup status web | grep -q disk:UpToDate") { return false }
                for node in lab.nodes where try await lab.sh(node, "drbdsetup role web") == "Primary" { return true }
                return false
            }
            #expect(try await !lab.monitor().contains("Failed Resource Actions"))
            let generations = [try await generation(lab, "alpha"), try await generation(lab, "bravo")]
            #expect(generations[0] == generations[1] && generations[0] != "0000000000000004")
        }

        private func generation(_ lab: Lab, _ node: String) async throws -> String {
            try await lab.sh(node, "cat /run/lab/metadata/\(node)/_dev_vg0_web")
        }

        /// A disk for each node, behind a loop device of this machine, for the time of the closure.
        private func withDisks(_ fleet: Fleet, _ body: () async throws -> Void) async throws {
            var loops: [String] = []
            do {
                for node in fleet.lab.nodes {
                    let file = "\(fleet.directory)/\(node).disk"
                    _ = try await Command("truncate", ["--size", "32M", file]).run().orThrow()
                    let loop = try await Command("losetup", ["--find", "--show", file]).run().orThrow().text.trimmed
                    loops.append(loop)
                    try await fleet.lab.sh(node, "mkdir -p /dev/vg0 && mknod \(Self.disk) b 7 \(loop.filter(\.isNumber))")
                }
                try await body()
            } catch {
                try await detach(loops)
                throw error
            }
            try await detach(loops)
        }

        private func detach(_ loops: [String]) async throws {
            for loop in loops { _ = try await Command("losetup", ["--detach", loop]).run() }
        }

        @Test("It comes up unattended: metadata on both, begun once, promoted by Pacemaker; a second plan is empty")
        func unattended() async throws {
            try await Fleet.with { fleet in try await withDisks(fleet) { try await unattended(fleet) } }
        }

        private func unattended(_ fleet: Fleet) async throws {
            let lab = fleet.lab
            try await begin(fleet)
            try add(fleet)
            let commit = try await fleet.push("A resource on fresh disks")
            try await expectUp(lab)
            for node in lab.nodes {
                #expect(try fleet[node].said("wrote metadata of DRBD resource web onto \(Self.disk)") == 1)
                #expect(try fleet[node].said("brought DRBD resource web up") == 1)
                let note = try #require(try await fleet.repository.note(on: commit, by: node))
                #expect(note.contains("metadata web"), "\(note)")
            }
            #expect(try fleet["alpha"].said("let DRBD resource web begin") == 1)
            #expect(try fleet["bravo"].said("let DRBD resource web begin") == 0)
            try await fleet.expectNothingToDo()
        }

        @Test("A file system on one host refuses for both, and stays; when it is wiped by hand the commit comes in")
        func foreign() async throws {
            try await Fleet.with { fleet in try await withDisks(fleet) { try await foreign(fleet) } }
        }

        private func foreign(_ fleet: Fleet) async throws {
            let lab = fleet.lab
            try await lab.sh("bravo", "mkfs.ext4 -q -F \(Self.disk)")
            try await begin(fleet)
            try add(fleet)
            let commit = try await fleet.push("A resource on somebody's disk", "refused")
            let note = try #require(try await fleet.repository.note(on: commit, by: "bravo"))
            #expect(note.contains("\(Self.disk) holds ext4 on this host"), "\(note)")
            for node in lab.nodes {
                #expect(try await lab.holds(node, "! test -e /etc/drbd.d/web.res && ! test -e /run/lab/metadata/\(node)/_dev_vg0_web"))
            }
            try await lab.sh("bravo", "wipefs --all --quiet \(Self.disk) && dd if=/dev/zero of=\(Self.disk) bs=1M count=32 status=none")
            try await fleet.noted("converged", on: commit, limit: .seconds(180))
            try await expectUp(lab)
        }
    }
}
