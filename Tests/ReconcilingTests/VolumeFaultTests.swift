import ClusterModel
import LiveState
import Reconciling
import Records
import Repository
import Steps
import Testing

@testable import SimulatedCluster

/// Logical volumes come and grow with a commit on all hosts, and go with nobody's but an author's word.
struct VolumeFaultTests {
    private func scenario(_ change: (inout Contents) -> Void = { _ in }) -> Scenario {
        var contents = Contents()
        contents.volumes = .plain
        change(&contents)
        return Scenario(contents)
    }

    private func sizes(_ name: String, _ scenario: Scenario) -> [Int?] {
        scenario.cluster.names.map { scenario.host($0).volumes[VolumePath(group: "vg0", name: name)].map { $0.size >> 30 } }
    }

    @Test("A commit that adds a domU brings its disk on every host")
    func added() {
        let scenario = scenario()
        scenario.push { $0.database = .plain }
        scenario.end()
        #expect(sizes("db", scenario) == [4, 4])
        #expect(scenario.host("alpha").running["db"] != nil || scenario.host("bravo").running["db"] != nil)
    }

    @Test("A disk grows under what runs, and DRBD is told by one node when both have it", arguments: [1, 2, 3] as [UInt64])
    func grown(_ seed: UInt64) {
        let scenario = scenario()
        scenario.push { $0.volumes = .larger }
        scenario.end()
        #expect(sizes("web", scenario) == [8, 8])
        #expect(scenario.log.steps.count { $0.step == "resize web" } == 1)
        #expect(scenario.cluster.drbdSizes["web"] == scenario.cluster.usableSize(of: "web"))
    }

    @Test("A crash between the growth of the disk and that of DRBD is made up for", arguments: [Fate.killAfter, .powerCutAfter, .lies])
    func crashed(_ fate: Fate) {
        let scenario = scenario()
        scenario.cluster.faults.arrange(fate, of: "grow lv vg0/web", on: "alpha")
        scenario.push { $0.volumes = .larger }
        scenario.end()
        #expect(sizes("web", scenario) == [8, 8] && scenario.log.did("grow lv vg0/web", on: "alpha"))
        #expect(scenario.run(upTo: 120) { scenario.cluster.drbdSizes["web"] == scenario.cluster.usableSize(of: "web") })
        scenario.check()
    }

    @Test("One host without room refuses for all, before anything is made anywhere")
    func full() {
        let scenario = scenario()
        scenario.host("bravo").isFull = true
        let commit = scenario.push { $0.database = .plain }
        scenario.run(120)
        #expect(sizes("db", scenario) == [nil, nil])
        #expect(scenario.record().applied != commit)
        #expect(scenario.log.text(of: commit, .refused)?.contains("vg0 has nothing free") == true)
        scenario.host("bravo").isFull = false
        scenario.end()
        #expect(sizes("db", scenario) == [4, 4])
    }

    @Test("The way back keeps what was enlarged, and is not refused for it")
    func wayBack() {
        let scenario = scenario()
        let good = scenario.cluster.git.head
        let bad = scenario.push {
            $0.volumes = .larger
            $0.address = .broken
        }
        #expect(scenario.run(upTo: 900) { scenario.record().held == bad && scenario.record().applied == good })
        scenario.run(120)
        #expect(sizes("web", scenario) == [8, 8])
        #expect(scenario.log.results(of: bad).contains(.rolledBack))
        scenario.check()
    }

    @Test("What nobody declares any more stays with its data, and is there when it comes back")
    func leftBehind() {
        let scenario = scenario { $0.database = .plain }
        scenario.push { $0.database = .absent }
        scenario.end()
        #expect(sizes("db", scenario) == [4, 4])
        scenario.push { $0.database = .plain }
        scenario.end()
        #expect(!scenario.log.did("create lv vg0/db"))
    }

    @Test("With the word it goes on every host, when the commit is in force and healthy, and not before")
    func destroyed() {
        let scenario = scenario { $0.database = .plain }
        let commit = scenario.push("db goes\n\nAllow-Destroy: lv/vg0/db") { $0.database = .absent }
        #expect(scenario.run(upTo: 300) { scenario.isGood(commit) })
        #expect(!scenario.log.did("remove lv vg0/db"))
        scenario.end()
        #expect(sizes("db", scenario) == [nil, nil])
        #expect(sizes("web", scenario) == [4, 4])
    }

    @Test("A commit that is not healthy has destroyed nothing when it is left")
    func unhealthyDestruction() {
        let scenario = scenario { $0.database = .plain }
        let bad = scenario.push("db goes\n\nAllow-Destroy: lv/vg0/db") {
            $0.database = .absent
            $0.address = .broken
        }
        #expect(scenario.run(upTo: 900) { scenario.record().held == bad })
        scenario.run(180)
        #expect(sizes("db", scenario) == [4, 4] && !scenario.log.did("remove lv vg0/db"))
        scenario.check()
    }
}
