import ClusterModel
import LiveState
import Reconciling
import Records
import Repository
import Steps
import Testing

@testable import SimulatedCluster

/// A DRBD resource that a commit brings has data on both hosts before the cluster has it, whatever happens on the way; and nobody's data are lost by it.
struct NewcomerFaultTests {
    private static let path = VolumePath(group: "vg0", name: "db")

    private func scenario(_ seed: UInt64 = 1, declaring: Bool = true) -> Scenario {
        var contents = Contents()
        contents.volumes = declaring ? .plain : .undeclared
        return Scenario(contents, seed: seed)
    }

    private func disks(_ scenario: Scenario) -> [DiskContent?] { ["alpha", "bravo"].map { scenario.host($0).disks[Self.path] } }

    private func set(_ disks: [DiskContent], in scenario: Scenario) {
        for (name, content) in zip(["alpha", "bravo"] as [NodeName], disks) { scenario.host(name).disks[Self.path] = content }
    }

    private func runs(_ scenario: Scenario) -> Bool { scenario.cluster.names.contains { scenario.host($0).running["db"] != nil } }

    /// The resource is in, runs, and both sides have the same data of one beginning.
    private func expectIn(_ scenario: Scenario, _ location: SourceLocation = #_sourceLocation) {
        scenario.end(location)
        let generations = disks(scenario).map { $0?.generation?.lineage }
        #expect(generations[0] != nil && generations[0] == generations[1], sourceLocation: location)
        #expect(runs(scenario), sourceLocation: location)
    }

    @Test("A commit brings a domU with its disk, metadata and first synchronisation, by one of the hosts", arguments: [1, 2, 3] as [UInt64])
    func added(_ seed: UInt64) {
        let scenario = scenario(seed)
        scenario.push { $0.database = .plain }
        expectIn(scenario)
        for node in ["alpha", "bravo"] as [NodeName] {
            #expect(scenario.log.steps.count { $0.node == node && $0.step == "create-md db" } == 1)
            #expect(scenario.log.steps.count { $0.node == node && $0.step == "up db" } == 1)
        }
        #expect(scenario.cluster.lineages == 101, "it began once")
    }

