import CIB
import ClusterModel
import Reconciling
import Records
import Repository
import Testing

@testable import SimulatedCluster

/// The files of domUs lie on a file system that the cluster mounts, and can't be had while it has not.
struct MountFaultTests {
    @Test("A gate that waits for a mount opens with a plan from after it: somebody writes the file")
    func gate() {
        let scenario = Scenario(Contents(storage: .shared))
        scenario.person.setRole(of: "fs", "Stopped", on: "alpha")
        scenario.run(20)
        let commit = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 60) { scenario.wait(scenario.dc).contains("when fs has mounted /cluster") })
        #expect(scenario.text("/cluster/xen/db.cfg", on: "alpha") == nil)
        scenario.person.setRole(of: "fs", "Started", on: "alpha")
        #expect(scenario.run(upTo: 60) { scenario.isGood(commit) })
        for node in scenario.cluster.names { #expect(scenario.text("/cluster/xen/db.cfg", on: node) != nil) }
        scenario.end()
    }

    @Test("A commit that brings the file system and domUs on it comes in two transactions, of which the second waits for the mount")
    func together() {
        let scenario = Scenario(Contents(web: .absent, storage: .announced))
        let commit = scenario.push { ($0.web, $0.storage) = (.plain, .shared) }
        #expect(scenario.run(upTo: 120) { scenario.isGood(commit) })
        #expect(scenario.cluster.shared?.files["/cluster/xen/web.cfg"] != nil)
        scenario.end()
    }

    @Test("A leader that does not have the file system waits for who writes the file there")
    func writer() {
        let scenario = Scenario(Contents(storage: .shared))
        let (leader, other) = (scenario.dc, scenario.follower)
        scenario.person.ban("cl-fs", from: leader, on: leader)
        scenario.person.setRole(of: "fs", "Stopped", on: leader)
        scenario.run(20)
        let commit = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 60) { scenario.wait(leader).contains("when fs has mounted /cluster") })
        scenario.person.setRole(of: "fs", "Started", on: leader)
        #expect(scenario.run(upTo: 90) { scenario.record().applied == commit })
        #expect(scenario.text("/cluster/xen/db.cfg", on: other) != nil, "the domU is in the CIB before its file is there")
        #expect(scenario.run(upTo: 60) { scenario.isGood(commit) })
        scenario.end()
    }

    @Test("What a commit that was given up has banned is let go, though the newer one waits for just that")
    func givenUpBan() {
        let scenario = Scenario(Contents(web: .absent, storage: .shared))
        scenario.cluster.scheduler.stopsHangUntil["fs"] = scenario.cluster.simulation.now + 30_000
        scenario.push { $0.storage = .announced }
        let isBanned = { scenario.cluster.partitions.contains { $0.cib.objects.contains { $0.id.name.hasPrefix(ClusterRecord.retirePrefix) } } }
        #expect(scenario.run(upTo: 30) { isBanned() })
        let commit = scenario.push { ($0.web, $0.storage) = (.plain, .shared) }
        #expect(scenario.run(upTo: 180) { scenario.isGood(commit) }, "\(scenario.cluster.whatItWaitsFor)")
        #expect(!isBanned())
        scenario.end()
    }

    private func broken(_ contents: inout Contents) { (contents.web, contents.storage) = (.plain, .broken) }

    @Test(
        "A commit whose file system does not start comes back by itself, though the domUs on it are not in yet; a newer one goes on",
        arguments: [1, 2, 3] as [UInt64])
    func doesNotMount(_ seed: UInt64) {
        let scenario = Scenario(Contents(web: .absent, storage: .announced), seed: seed)
        let good = scenario.cluster.git.head
        let commit = scenario.push { broken(&$0) }
        #expect(scenario.run(upTo: 60) { scenario.record().begun == commit })
        #expect(scenario.run(upTo: 200) { scenario.record().held == commit }, "\(scenario.cluster.whatItWaitsFor)")
        #expect(scenario.run(upTo: 100) { scenario.cluster.names.allSatisfy { scenario.log.results(of: commit, on: $0) == [.rolledBack] } })
        #expect(scenario.record().applied == good && scenario.record().begun == nil)
        #expect(scenario.cluster.partitions.flatMap(\.cib.objects).allSatisfy { $0.id.name != "fs" && $0.id.name != "web" })
        for node in scenario.cluster.names {
            #expect(scenario.log.text(of: commit, .rolledBack, on: node)?.contains("fs: start on ") == true)
        }
        scenario.push { $0.storage = .shared }
        scenario.end()
    }

    @Test("Whoever becomes the DC meanwhile takes it back too, and so does one that was killed")
    func doesNotMountForAnother() {
        let scenario = Scenario(Contents(web: .absent, storage: .announced))
        let commit = scenario.push { broken(&$0) }
        #expect(scenario.run(upTo: 60) { scenario.record().begun == commit })
        scenario.cluster.kill(scenario.dc)
        scenario.cluster.kill(scenario.follower)
        scenario.cluster.partitions.first.map(scenario.cluster.changeDC)
        #expect(scenario.run(upTo: 300) { scenario.record().held == commit }, "\(scenario.cluster.whatItWaitsFor)")
        scenario.push { $0.storage = .shared }
        scenario.end()
    }

    @Test("Where there is no way back everybody says what failed, at the gate too; what a person has mended goes on")
    func doesNotMountForGood() {
        let scenario = Scenario(Contents(web: .absent, storage: .announced))
        let commit = scenario.push {
            broken(&$0)
            $0.rollback = .off
        }
        #expect(scenario.run(upTo: 300) { scenario.cluster.names.allSatisfy { scenario.log.results(of: commit, on: $0) == [.unhealthy] } })
        #expect(scenario.log.text(of: commit, .unhealthy, on: scenario.follower)?.contains("there is no way back: rollback is off") == true)
        scenario.run(100)
        #expect(scenario.wait(scenario.dc).contains("where its file belongs: fs: start on "), "\(scenario.wait(scenario.dc))")
        #expect(scenario.record().begun == commit && scenario.record().held == nil)
        scenario.push { ($0.storage, $0.rollback) = (.shared, .auto) }
        scenario.end()
    }

    @Test("A first part that is well, and falls ill long after, is not taken back for it")
    func fallsIllLater() {
        let scenario = Scenario(Contents(web: .absent, storage: .announced))
        let commit = scenario.push { ($0.web, $0.storage) = (.plain, .shared) }
        #expect(scenario.run(upTo: 60) { scenario.record().begun == commit })
        scenario.cluster.node(scenario.dc).judgesFailUntil = scenario.cluster.simulation.now + 150_000
        scenario.run(50)
        scenario.cluster.partitions.first?.fail("fs", "monitor", on: scenario.dc)
        scenario.run(80)
        #expect(scenario.record().begun == commit && scenario.record().held == nil, "\(scenario.cluster.whatItWaitsFor)")
        scenario.person.cleanUp(on: scenario.dc)
        scenario.end()
    }

    @Test("What a commit has stopped that was given up runs again at once, whatever the newer one waits for")
    func givenUpBanOfWaiting() {
        let scenario = Scenario(Contents(database: .plain))
        scenario.cluster.scheduler.stopsHangUntil["db"] = scenario.cluster.simulation.now + 20_000
        scenario.push { $0.database = .absent }
        let isBanned = { scenario.cluster.partitions.contains { $0.cib.objects.contains { $0.id.name.hasPrefix(ClusterRecord.retirePrefix) } } }
        #expect(scenario.run(upTo: 30) { isBanned() })
        let suspension = Suspension(by: "person", since: scenario.cluster.time)
        scenario.cluster.deliver(.requested(.suspend(suspension)), to: scenario.cluster.node(scenario.dc))
        scenario.push { ($0.database, $0.address) = (.plain, .other) }
        let runs = { scenario.cluster.names.contains { scenario.host($0).running["db"] != nil } }
        #expect(scenario.run(upTo: 90) { !isBanned() && runs() }, "\(scenario.cluster.whatItWaitsFor)")
        #expect(scenario.record().suspension != nil)
        scenario.cluster.deliver(.requested(.resume), to: scenario.cluster.node(scenario.dc))
        scenario.end()
    }

    @Test("A commit that a newer one replaces after its first transaction leaves nothing that git does not declare")
    func replaced() {
        let scenario = Scenario(Contents(web: .absent, storage: .announced))
        scenario.push { ($0.web, $0.storage) = (.plain, .shared) }
        #expect(scenario.run(upTo: 120) { scenario.record().begun != nil })
        scenario.person.setRole(of: "fs", "Stopped", on: "alpha")  // its second transaction waits
        let commit = scenario.push { ($0.web, $0.storage) = (.absent, .announced) }
        #expect(scenario.run(upTo: 180) { scenario.isGood(commit) })
        let names = scenario.cluster.partitions.flatMap(\.cib.objects).map(\.id.name)
        #expect(scenario.record().begun == nil && !names.isEmpty && !names.contains("fs"), "\(names)")
        scenario.end()
    }

    @Test("A file system that is unmounted between plan and write gets no file below its mount point")
    func buried() {
        let scenario = Scenario(Contents(storage: .shared))
        let commit = scenario.push { $0.database = .plain }
        for node in scenario.cluster.names { scenario.cluster.faults.arrange(.late, of: "write /cluster/xen/db.cfg", on: node) }
        #expect(
            scenario.run(upTo: 60) {
                scenario.cluster.names.contains { scenario.cluster.node($0).machine?.standing(at: .start).remaining.isEmpty == false }
            })
        scenario.person.setRole(of: "fs", "Stopped", on: "alpha")
        scenario.run(120)
        for node in scenario.cluster.names { #expect(scenario.host(node).hidden.isEmpty) }
        scenario.person.setRole(of: "fs", "Started", on: "alpha")
        #expect(scenario.run(upTo: 120) { scenario.isGood(commit) })
        scenario.end()
    }
}
