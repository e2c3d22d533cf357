import Host
import Testing

/// The tutorial from beginning to end, with nothing but commits, on two real hosts.
///
/// What it checks it reads from the hosts: xl, drbdadm, mount, lvs. It takes half an hour of two processors that nobody else uses - an emulated one
/// starts some five processes a second -, so it runs where it is asked for; what is in its way is a failure then.
@Suite("On real hosts", .serialized, .enabled(if: Hosts.areDemanded, "COXSWAIN_HOSTS=1 runs it, for half an hour"))
struct RealHostsTests {
    @Test("The tutorial: a file system, a guest that moves, a lost host, and the way back")
    func tutorial() async throws {
        if let reason = try await Hosts.reasonAgainst() { throw NoHosts(reason: reason) }
        try await Hosts.with { hosts in
            let repository = try await Repository(in: hosts.gitDirectory())
            try await Story(hosts: hosts, repository: repository).tell()
        }
    }

    struct NoHosts: Error { let reason: String }
}

/// Two hosts, the repository that they follow, and what happens to them, in order.
private struct Story {
    let hosts: Hosts
    let repository: Repository
    private let nodes = Hosts.nodes
    private let guest = "xps-101"

    func tell() async throws {
        do {
            try await options()
            try await fileSystem()
            let added = try await addGuest()
            try await migrate()
            let buffers = try await changeOnline()
            try await refuse()
            let meanwhile = try await loseHost()
            try await takeBack([meanwhile, buffers, added])
        } catch {
            for node in nodes { await Issue.record("what \(node) says:\n\(symptoms(node))") }
            throw error
        }
    }

    private func symptoms(_ node: String) async -> String {
        // What was not on the disk yet when the power went is NUL bytes.
        let line = "crm_mon -1rf; cat /proc/drbd; xl list; tr -d '\\000' < /var/log/coxswain.log | tail -n 40; dmesg | tail -n 20"
        return (try? await hosts.sh(node, line)) ?? "nothing: it does not answer"
    }

    // MARK: Commits

    private func push(_ message: String, _ result: String = "converged", by who: [String] = Hosts.nodes) async throws -> String {
        let commit = try await repository.push(message)
        try await noted(result, on: commit, by: who)
        return commit
    }

    private func noted(_ result: String, on commit: String, by who: [String] = Hosts.nodes) async throws {
        try await hosts.eventually("\(who) note that \(commit.prefix(8)) is \(result)", within: .seconds(1200)) {
            for node in who where try await repository.results(on: commit, by: node).last != result { return false }
            return true
        }
    }

    // MARK: (1) Options

