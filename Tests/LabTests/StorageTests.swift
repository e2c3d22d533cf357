import Host
import Testing

extension OnLab {
    /// DRBD, the file system on it and a guest: files on every host, and the order in which things come and go.
    @Suite("Storage and a guest")
    struct StorageTests {
        private static let base = [
            "crm/cluster.crm", "crm/storage.crm", "drbd/cluster-ocfs.res", "drbd/global_common.conf",
        ]
        private static let guest = ["crm/xps-101.crm", "drbd/xps-101.res", "xen/xps-101.cfg"]

        private func begin(_ fleet: Fleet) async throws -> String {
            for name in Self.base { try fleet.repository.takeOver(name) }
            try await fleet.start()
            return try await fleet.push("The file system")
        }

        private func addGuest(_ fleet: Fleet) async throws -> String {
            for name in Self.guest { try fleet.repository.takeOver(name) }
            return try await fleet.push("The guest")
        }

        private func runs(_ lab: Lab) async throws -> Bool {
            for node in lab.nodes where try await lab.holds(node, "xl list xps-101") { return true }
            return false
        }

        private func mounted(_ lab: Lab) async throws -> Bool {
            for node in lab.nodes where try await !lab.holds(node, "grep -q ' /cluster ' /proc/mounts") { return false }
            return true
        }

        @Test("A first push on an empty cluster brings everything up, and a second plan is empty")
        func firstPush() async throws {
            try await Fleet.with { fleet in
                let lab = fleet.lab
                let commit = try await begin(fleet)
                try await eventually("/cluster is mounted on both nodes") { try await mounted(lab) }
                for node in lab.nodes { #expect(try await lab.holds(node, "test -s /etc/drbd.d/cluster-ocfs.res")) }
                try await fleet.expectNothingToDo()
                try await history(fleet, shows: commit)
                try await change(fleet)
            }
        }

        @Test("What a node that was off failed to start is cleaned up when its files are there; with prepare they are there before Pacemaker is")
        func absent() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                _ = try await begin(fleet)
                try await eventually("/cluster is mounted on both nodes") { try await mounted(lab) }
                try await lab.kill("bravo")
                for name in Self.guest { try repository.takeOver(name) }
                let guest = try await repository.push("The guest")
                try await eventually("alpha has brought the guest up", within: .seconds(120)) {
                    try await repository.results(on: guest, by: "alpha").last == "converged"
                }
                try await lab.start("bravo")
                try await eventually("the guest's DRBD has failed on bravo, which has no file for it", within: .seconds(120)) {
                    try await lab.monitor("bravo").contains("xps-101-DRBD_start_0 on bravo 'not installed'")
                }
                try await fleet["bravo"].start()
                try await eventually("bravo replicates, and no failure is left", within: .seconds(120)) {
                    guard try await lab.holds("bravo", "drbdsetup status xps-101") else { return false }
                    return try await !lab.monitor("bravo").contains("Failed Resource Actions")
                }
                #expect(try fleet["bravo"].said("cleaned up xps-101") > 0)
                try await prepared(fleet)
            }
        }

        private func prepared(_ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            try await lab.kill("bravo")
            try repository.edit("drbd/xps-101.res", "protocol C;", "protocol C;\n\t\tmax-buffers 4000;")
            let buffers = try await repository.push("Larger buffers")
            try await eventually("alpha has adjusted", within: .seconds(120)) {
                try await repository.results(on: buffers, by: "alpha").last == "converged"
            }
            let words = "prepare --repo \(repository.address) --state-dir /var/lib/coxswain --node bravo --cluster lab"
            let script = "#!/bin/sh\nexec \(Coxswain.program) \(words)\n"
            try FileTree(root: try await lab.disk(of: "bravo")).write(Array(script.utf8), to: "/etc/before-pacemaker", mode: 0o755)
            try await lab.start("bravo")
            try await eventually("bravo has prepared itself") { try await lab.holds("bravo", "test -s /var/log/before-pacemaker.out") }
            #expect(try await lab.sh("bravo", "cat /var/log/before-pacemaker.out").contains("wrote /etc/drbd.d/xps-101.res"))
            #expect(try await lab.holds("bravo", "grep -q 'max-buffers 4000' /etc/drbd.d/xps-101.res"))
            try await eventually("bravo replicates") { try await lab.holds("bravo", "drbdsetup status xps-101") }
            #expect(try await !lab.monitor("bravo").contains("Failed Resource Actions"))
        }

