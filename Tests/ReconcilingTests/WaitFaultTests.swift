import ClusterModel
import Diagnostics
internal import LiveState
import Reconciling
import Records
import Steps
import Testing

@testable import SimulatedCluster

/// Nothing waits without limit for what does not come, and everything that waits says for what.
struct WaitFaultTests {
    @Test("A4: the commit that mends a resource that keeps the cluster busy goes in at once")
    func flapping() {
        let scenario = Scenario(Contents(address: .flapping))
        scenario.cluster.partitions.first?.isRestless = true
        let mend = scenario.push { $0.address = .other }
        #expect(scenario.run(upTo: 45) { scenario.record().applied == mend })
        scenario.cluster.partitions.first?.isRestless = false
        scenario.end()
    }

    @Test("A4: another commit waits for it, for a minute and not longer")
    func restless() {
        let scenario = Scenario()
        scenario.cluster.partitions.first?.isRestless = true
        let other = scenario.push { $0.web = .tuned }
        scenario.run(50)
        #expect(scenario.record().applied != other)
        #expect(scenario.wait(scenario.dc).contains("a transition is under way"))
        #expect(scenario.run(upTo: 60) { scenario.record().applied == other })
        scenario.cluster.partitions.first?.isRestless = false
        scenario.end()
    }

    @Test("A12: a stop that never ends is told with its name, and the commit that keeps the resource goes on")
    func hangingStop() {
        let scenario = Scenario()
        scenario.cluster.scheduler.stopsHangUntil["ip"] = 3_600_000
        let deletion = scenario.push { $0.address = .absent }
        #expect(scenario.run(upTo: 120) { scenario.wait(scenario.dc).contains("ip is still running") })
        #expect(scenario.run(upTo: 700) { scenario.log.results(of: deletion, on: scenario.dc).contains(.failed) })
        #expect(scenario.log.text(of: deletion, .failed, on: scenario.dc)?.contains("ip is still running") == true)
        let revert = scenario.push { $0.address = .plain }
        #expect(scenario.run(upTo: 120) { scenario.record().applied == revert })
        #expect(!scenario.log.applied.contains(deletion))
        scenario.check()
    }

    @Test("A12: what a person keeps Pacemaker from stopping is told with the cause, has failed after the limit, and blocks no later commit")
    func unstoppable() {
        let scenario = Scenario()
        scenario.person.maintain(on: "alpha", true)
        let deletion = scenario.push { $0.address = .absent }
        #expect(scenario.run(upTo: 120) { scenario.wait(scenario.dc).contains("ip is to be deleted, and the cluster is in maintenance") })
        #expect(scenario.run(upTo: 700) { scenario.log.results(of: deletion, on: scenario.dc) == [.failed] })
        let revert = scenario.push { $0.address = .plain }
        #expect(scenario.run(upTo: 120) { scenario.record().applied == revert })
        scenario.person.maintain(on: "alpha", false)
        scenario.end()
        #expect(!scenario.log.applied.contains(deletion))
    }

    @Test("A13: a server that never answers keeps nobody from putting drift right, nor from answering the other nodes")
    func blackHole() {
        let scenario = Scenario()
        let address = { scenario.cluster.partitions.first?.wishes.first { $0.id == "ip" }?.address }
        scenario.cluster.git.mood = .blackHole
        scenario.run(20)
        for _ in 1...2 {
            scenario.person.changeAddress(on: "alpha")
            #expect(address() == "10.0.0.99")
            #expect(scenario.run(upTo: 8) { address() == "10.0.0.1" }, "\(scenario.cluster.whatItWaitsFor)")
            scenario.run(15)
        }
        scenario.cluster.git.mood = .answering
        let commit = scenario.push { $0.web = .tuned }
        scenario.end()
        #expect(scenario.isGood(commit))
    }

    @Test("A server that does not answer is asked less often, and as often as before once it does")
    func absence() {
        let scenario = Scenario(fetch: .seconds(60))
        let asked = { (seconds: Int) in
            let before = scenario.log.fetches["alpha"] ?? 0
            scenario.run(seconds)
            return (scenario.log.fetches["alpha"] ?? 0) - before
        }
        #expect((9...11).contains(asked(600)))
        scenario.cluster.git.mood = .blackHole
        #expect((12...24).contains(asked(3600)))
        scenario.cluster.git.mood = .answering
        let commit = scenario.push { $0.web = .tuned }
        #expect(scenario.run(upTo: 400) { scenario.isGood(commit) }, "\(scenario.cluster.whatItWaitsFor)")
        #expect((9...11).contains(asked(600)))
        scenario.end()
    }

