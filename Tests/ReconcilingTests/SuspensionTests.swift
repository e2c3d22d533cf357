import ClusterModel
import Reconciling
import Records
import Testing

@testable import SimulatedCluster

@Suite("A person lets nothing be changed")
struct SuspensionTests {
    private func ask(_ request: Event.Request, of name: NodeName, _ scenario: Scenario) {
        scenario.cluster.deliver(.requested(request), to: scenario.cluster.node(name))
    }

    private func suspension(_ scenario: Scenario, for seconds: Int64? = nil) -> Suspension {
        let time = scenario.cluster.time
        return Suspension(by: "root@bravo", reason: "a new kernel", since: time, until: seconds.map { time + $0 })
    }

    @Test("It holds for every node, outlives their daemons and a loss of power, and whoever is there ends it")
    func whole() {
        let scenario = Scenario()
        ask(.suspend(suspension(scenario)), of: scenario.follower, scenario)
        #expect(scenario.run(upTo: 10) { scenario.record().suspension?.reason == "a new kernel" })
        let commit = scenario.push { ($0.address, $0.web) = (.other, .tuned) }
        scenario.run(30)
        for node in scenario.cluster.names { #expect(scenario.wait(node).contains("by root@bravo: a new kernel")) }
        for node in scenario.cluster.names { scenario.cluster.cutPower(node, for: 5000) }
        scenario.run(700)  // longer than any other wait lasts
        #expect(scenario.record().applied != commit && scenario.log.results(of: commit).isEmpty)
        #expect(!scenario.log.did("adjust web"))
        ask(.resume, of: scenario.dc, scenario)
        scenario.end()
        #expect(scenario.record().suspension == nil)
    }

    @Test("What somebody changes by hand meanwhile is put right afterwards")
    func drift() {
        let scenario = Scenario()
        ask(.suspend(suspension(scenario)), of: "alpha", scenario)
        scenario.run(10)
        scenario.person.write("/etc/xen/web.cfg", nil, on: "alpha")
        scenario.person.changeAddress(on: "alpha")
        scenario.run(60)
        #expect(scenario.text("/etc/xen/web.cfg", on: "alpha") == nil)
        ask(.resume, of: "bravo", scenario)
        scenario.run(60)
        #expect(scenario.text("/etc/xen/web.cfg", on: "alpha") != nil)
        scenario.end()
    }

    @Test("It ends when its time is over, without anybody, and the record forgets it")
    func expiry() {
        let scenario = Scenario()
        ask(.suspend(suspension(scenario, for: 120)), of: "alpha", scenario)
        let commit = scenario.push { $0.address = .other }
        scenario.run(100)
        #expect(scenario.record().applied != commit)
        #expect(scenario.run(upTo: 60) { scenario.isGood(commit) })
        scenario.end()
        #expect(scenario.record().suspension == nil)
    }

    @Test("A clock that is put forward does not end it; its time does")
    func clock() {
        let scenario = Scenario()
        ask(.suspend(suspension(scenario, for: 1800)), of: "alpha", scenario)
        let commit = scenario.push { $0.address = .other }
        scenario.run(30)
        scenario.cluster.clockJump = 365 * 86400
        for name in scenario.cluster.names { scenario.cluster.deliver(.moved(.cluster), to: scenario.cluster.node(name)) }
        scenario.run(1500)
        #expect(scenario.record().suspension != nil && scenario.record().applied != commit)
        scenario.run(300)
        scenario.end()
        #expect(scenario.record().suspension == nil)
    }

    @Test("The step under way is finished, and none is begun after it")
    func underWay() {
        let scenario = Scenario()
        let leader = scenario.dc
        scenario.cluster.faults.arrange(.late, of: "write /etc/xen/db.cfg", on: leader)
        let commit = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 60) { scenario.log.did("write /etc/xen/db.cfg") || scenario.log.did("write /etc/drbd.d/db.res") })
        ask(.suspend(suspension(scenario)), of: leader, scenario)
        scenario.run(200)
        #expect(scenario.record().applied != commit && scenario.record().suspension != nil)
        ask(.resume, of: leader, scenario)
        scenario.end()
    }
}