        private func history(_ fleet: Fleet, shows commit: String) async throws {
            let words = ["history", "--repo", fleet.repository.path, "--state-dir", "/run/coxswain-plan"]
            let table = try await fleet.lab.on("alpha", [Coxswain.program] + words).orThrow().text
            let line = try #require(table.split(separator: "\n").first { $0.contains(commit.prefix(7)) })
            #expect(line.contains("converged") && line.contains("alpha bravo"))
        }

        /// What is online stays online: DRBD adjusts, nothing is promoted or mounted anew.
        private func change(_ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            try repository.edit("drbd/cluster-ocfs.res", "protocol C;", "protocol C;\n\t\tmax-buffers 4000;")
            try repository.edit(
                "crm/storage.crm", "op monitor interval=20s timeout=40s", "op monitor interval=25s timeout=50s")
            try await fleet.push("Larger buffers, a slower look at the file system")
            for node in lab.nodes {
                #expect(try await lab.holds(node, "grep -q 'max-buffers *4000' /etc/drbd.d/cluster-ocfs.res"))
                #expect(try await lab.holds(node, "drbdsetup show cluster-ocfs | grep -q 'max-buffers \"4000\"'"))
                #expect(try fleet[node].said("adjusted DRBD resource cluster-ocfs") == 1)
            }
            #expect(try await lab.section("resources").contains("interval=\"25s\""))
            #expect(try await mounted(lab))
            try await fleet.expectNothingToDo()
            try await apart(fleet)
            try await refuse(fleet)
        }