    @Test("A resource that does not start takes its commit back; a newer one goes on")
    func rollback() {
        let scenario = Scenario()
        let good = scenario.cluster.git.head
        let broken = scenario.push { ($0.address, $0.web) = (.broken, .tuned) }
        #expect(scenario.run(upTo: 600) { scenario.log.results(of: broken).contains(.rolledBack) })
        scenario.run(60)
        var record = ClusterRecord(applied: good, good: good, leader: scenario.dc)
        record.hold(broken, because: scenario.record().whyHeld ?? "")
        #expect(scenario.record() == record)
        for node in scenario.cluster.names { #expect(scenario.host(node).drbd["web"]?.text.contains("max-buffers 8000") == true) }
        scenario.push { $0.address = .other }
        scenario.end()
    }

    @Test("B2: a commit that is not healthy, and has no way back, is so on every node")
    func oneWord() {
        let scenario = Scenario()
        let (leader, follower) = (scenario.dc, scenario.follower)
        scenario.person.edit(on: leader, "forgets what was good") { edits, cib in
            var record = ClusterRecord(in: cib)
            record.good = nil
            record.write(to: &edits, of: cib)
        }
        let broken = scenario.push { $0.address = .broken }
        #expect(scenario.run(upTo: 400) { scenario.log.results(of: broken, on: follower) == [.unhealthy] })
        #expect(scenario.log.results(of: broken, on: leader) == [.unhealthy])
        #expect(scenario.log.text(of: broken, .unhealthy, on: follower)?.contains("\(leader) has found") == true)
        scenario.push { $0.address = .other }
        scenario.end()
    }

    @Test("B6: what somebody sets anew each time it is put right is left alone for a while, told once, and put right later")
    func contested() {
        let scenario = Scenario()
        let commit = scenario.cluster.git.head
        let address = { scenario.cluster.partitions.first?.wishes.first { $0.id == "ip" }?.address }
        for _ in 1...3 {
            scenario.person.changeAddress(on: "alpha")
            #expect(scenario.run(upTo: 60) { address() == "10.0.0.1" })
            scenario.run(10)
        }
        scenario.person.changeAddress(on: "alpha")
        scenario.run(120)
        #expect(address() == "10.0.0.99")
        #expect(scenario.log.results(of: commit, on: scenario.dc).filter { $0 == .failed }.count == 1)
        #expect(scenario.log.text(of: commit, .failed, on: scenario.dc)?.contains("ip is contested") == true)
        // A newer commit that is about it is a new word.
        #expect(scenario.run(upTo: 700) { address() == "10.0.0.1" })
        scenario.end()
    }

    @Test("B2: a daemon that is started anew takes nothing for healthy that starts nowhere")
    func restartedJudge() {
        let scenario = Scenario()
        let leader = scenario.dc
        scenario.person.edit(on: leader, "forgets what was good") { edits, cib in
            var record = ClusterRecord(in: cib)
            record.good = nil
            record.write(to: &edits, of: cib)
        }
        let broken = scenario.push { $0.address = .broken }
        #expect(scenario.run(upTo: 400) { scenario.log.results(of: broken, on: leader) == [.unhealthy] })
        scenario.cluster.kill(leader)
        scenario.run(200)
        #expect(scenario.record().good == nil)
        #expect(!scenario.log.results(of: broken).contains(.converged))
        scenario.push { $0.address = .other }
        scenario.end()
    }

    @Test("A commit that waits for a minute is told of as delayed, once for each thing, with how long it may last; then how it ended")
    func delayed() {
        let scenario = Scenario()
        let leader = scenario.dc
        scenario.cluster.kill(scenario.follower, restarting: false)
        let commit = scenario.push { $0.web = .larger }
        scenario.run(50)
        #expect(scenario.log.delays.isEmpty)
        scenario.run(350)
        let delays = scenario.log.delays.filter { $0.node == leader }.map(\.delay)
        #expect(delays.map(\.commit) == [commit] && delays.map(\.wait) == [.able], "\(delays)")
        #expect(delays.first?.reason.contains("has not judged") == true)
        if let delay = delays.first, let left = delay.left { #expect(delay.lasted >= .seconds(60) && delay.lasted + left == .seconds(600)) }
        #expect(scenario.log.results(of: commit, on: leader).isEmpty)
        scenario.cluster.start(scenario.follower, after: 0)
        scenario.end()
        #expect(scenario.log.results(of: commit, on: leader) == [.converged])
        #expect(scenario.log.delays.filter { $0.node == leader && $0.delay.wait == .able }.count == 1)
    }

    @Test("What the gate waits for is told of the commit that waits, and not of the one in force")
    func delayedAtTheGate() {
        let scenario = Scenario()
        let former = scenario.cluster.git.head
        scenario.person.maintain(on: "alpha", true)
        let commit = scenario.push { $0.address = .absent }
        scenario.run(700)
        let leader = scenario.dc
        #expect(scenario.log.delays.filter { $0.node == leader }.map(\.delay.commit) == [commit])
        #expect(scenario.log.results(of: commit, on: leader) == [.failed])
        #expect(scenario.log.text(of: commit, .failed, on: leader)?.contains("the cluster is in maintenance") == true)
        #expect(!scenario.log.results(of: former).contains(.failed))
        scenario.person.maintain(on: "alpha", false)
        scenario.end()
    }

    @Test("What is waited for is said again every ten minutes")
    func reminder() {
        let scenario = Scenario()
        scenario.cluster.kill(scenario.follower, restarting: false)
        scenario.push { $0.web = .larger }
        scenario.run(1900)
        let waits = scenario.log.waits.filter { $0.contains("has not judged") }
        #expect(waits.count == 4 && waits.last?.hasPrefix("for 30 min: ") == true, "\(waits)")
    }

    @Test("B7: of a burst of commits the newest is worked on, and the others are told of as superseded, once")
    func burst() {
        let scenario = Scenario()
        scenario.cluster.git.mood = .rejecting
        scenario.run(30)
        let passed = (1...20).map { number in scenario.push("burst \(number)") { $0.address = number % 2 == 0 ? .plain : .other } }
        let last = scenario.push { $0.web = .tuned }
        scenario.cluster.git.mood = .answering
        scenario.end()
        for node in scenario.cluster.names {
            for commit in passed { #expect(scenario.log.results(of: commit, on: node) == [.superseded], "\(commit.brief) on \(node)") }
            #expect(scenario.log.results(of: last, on: node).last == .converged)
        }
    }

    @Test("B8: what a partition without quorum has in its CIB is not said to be in force, and nothing goes for it")
    func minority() {
        let scenario = Scenario(nodes: ["alpha", "bravo", "charlie"])
        let leader = scenario.dc
        scenario.cluster.groups[leader] = 1
        scenario.cluster.regroup()
        let commit = scenario.push { $0.web = .larger }
        // cibadmin hangs while the membership changes, and lets the patch land here.
        scenario.person.edit(on: leader, "the patch lands in the minority") { edits, cib in
            var record = ClusterRecord(in: cib)
            (record.applied, record.good) = (commit, commit)
            record.write(to: &edits, of: cib)
        }
        scenario.run(60)
        #expect(scenario.wait(leader).contains("has no quorum"), "\(scenario.wait(leader))")
        #expect(!scenario.log.results(of: commit, on: leader).contains(.converged))
        scenario.cluster.groups[leader] = 0
        scenario.cluster.regroup()
        scenario.end()
    }

    @Test(
        "A person's apply on a node without a daemon takes the lead from the DC's daemon once, and follows it then",
        arguments: [1, 2, 3, 4] as [UInt64])
    func applyBesideLeader(_ seed: UInt64) {
        let scenario = Scenario(seed: seed)
        let (leader, other) = (scenario.dc, scenario.follower)
        scenario.cluster.kill(other, restarting: false)
        let commit = scenario.push { ($0.address, $0.web) = (.other, .tuned) }
        scenario.cluster.apply(on: other)
        #expect(scenario.run(upTo: 200) { scenario.log.results(of: commit, on: other) == [.converged] }, "\(scenario.cluster.whatItWaitsFor)")
        let leads = [leader, other].map { node in scenario.log.steps.count { $0.node == node && $0.step == StepID("lead from \(node)") } }
        #expect(leads[0] <= 2 && leads[1] <= 1, "\(leads)")
        scenario.check()
    }
}
