import ClusterModel
import Diagnostics
import Reconciling
import Records
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

    @Test("A resource that does not start takes its commit back; a newer one goes on")
    func rollback() {
        let scenario = Scenario()
        let good = scenario.cluster.git.head
        let broken = scenario.push { ($0.address, $0.web) = (.broken, .tuned) }
        #expect(scenario.run(upTo: 600) { scenario.log.results(of: broken).contains(.rolledBack) })
        scenario.run(60)
        #expect(scenario.record() == ClusterRecord(applied: good, good: good, held: broken, leader: scenario.dc))
        for node in scenario.cluster.names { #expect(scenario.host(node).drbd["web"]?.text.contains("max-buffers 8000") == true) }
        scenario.push { $0.address = .other }
        scenario.end()
    }
}
