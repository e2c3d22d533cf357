import CIB
import ClusterModel
import Reconciling
import Records
import Testing
import XML

@testable import SimulatedCluster

@Suite("What a person holds ends when its time is over")
struct HoldLimitTests {
    private func scenario(_ limit: Duration?) -> Scenario {
        let scenario = Scenario()
        scenario.cluster.holdLimit = limit
        return scenario
    }

    private func role(_ scenario: Scenario) -> String? { pair("target-role", of: ObjectID(.resource, "ip"), scenario) }

    private func pair(_ name: String, of id: ObjectID, _ scenario: Scenario) -> String? {
        var value: String?
        scenario.cluster.partition(of: "alpha")?.cib[id]?.element.walk { if $0["name"] == name { value = $0["value"] } }
        return value
    }

    @Test("a stopped resource, a ban and maintenance: each after its own time, by whoever is the DC; the record forgets it")
    func whole() {
        let scenario = scenario(.seconds(120))
        scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
        scenario.run(60)
        scenario.person.ban("ip", from: "alpha", on: "bravo")
        let ban = ObjectID(.constraint, "cli-ban-ip-on-alpha")
        scenario.run(30)
        #expect(role(scenario) == "Stopped")
        scenario.run(60)
        #expect(role(scenario) == nil)
        #expect(scenario.cluster.partition(of: "alpha")?.cib[ban] != nil)
        scenario.run(60)
        #expect(scenario.cluster.partition(of: "alpha")?.cib[ban] == nil)
        scenario.person.maintain(on: "alpha", true)
        scenario.run(200)
        #expect(pair("maintenance-mode", of: ObjectID(.properties, "cib-bootstrap-options"), scenario) != "true")
        scenario.end()
        #expect(scenario.record().endedHolds.isEmpty)
    }

    @Test(
        "a class that the policy gives to git is put right at once, and the others stay; what is set anew again and again is left alone for a while")
    func reverted() {
        var contents = Contents()
        contents.drift = "drift: {resource-state: revert, move: revert}\n"
        let scenario = Scenario(contents)
        let ban = ObjectID(.constraint, "cli-ban-ip-on-alpha")
        scenario.person.maintain(on: "alpha", true)
        scenario.run(30)
        #expect(pair("maintenance-mode", of: ObjectID(.properties, "cib-bootstrap-options"), scenario) == "true")
        scenario.person.maintain(on: "alpha", false)
        for _ in 1...3 {
            scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
            scenario.person.ban("ip", from: "alpha", on: "bravo")
            #expect(scenario.run(upTo: 60) { role(scenario) == nil && scenario.cluster.partition(of: "alpha")?.cib[ban] == nil })
            scenario.run(30)
        }
        scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
        scenario.run(60)
        #expect(role(scenario) == "Stopped", "contested")
        scenario.run(900)
        scenario.end()
        #expect(role(scenario) == nil)
    }

    @Test("each class has a time of its own")
    func classes() {
        var contents = Contents()
        contents.drift = "drift: {resource-state: {hold: 60s}, limit: 1h}\n"
        let scenario = Scenario(contents)
        scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
        scenario.person.ban("ip", from: "alpha", on: "bravo")
        scenario.run(100)
        #expect(role(scenario) == nil)
        #expect(scenario.cluster.partition(of: "alpha")?.cib[ObjectID(.constraint, "cli-ban-ip-on-alpha")] != nil)
        scenario.check()
    }

    @Test("without a limit it stays")
    func unlimited() {
        let scenario = scenario(nil)
        scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
        scenario.run(3000)
        #expect(role(scenario) == "Stopped")
        scenario.check()
    }

    @Test("who wants it so again gets the whole time again")
    func again() {
        let scenario = scenario(.seconds(120))
        for _ in 0..<2 {
            scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
            scenario.run(100)
            #expect(role(scenario) == "Stopped")
            scenario.run(40)
            #expect(role(scenario) == nil)
        }
        scenario.end()
    }

    @Test("the time goes on while daemons and hosts are down, and another DC takes over")
    func outage() {
        let scenario = scenario(.seconds(600))
        scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
        scenario.run(60)
        let leader = scenario.dc
        scenario.cluster.cutPower(leader, for: 400_000)
        scenario.run(500)
        #expect(role(scenario) == "Stopped")
        scenario.run(120)
        #expect(role(scenario) == nil)
        scenario.end()
    }

    @Test("not while the cluster is suspended")
    func suspended() {
        let scenario = scenario(.seconds(60))
        let time = scenario.cluster.time
        scenario.cluster.deliver(
            .requested(.suspend(Suspension(by: "root@alpha", since: time, until: time + 300))), to: scenario.cluster.node("alpha"))
        scenario.run(10)
        scenario.person.setRole(of: "ip", "Stopped", on: "alpha")
        scenario.run(200)
        #expect(role(scenario) == "Stopped")
        scenario.run(200)
        #expect(role(scenario) == nil)
        scenario.end()
    }
}