        /// Two sides that are apart are not brought together by a commit: it waits for a person, and says so; others go on.
        private func apart(_ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            for node in lab.nodes { try await lab.sh(node, "drbdadm disconnect cluster-ocfs") }
            try repository.edit("crm/storage.crm", "op monitor interval=25s timeout=50s", "op monitor interval=26s timeout=50s")
            try await fleet.push("A look now and then, which has nothing to do with it")
            #expect(try await lab.sh("alpha", "drbdsetup status cluster-ocfs").contains("StandAlone"))
            #expect(try fleet["alpha"].said("DRBD resource cluster-ocfs is StandAlone, apart from bravo") > 0)
            try repository.edit("drbd/cluster-ocfs.res", "max-buffers 4000;", "max-buffers 4100;")
            let commit = try await repository.push("Buffers for two halves")
            try await eventually("alpha waits for a person") {
                try fleet["alpha"].said("its options change when that is over") > 0
            }
            for node in lab.nodes { #expect(try await lab.holds(node, "grep -q 'max-buffers 4000' /etc/drbd.d/cluster-ocfs.res")) }
            for node in lab.nodes { try await lab.sh(node, "drbdadm connect cluster-ocfs") }
            try await fleet.noted("converged", on: commit, limit: .seconds(120))
            #expect(try await lab.holds("bravo", "drbdsetup show cluster-ocfs | grep -q 'max-buffers \"4100\"'"))
        }

        /// What drbdadm would refuse never gets in place, and is shown where it stands in the repository.
        private func refuse(_ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            let epoch = try await lab.epoch()
            try repository.edit("drbd/cluster-ocfs.res", "max-buffers 4100;", "max-buffers 4000000000;")
            try repository.edit("crm/cluster.crm", "resource-stickiness=1000", "resource-stickiness=500")
            let commit = try await fleet.push("Buffers that no kernel has", "refused")
            let note = try #require(try await repository.note(on: commit, by: "alpha"))
            #expect(note.contains("drbd/cluster-ocfs.res:8:") && note.contains("drbdadm refuses 4000000000 after max-buffers"), "\(note)")
            #expect(try await lab.epoch() == epoch)
            #expect(try await lab.holds("bravo", "grep -q 'max-buffers 4100;' /etc/drbd.d/cluster-ocfs.res"))
        }

        /// The guest's file is written anew, on the file system that both nodes share. What the guest can take while it runs it gets where it runs,
        /// once; what it can't is told.
        private func resize(_ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            try repository.edit("xen/xps-101.cfg", "memory = 2048", "memory = 1024\nmaxmem = 4096")
            let commit = try await fleet.push("A smaller guest that may grow")
            for node in lab.nodes { #expect(try await lab.holds(node, "grep -qx 'memory = 1024' /cluster/xen/xps-101.cfg")) }
            let log = try await lab.sh("alpha", "cat /run/lab/xl.log").split(separator: "\n")
            let change = try #require(log.filter { $0.hasSuffix(" mem-set xps-101 1024m") }.only)
            let place = try #require(lab.nodes.first { change.contains(" \($0) ") })
            #expect(log.count { $0.hasSuffix("create xps-101") } == 1)
            #expect(try await lab.sh(place, "xl list xps-101 | awk 'NR == 2 { print $3 }'") == "1024")
            let note = try #require(try await repository.note(on: commit, by: place))
            #expect(
                note.contains("xps-101 runs on without what /cluster/xen/xps-101.cfg says") && note.contains("maxmem 2048 MiB, not 4096"), "\(note)")
            #expect(note.contains("did: mem-set xps-101 1024"), "\(note)")
            try await restart(fleet)
        }

        /// What the guest could not take while it ran it has when a commit has it started anew, which that does once.
        private func restart(_ fleet: Fleet) async throws {
            let (lab, repository) = (fleet.lab, fleet.repository)
            try repository.edit("xen/xps-101.cfg", "vcpus = 2", "vcpus = 2\nmaxvcpus = 4")
            let commit = try await fleet.push("Room for processors\n\nRestart: xps-101", limit: .seconds(120))
            #expect(try await lab.sh("alpha", "grep -c 'create xps-101$' /run/lab/xl.log") == "2")
            #expect(try await !lab.sh("alpha", "cat /run/lab/xl.log").contains("DUPLICATE"))
            var running = ""
            for node in lab.nodes { running += try await lab.sh(node, "xl list --long") }
            #expect(running.contains("\"max_vcpus\":4") && running.contains("\"max_memkb\":\(4096 << 10)"), "\(running)")
            for node in lab.nodes {
                let note = try #require(try await repository.note(on: commit, by: node))
                #expect(!note.contains("until it is started anew"), "\(note)")
            }
            #expect(try await !lab.sh("alpha", "cibadmin --query").contains("coxswain-retire-"))
        }

        /// Pacemaker's own log: nothing has failed, and the guest has stopped before its DRBD was demoted.
        private func expectOrder(_ lab: Lab) async throws {
            let results = "grep 'Result of .* operation for xps-101' /var/log/pacemaker/pacemaker.log"
            for node in lab.nodes {
                let lines = try await lab.sh(node, results).split(separator: "\n")
                let demote = try #require(lines.lastIndex { $0.contains("demote operation for xps-101-DRBD on") })
                let stop = lines.lastIndex { $0.contains("stop operation for xps-101 on") }
                #expect(stop.map { $0 < demote } ?? true)
            }
            #expect(try await lab.sh(lab.nodes[0], "cat /run/lab/xl.log").contains(" trigger xps-101 power"))
            #expect(try await !lab.monitor().contains("Failed Resource Actions"))
        }

        @Test("A revert stops the guest before its DRBD goes down; reverting the revert brings it back")
        func revert() async throws {
            try await Fleet.with { fleet in
                let (lab, repository) = (fleet.lab, fleet.repository)
                _ = try await begin(fleet)
                let guest = try await addGuest(fleet)
                try await eventually("the guest runs") { try await runs(lab) }
                try await resize(fleet)
                let revert = try await repository.revert("HEAD", "HEAD~2", guest)
                try await fleet.noted("converged", on: revert, limit: .seconds(120))
                try await expectOrder(lab)
                #expect(try await !runs(lab))
                for node in lab.nodes {
                    #expect(try await lab.holds(node, "! test -e /etc/drbd.d/xps-101.res"))
                    #expect(try await lab.holds(node, "! test -e /cluster/xen/xps-101.cfg"))
                    #expect(try await lab.holds(node, "! drbdsetup status xps-101"))
                }
                #expect(try await !lab.sh("alpha", "cibadmin --query").contains("coxswain-retire-"))
                try await fleet.expectNothingToDo()
                let again = try await repository.revert(revert)
                try await fleet.noted("converged", on: again)
                try await eventually("the guest runs again") { try await runs(lab) }
                #expect(try await !lab.sh("alpha", "cat /run/lab/xl.log").contains("DUPLICATE"))
            }
        }
    }
}

extension Array {
    /// The one element that there is.
    fileprivate var only: Element? { count == 1 ? first : nil }
}
