import CIB
import ClusterModel
import Reconciling
import Records
import Steps
import Testing
import XML

@testable import SimulatedCluster

@Suite("A commit is judged for what it does, in its time, and says what was wrong with it")
struct JudgementFaultTests {
    private func ask(_ scenario: Scenario) {
        scenario.cluster.deliver(.requested(.rollback), to: scenario.cluster.node(scenario.dc))
    }

    /// Its monitor fails a while after each start.
    private func addFlapping(_ name: String, _ scenario: Scenario) {
        scenario.person.edit(on: "alpha", "adds \(name)") { edits, _ in
            let pair = Element("nvpair", ["id": "\(name)-ip", "name": "ip", "value": "10.0.0.14"])
            let set = Element("instance_attributes", ["id": "\(name)-ia"], children: [pair])
            let primitive = Element("primitive", ["id": name, "class": "ocf", "provider": "pacemaker", "type": "Dummy"], children: [set])
            edits.add(CIBObject(id: ObjectID(.resource, name), element: primitive))
        }
    }

    @Test("Who asks what is waited for hears the reason of now, and not the one that the wait began with")
    func presentReason() {
        let scenario = Scenario()
        scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 60) { scenario.wait(scenario.dc).contains("is all well?") })
        #expect(scenario.run(upTo: 60) { scenario.wait(scenario.dc).contains("is watched for a while") }, "\(scenario.wait(scenario.dc))")
        scenario.end()
    }

    @Test("A wish to go back that comes after the judgement takes nothing back: not that commit, and not the next one")
    func lateWish() {
        let scenario = Scenario()
        let first = scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 120) { scenario.isGood(first) })
        scenario.run(30)
        ask(scenario)
        #expect(scenario.log.answers.last?.contains("nothing is being judged") == true, "\(scenario.log.answers)")
        let second = scenario.push { $0.web = .tuned }
        scenario.end()
        #expect(scenario.isGood(second))
    }

    @Test("One that a newer commit overtakes is about the former alone")
    func overtakenWish() {
        let scenario = Scenario()
        let first = scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 120) { scenario.record().applied == first && scenario.wait(scenario.dc).contains("watched") })
        let second = scenario.push { $0.web = .tuned }
        scenario.cluster.deliver(.moved(.repository), to: scenario.cluster.node(scenario.dc))
        ask(scenario)
        scenario.end()
        #expect(scenario.isGood(second))
    }

    @Test("One that comes in time takes the commit back, though it is healthy")
    func wish() {
        let scenario = Scenario()
        let good = scenario.cluster.git.head
        let commit = scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 120) { scenario.record().applied == commit && scenario.wait(scenario.dc).contains("watched") })
        ask(scenario)
        #expect(scenario.log.answers.last == "going back")
        #expect(scenario.run(upTo: 120) { scenario.log.results(of: commit, on: scenario.follower) == [.rolledBack] })
        #expect(scenario.record().applied == good)
        #expect(scenario.log.text(of: commit, .rolledBack, on: scenario.follower)?.contains("a person asked to go back") == true)
        scenario.check()
    }

    @Test("A bystander that came and went before the commit takes no commit back")
    func flappingBystander() {
        let scenario = Scenario()
        addFlapping("manual1", scenario)
        scenario.run(60)
        let commit = scenario.push { $0.web = .tuned }
        #expect(scenario.run(upTo: 400) { scenario.isGood(commit) }, "\(scenario.cluster.whatItWaitsFor)")
        #expect(scenario.record().held == nil)
        scenario.check()
    }

    @Test("What was wrong stands in every node's note, though whoever found it died at once")
    func reasons() {
        let scenario = Scenario()
        let commit = scenario.push { $0.address = .broken }
        for name in scenario.cluster.names { scenario.cluster.faults.arrange(.killAfter, of: StepID("hold \(commit.short)"), on: name) }
        #expect(scenario.run(upTo: 900) { scenario.cluster.names.allSatisfy { scenario.log.results(of: commit, on: $0).contains(.rolledBack) } })
        for name in scenario.cluster.names {
            #expect(scenario.log.text(of: commit, .rolledBack, on: name)?.contains("ip: start on ") == true)
        }
        #expect(scenario.record().whyHeld?.contains("ip: start on ") == true)
        scenario.push { $0.address = .other }
        scenario.end()
        #expect(scenario.record().whyHeld == nil)
    }

    /// What somebody has changed on the DC's host once the commit was in, and can't be put right.
    private func breakHost(_ scenario: Scenario, once commit: CommitID) {
        #expect(scenario.run(upTo: 120) { scenario.record().applied == commit })
        for _ in 0..<500 { scenario.cluster.faults.arrange(.fails, of: "write /etc/drbd.d/web.res", on: scenario.dc) }
        scenario.person.changeFile("/etc/drbd.d/web.res", on: scenario.dc)
    }

    @Test("What fails on the DC's host after the transaction does not keep a broken commit in force: its time runs")
    func failingLeader() {
        let scenario = Scenario()
        let good = scenario.cluster.git.head
        let commit = scenario.push { $0.address = .broken }
        breakHost(scenario, once: commit)
        #expect(scenario.run(upTo: 300) { scenario.record().held == commit }, "\(scenario.cluster.whatItWaitsFor)")
        #expect(scenario.log.results(of: commit, on: scenario.dc).contains(.failed))
        scenario.cluster.faults.disarrange()
        #expect(scenario.run(upTo: 200) { scenario.record().applied == good }, "\(scenario.cluster.whatItWaitsFor)")
        scenario.check()
    }

    @Test("What is in force and well is neither held nor called good while the DC's host can't follow, however long that takes")
    func failingLeaderOfWell() {
        let scenario = Scenario()
        let commit = scenario.push { $0.address = .other }
        breakHost(scenario, once: commit)
        scenario.run(600)
        #expect(scenario.record().good != commit && scenario.record().held == nil)
        scenario.cluster.faults.disarrange()
        scenario.end()
    }
}
