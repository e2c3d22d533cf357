import CIB
import ClusterModel
import Reconciling
import Records
import Testing

@testable import SimulatedCluster

/// Nobody goes behind what the cluster has, and a passing fault says nothing about a commit.
struct RecordFaultTests {
    @Test("A1: a node that knows only an older commit leaves the newer one in force")
    func staleNode() {
        let scenario = Scenario()
        let cluster = scenario.cluster
        cluster.cutPower("bravo", for: 120_000)
        let newer = scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 90) { scenario.isGood(newer) })
        cluster.git.mood = .rejecting
        #expect(scenario.run(upTo: 120) { scenario.host("bravo").isInCluster })
        scenario.run(10)
        cluster.cutPower("alpha", for: 300_000)
        scenario.run(60)
        #expect(scenario.record(of: "bravo").applied == newer)
        #expect(scenario.wait("bravo").contains("this node knows only"))
        #expect(!scenario.log.steps.contains { $0.node == "bravo" })
        cluster.git.mood = .answering
        scenario.end()
        #expect(scenario.log.applied == [newer])
    }

    @Test("A1: who is overtaken asks the repository before it plans again")
    func overtaken() {
        let scenario = Scenario(fetch: .seconds(600))
        let cluster = scenario.cluster
        let leader = scenario.dc
        let older = scenario.push { $0.address = .other }
        cluster.faults.arrange(.late, of: "commit", on: leader)
        cluster.deliver(.moved(.repository), to: cluster.node(leader))
        #expect(scenario.run(upTo: 60) { scenario.record().leader == leader })
        scenario.run(2)
        #expect(cluster.node(leader).machine?.commit == older)
        let newer = scenario.push { $0.address = .plain }
        scenario.person.edit(on: leader, "applies the newer commit elsewhere") { edits, cib in
            var record = ClusterRecord(in: cib)
            (record.applied, record.good, record.leader) = (newer, newer, nil)
            record.write(to: &edits, of: cib)
        }
        #expect(scenario.run(upTo: 200) { scenario.log.results(of: newer, on: leader).contains(.converged) })
        #expect(!scenario.log.results(of: older).contains(.refused))
        #expect(scenario.log.applied == [newer])
        scenario.check()
    }

    @Test("A1: a history that was rewound is refused, and let in by its word")
    func rewound() {
        let scenario = Scenario()
        let begin = scenario.cluster.git.head
        let forgotten = scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 120) { scenario.isGood(forgotten) })
        let amended = scenario.push("amended", onto: begin) { $0.web = .reparameterized }
        #expect(scenario.run(upTo: 60) { scenario.log.results(of: amended).contains(.refused) })
        #expect(scenario.log.text(of: amended, .refused)?.contains("Allow-Rewind: \(forgotten.short)") == true)
        scenario.run(60)
        #expect(scenario.record().applied == forgotten)
        scenario.push("amended\n\nAllow-Rewind: \(forgotten.hex)", onto: begin) { $0.web = .reparameterized }
        scenario.end()
        #expect(scenario.cluster.partitions.first?.wishes.first { $0.id == "ip" }?.address == "10.0.0.1")
    }

    @Test("A1: a history that was rewritten and undoes nothing needs no word: the commit that goes had changed nothing")
    func rewoundOverNothing() {
        let scenario = Scenario()
        let begin = scenario.cluster.git.head
        let empty = scenario.push("empty") { _ in }
        #expect(scenario.run(upTo: 120) { scenario.isGood(empty) })
        let next = scenario.push("next", onto: begin) { $0.address = .other }
        scenario.end()
        #expect(scenario.log.results(of: next).allSatisfy { $0 == .converged })
        #expect(scenario.log.applied == [empty, next])
    }

    @Test("A1: nor does a message that was amended below a new commit, nor a commit and its revert that go; one whose revert alone goes does")
    func rewoundToTheSame() {
        let scenario = Scenario()
        let begin = scenario.cluster.git.head
        let change = scenario.push { $0.address = .other }
        let back = scenario.push("back") { $0.address = .plain }
        #expect(scenario.run(upTo: 120) { scenario.isGood(back) })
        let undoing = scenario.push("undoing", onto: change) { $0.web = .tuned }
        #expect(scenario.run(upTo: 60) { scenario.log.results(of: undoing).contains(.refused) })
        #expect(scenario.log.text(of: undoing, .refused)?.contains("Allow-Rewind: \(back.short)") == true)
        scenario.push("amended", onto: begin) { _ in }
        scenario.push("next") { $0.web = .tuned }
        scenario.end()
    }

    @Test("A11: a tool that fails for a while refuses nothing")
    func passingFault() {
        let scenario = Scenario()
        for name in scenario.cluster.names { scenario.cluster.node(name).toolsFailUntil = scenario.cluster.simulation.now + 25_000 }
        let commit = scenario.push { $0.web = .tuned }
        scenario.end()
        #expect(scenario.log.results(of: commit).contains(.converged))
        #expect(!scenario.log.results(of: commit).contains(.refused))
    }

    @Test("A11: what a tool did not say is no yes")
    func unheard() {
        let scenario = Scenario()
        let commit = scenario.push { $0.web = .tuned }
        for name in scenario.cluster.names { scenario.cluster.node(name).judgesFailUntil = .max }
        scenario.run(60)
        #expect(scenario.record().applied != commit)
        #expect(scenario.log.results(of: commit).allSatisfy { $0 == .failed })
        #expect(scenario.log.results(of: commit).contains(.failed))
        for name in scenario.cluster.names { scenario.cluster.node(name).judgesFailUntil = 0 }
        scenario.end()
    }
}