    @Test("A host that was off while a resource with data came gets its metadata when it is back, and then the data")
    func absentHost() {
        let scenario = scenario(declaring: false)
        set([.metadata(DiskContent.Generation(lineage: 7, version: 3)), .nothing], in: scenario)
        scenario.cluster.cutPower("bravo", for: 200_000)
        scenario.run(5)
        let commit = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 150) { scenario.record().applied == commit }, "\(scenario.cluster.whatItWaitsFor)")
        scenario.run(200)
        expectIn(scenario)
        #expect(scenario.log.did("create-md db", on: "bravo") && !scenario.log.did("create-md db", on: "alpha"))
    }

    @Test(
        "A third node that leads does not commit while one host has no data, and the other that was to begin has lost its power",
        arguments: [1, 2, 3] as [UInt64])
    func led(_ seed: UInt64) {
        var contents = Contents()
        contents.volumes = .plain
        let scenario = Scenario(contents, nodes: ["alpha", "bravo", "charlie"], seed: seed)
        scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 300) { scenario.log.did("up db", on: "bravo") })
        scenario.cluster.cutPower("alpha", for: 120_000)
        scenario.run(100)
        #expect(!runs(scenario) && disks(scenario)[1] == .metadata(nil))
        expectIn(scenario)
    }

    @Test(
        "Killed, told wrongly or without power after any of its steps, it begins again where it stood",
        arguments: ["create lv vg0/db", "create-md db", "up db", "first sync of db"],
        [Fate.killBefore, .killAfter, .powerCutBefore, .powerCutAfter, .lies])
    func crashed(_ step: String, _ fate: Fate) {
        let scenario = scenario()
        scenario.cluster.faults.arrange(fate, of: StepID(step), on: "alpha")
        scenario.push { $0.database = .plain }
        expectIn(scenario)
        #expect(scenario.cluster.lineages == 101, "it began once")
    }

    @Test("A side that stays away when the resource is to begin is waited for, and that is no failure")
    func lateSide() {
        let scenario = scenario()
        let commit = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 300) { scenario.log.did("up db", on: "bravo") })
        scenario.host("bravo").drbd["db"] = nil
        for _ in 1...6 { scenario.cluster.faults.arrange(.fails, of: "up db", on: "bravo") }
        #expect(scenario.run(upTo: 100) { scenario.wait("alpha").contains("db is not connected") })
        scenario.run(30)
        #expect(!scenario.log.results(of: commit, on: "alpha").contains(.failed))
        expectIn(scenario)
    }

    @Test("Power lost on both hosts between the first synchronisation and the commit: it is brought up again, and begins no second time")
    func darkness() {
        let scenario = scenario()
        let commit = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 300) { scenario.log.did("first sync of db") })
        #expect(!scenario.log.applied.contains(commit))
        scenario.cluster.cutPower("alpha", for: 30_000)
        scenario.cluster.cutPower("bravo", for: 40_000)
        expectIn(scenario)
        #expect(scenario.cluster.lineages == 101)
        #expect(scenario.log.steps.count { $0.node == "alpha" && $0.step == "up db" } == 2)
    }

    @Test("A host without power after it has prepared: its disk, which nothing is on, is not what the other one begins with")
    func halfDark() {
        let scenario = scenario()
        scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 300) { scenario.log.did("up db", on: "bravo") })
        scenario.cluster.cutPower("bravo", for: 120_000)
        scenario.run(90)
        #expect(!runs(scenario) && disks(scenario)[1] == .metadata(nil))
        expectIn(scenario)
    }

    @Test("Somebody's file system on one host refuses for both, and stays; when a person has taken it away all goes on")
    func foreign() {
        let scenario = scenario(declaring: false)
        set([.nothing, .foreign("ext4")], in: scenario)
        let commit = scenario.push { $0.database = .plain }
        scenario.run(120)
        #expect(disks(scenario) == [.nothing, .foreign("ext4")] && !scenario.log.did("create-md db") && !scenario.log.did("up db"))
        #expect(scenario.log.text(of: commit, .refused, on: "bravo")?.contains("/dev/vg0/db holds ext4 on this host") == true)
        #expect(scenario.log.text(of: commit, .refused, on: "alpha")?.contains("bravo refuses it") == true)
        set([.nothing, .nothing], in: scenario)
        expectIn(scenario)
    }

    @Test("Data that are there are used: nothing is created over them, and the other side gets them", arguments: [0, 1])
    func present(_ side: Int) {
        let scenario = scenario(declaring: false)
        var contents: [DiskContent] = [.nothing, .nothing]
        contents[side] = .metadata(DiskContent.Generation(lineage: 7, version: 3))
        set(contents, in: scenario)
        scenario.push { $0.database = .plain }
        expectIn(scenario)
        #expect(disks(scenario).allSatisfy { $0?.generation?.lineage == 7 })
        #expect(!scenario.log.did("create-md db", on: side == 0 ? "alpha" : "bravo"))
    }

    @Test("While the other host is off a resource without data waits, and says for whom; one with data does not")
    func absent() {
        let scenario = scenario()
        scenario.cluster.cutPower("bravo", for: 200_000)
        scenario.run(10)
        let commit = scenario.push { $0.database = .plain }
        scenario.run(150)
        #expect(!scenario.log.did("create lv vg0/db") && scenario.record().applied != commit)
        #expect(scenario.wait("alpha").contains("begins together with bravo"))
        expectIn(scenario)
        let other = self.scenario(declaring: false)
        other.cluster.cutPower("bravo", for: 200_000)
        other.run(10)
        let second = other.push { $0.database = .plain }
        #expect(other.run(upTo: 150) { other.isGood(second) })
        expectIn(other)
    }

    @Test("A tool that fails says nothing about a disk: it is waited for")
    func unknown() {
        let scenario = scenario(declaring: false)
        set([.nothing, .nothing], in: scenario)
        scenario.cluster.node("bravo").disksFailUntil = scenario.cluster.simulation.now + 90_000
        scenario.push { $0.database = .plain }
        scenario.run(60)
        #expect(!scenario.log.did("create-md db") && !runs(scenario))
        expectIn(scenario)
    }

    @Test("A commit that is taken back before it came in leaves no resource up")
    func takenBack() {
        let scenario = scenario()
        for _ in 1...4 { scenario.cluster.faults.arrange(.fails, of: "commit", on: scenario.dc) }
        scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 300) { scenario.log.did("up db", on: "bravo") })
        scenario.push { $0.database = .absent }
        scenario.end()
        for name in ["alpha", "bravo"] as [NodeName] { #expect(scenario.host(name).drbd["db"] == nil) }
    }
}