    private func options() async throws {
        try repository.writeCluster()
        let commit = try await repository.push("The cluster's options")
        for node in nodes { try await hosts.sh(node, "cat > /etc/coxswain/coxswain.yaml << 'X'\n\(TutorialText.following)X") }
        try await noted("converged", on: commit)
        for node in nodes { #expect(try await hosts.stickiness(on: node) == "1000") }
    }

    // MARK: (2) The cluster's file system

    private func fileSystem() async throws {
        try repository.writeFileSystem()
        // mkfs by hand, once, as in the tutorial: the program makes no file system, and is not meant to.
        let format = """
            [ -e /etc/mtab ] || ln -s /proc/self/mounts /etc/mtab
            mkfs.ocfs2 -q -F -N 2 -L cluster -J size=4M --cluster-stack=o2cb --cluster-name=ocfs2 /dev/drbd0
            mount -t ocfs2 /dev/drbd0 /cluster && mkdir /cluster/xen && umount /cluster
            """
        try await hosts.makeVolume(
            "cluster-ocfs", "160M", configuration: repository.text(of: "drbd/cluster-ocfs.res"), afterwards: format)
        _ = try await push("The cluster's file system")
        for node in nodes {
            #expect(try await hosts.roles("cluster-ocfs", on: node) == "Primary/Primary")
            #expect(try await hosts.sh(node, "mount").contains(" on /cluster type ocfs2"))
        }
        try await hosts.sh("alpha", "echo seen > /cluster/written-by-alpha")
        #expect(try await hosts.sh("bravo", "cat /cluster/written-by-alpha") == "seen")
    }

    // MARK: (3) The guest

    private func addGuest() async throws -> String {
        try repository.writeGuest()
        // Its disk, the metadata and the first synchronisation come with the commit.
        try repository.write("vg0:\n  volumes:\n    cluster-ocfs: 160MiB\n    \(guest): 16MiB\n", to: "lvm/vg0.yaml")
        let commit = try await push("Add the virtual machine xps-101")
        let (place, report) = try await hosts.report(of: guest, starts: 1)
        #expect(report.starts == 1)
        try await hosts.expectWrites(guest, after: report, on: place)
        try await expectBothPrimary()
        for node in nodes { #expect(try await hosts.sh(node, "cat /cluster/xen/xps-101.cfg") == TutorialText.guest.trimmed) }
        return commit
    }

    private func expectBothPrimary() async throws {
        for node in nodes {
            try await hosts.eventually("\(guest) is Primary on both, says \(node)", within: .seconds(600)) {
                try await hosts.roles(guest, on: node) == "Primary/Primary"
            }
        }
    }

    // MARK: (4) An operator moves it

    private func migrate() async throws {
        let (from, before) = try await hosts.report(of: guest, starts: 1)
        let to = try #require(nodes.first { $0 != from })
        try await hosts.sh(from, "crm_resource --resource \(guest) --move --node \(to)")
        try await hosts.eventually("\(guest) runs on \(to)", within: .seconds(600)) { try await hosts.place(of: guest) == to }
        try await hosts.expectWrites(guest, after: before, on: to)  // the start that wrote before: it was not started anew
        try await Task.sleep(for: .seconds(15))  // some rounds
        #expect(try await hosts.sh(from, "cibadmin --query --scope constraints").contains("cli-prefer-\(guest)"))
        try await hosts.sh(from, "crm_resource --resource \(guest) --clear")
        try await Task.sleep(for: .seconds(15))
        #expect(try await hosts.place(of: guest) == to)
        let after = try #require(try await GuestReport(from: "/dev/drbd/by-res/\(guest)", on: to, of: hosts))
        #expect(after.starts == before.starts)
    }

    // MARK: (5) DRBD, online, and the guest while it runs

    private func changeOnline() async throws -> String {
        let (place, before) = try await hosts.report(of: guest, starts: 1)
        try repository.edit("drbd/xps-101.res", "protocol C;", "protocol C;\n\t\tmax-buffers 4000;")
        try repository.edit("xen/xps-101.cfg", "\nmemory = 128", "\nmemory = 120")
        let commit = try await push("Larger buffers for xps-101, and less memory")
        for node in nodes {
            #expect(try await hosts.sh(node, "drbdsetup show \(guest)").contains("max-buffers"))
            #expect(try await hosts.sh(node, "drbdadm --dry-run adjust \(guest)") == "")
            #expect(try await hosts.sh(node, "drbdadm cstate \(guest)") == "Connected")
        }
        #expect(try await hosts.sh(place, "xl list --long").contains("\"target_memkb\": \(120 << 10)"))
        let note = try #require(try await repository.note(on: commit, by: place))
        #expect(note.contains("did: mem-set xps-101 120") && !note.contains("until it is started anew"), "\(note)")
        try await hosts.expectWrites(guest, after: before, on: place)
        return commit
    }

    // MARK: (6) A bad commit

    private func refuse() async throws {
        var before: [String] = []
        for node in nodes { before.append(try await hosts.fingerprint(node)) }
        try repository.edit("crm/cluster.crm", "resource-stickiness=1000", "resource-stickiness=500")
        try repository.edit("drbd/xps-101.res", "max-buffers 4000;", "max-buffers 4000000000;")
        let commit = try await push("Buffers that no kernel has", "refused")
        for (node, was) in zip(nodes, before) {
            #expect(try await hosts.fingerprint(node) == was, "on \(node)")
            let note = try #require(try await repository.note(on: commit, by: node))
            #expect(note.contains("drbdadm"))
        }
        try await noted("converged", on: repository.revert("HEAD"))
    }

    // MARK: (7) A host is lost, and comes back; (8) what DRBD does about it meanwhile

    private func loseHost() async throws -> String {
        let (lost, before) = try await hosts.report(of: guest, starts: 1)
        let left = try #require(nodes.first { $0 != lost })
        try await hosts.kill(lost)
        let (place, after) = try await hosts.report(of: guest, starts: before.starts + 1)
        #expect(place == left && after.sum == before.sum)
        try await hosts.eventually("DRBD keeps \(lost) from being promoted", within: .seconds(600)) { try await isFenced(on: left) }

        try repository.edit("drbd/xps-101.res", "max-buffers 4000;", "max-buffers 5000;")
        try repository.edit("crm/cluster.crm", "resource-stickiness=1000", "resource-stickiness=900")
        let commit = try await push("While \(lost) is off", by: [left])
        #expect(try await hosts.stickiness(on: left) == "900")
        #expect(try await isFenced(on: left), "the commit took DRBD's constraint away")

        try await hosts.start(lost)
        try await noted("converged", on: commit)
        try await hosts.eventually("\(guest) is up on \(lost), with the options of \(commit.prefix(8))", within: .seconds(600)) {
            try await hosts.sh(lost, "drbdsetup show \(guest) 2> /dev/null || true").contains("5000")
        }
        try await hosts.expectInSync(guest, on: left)
        try await hosts.eventually("DRBD has taken its constraint away", within: .seconds(600)) { try await !isFenced(on: left) }
        try await expectBothPrimary()
        let now = try #require(try await GuestReport(from: "/dev/drbd/by-res/\(guest)", on: left, of: hosts))
        #expect(now.starts == after.starts)
        return commit
    }

    private func isFenced(on node: String) async throws -> Bool {
        try await hosts.sh(node, "cibadmin --query --scope constraints").contains("drbd-fence-by-handler-\(guest)")
    }

    // MARK: (9) Back, (10) and forth

    private func takeBack(_ commits: [String]) async throws {
        let (_, before) = try await hosts.report(of: guest, starts: 1)
        let revert = try await repository.revert(commits: commits)
        try await noted("converged", on: revert)
        #expect(try await hosts.place(of: guest) == nil)
        for node in nodes {
            #expect(try await hosts.holds(node, "! grep -q '^ *1: ' /proc/drbd"), "minor 1 is still up on \(node)")
            #expect(try await hosts.holds(node, "test ! -e /etc/drbd.d/xps-101.res && test ! -e /cluster/xen/xps-101.cfg"))
            #expect(try await hosts.sh(node, "lvs --noheadings -o lv_name vg0").contains(guest))
            #expect(try await GuestReport.sum(of: "/dev/vg0/\(guest)", on: node, of: hosts) == before.sum)
            #expect(try await hosts.sh(node, "mount").contains(" on /cluster type ocfs2"))
        }
        let again = try await repository.revert(commits: (0..<commits.count).map { "HEAD~\($0 * 2)" })
        try await noted("converged", on: again)
        let (_, after) = try await hosts.report(of: guest, starts: before.starts + 1)
        #expect(after.sum == before.sum, "the guest has read other data than before")
        try await expectBothPrimary()
    }
}

extension Repository {
    /// Reverts several commits, and pushes once.
    fileprivate func revert(commits: [String]) async throws -> String {
        for commit in commits { try await git("revert", "--no-edit", commit) }
        try await git("push", "-q", "origin", "HEAD:main")
        return try await git("rev-parse", "HEAD")
    }
}
