import ClusterModel
import Diagnostics
import LiveState
import Reconciling
import Records
import Steps
import Testing

@testable import SimulatedCluster

/// What stands on the hosts changes together with the cluster, on all nodes or on none, and follows it whatever was missed.
struct HostFaultTests {
    @Test("A2: another name in the file of a domU that runs is refused, and no file changes")
    func domainIdentity() {
        let scenario = Scenario()
        let former = scenario.text("/etc/xen/web.cfg", on: "alpha")
        let commit = scenario.push { $0.web = .renamed }
        scenario.run(120)
        for node in scenario.cluster.names {
            #expect(scenario.text("/etc/xen/web.cfg", on: node) == former)
            #expect(scenario.log.results(of: commit, on: node) == [.refused])
        }
        #expect(scenario.log.text(of: commit, .refused)?.contains("start it a second time") == true)
        #expect(scenario.record().applied != commit)
        scenario.push { $0.web = .larger }
        scenario.end()
    }

    @Test("A3: the file of a domU that runs stays as it is while another node is missing for the commit")
    func waitingForPeer() {
        let scenario = Scenario()
        let former = scenario.text("/etc/xen/web.cfg", on: "alpha")
        let follower = scenario.follower
        scenario.cluster.kill(follower, restarting: false)
        scenario.push { $0.web = .larger }
        scenario.run(120)
        for node in scenario.cluster.names { #expect(scenario.text("/etc/xen/web.cfg", on: node) == former) }
        #expect(scenario.wait(scenario.dc).contains("\(follower) has not judged"))
        scenario.cluster.start(follower, after: 0)
        scenario.end()
        for node in scenario.cluster.names { #expect(scenario.text("/etc/xen/web.cfg", on: node)?.contains("memory = 2048") == true) }
    }

    @Test("A3: what was replaced for a transaction that never came is put back")
    func putBack() {
        let scenario = Scenario()
        let former = scenario.text("/etc/xen/web.cfg", on: "alpha")
        let (leader, follower) = (scenario.dc, scenario.follower)
        for _ in 1...4 { scenario.cluster.faults.arrange(.fails, of: "commit", on: leader) }
        let commit = scenario.push { $0.web = .larger }
        #expect(scenario.run(upTo: 60) { scenario.text("/etc/xen/web.cfg", on: follower) != former })
        scenario.push { $0.web = .plain }
        scenario.end()
        for node in scenario.cluster.names { #expect(scenario.text("/etc/xen/web.cfg", on: node) == former) }
        #expect(!scenario.log.applied.contains(commit))
    }

    @Test("A6: a node that missed a deletion makes room for what came after it")
    func missedDeletion() {
        let scenario = Scenario()
        scenario.cluster.cutPower("bravo", for: 240_000)
        let deletion = scenario.push { $0.web = .absent }
        #expect(scenario.run(upTo: 120) { scenario.isGood(deletion) })
        let last = scenario.push { $0.database = .onWebsMinor }
        #expect(scenario.run(upTo: 110) { scenario.isGood(last) })
        #expect(!scenario.host("bravo").hasPower)
        scenario.end()
        #expect(!scenario.log.results(of: last).contains(.refused))
        #expect(scenario.text("/etc/drbd.d/web.res", on: "bravo") == nil)
        #expect(scenario.host("bravo").drbd["web"] == nil)
        #expect(scenario.text("/etc/drbd.d/db.res", on: "bravo")?.contains("/dev/drbd1;") == true)
    }

    @Test("A6: in one commit something goes and something else takes its minor, its port and its disk")
    func succession() {
        let scenario = Scenario()
        let commit = scenario.push { ($0.web, $0.database) = (.absent, .onWebsMinor) }
        scenario.end()
        #expect(scenario.log.results(of: commit, on: "alpha").contains(.converged))
        for node in scenario.cluster.names {
            #expect(scenario.text("/etc/drbd.d/web.res", on: node) == nil)
            #expect(scenario.host(node).drbd["db"]?.text.contains("/dev/drbd1;") == true)
        }
    }

    @Test("A6: a DRBD resource gets another name")
    func rename() {
        let scenario = Scenario(Contents(database: .plain))
        scenario.push { $0.database = .renamed }
        scenario.end()
        for node in scenario.cluster.names {
            #expect(scenario.host(node).drbd["db"] == nil)
            #expect(scenario.host(node).drbd["store"] != nil)
        }
    }

    @Test("A7: an adjustment that failed, or was cut off, is done before the commit comes in", arguments: [Fate.fails, .killBefore, .lies])
    func adjustment(_ fate: Fate) {
        let scenario = Scenario()
        for node in scenario.cluster.names { scenario.cluster.faults.arrange(fate, of: "adjust web", on: node) }
        let commit = scenario.push { $0.web = .tuned }
        scenario.end()
        for node in scenario.cluster.names { #expect(scenario.host(node).drbd["web"]?.text.contains("max-buffers 9000") == true) }
        #expect(scenario.log.results(of: commit).contains(.converged))
    }

    @Test("A7: what somebody adjusted to another file by hand is adjusted back, though no file has changed")
    func driftInTheKernel() {
        let scenario = Scenario()
        let host = scenario.host("alpha")
        let path = "/etc/drbd.d/web.res"
        let right = host.files[path]
        host.drbd["web"] = right.map { DRBDDefinition(SourceText(path: path, text: $0.text.replacing("8000", with: "7000"))) }
        scenario.cluster.deliver(.requested(.reconcile), to: scenario.cluster.node("alpha"))
        scenario.run(30)
        #expect(host.drbd["web"]?.bytes == right?.bytes)
        scenario.check()
    }

    @Test("A8: what one node refuses leaves nothing on the others, and everybody says who refuses it and why")
    func refusedByOne() {
        let scenario = Scenario()
        let definition = "resource manual {\n  device /dev/drbd2;\n  disk /dev/vg0/m;\n  meta-disk internal;\n"
        let hosts = "  on alpha { address 10.1.0.1:7777; }\n  on bravo { address 10.1.0.2:7777; }\n}\n"
        scenario.person.write("/etc/drbd.d/manual.res", definition + hosts, on: "alpha")
        let commit = scenario.push { ($0.database, $0.web) = (.plain, .tuned) }
        scenario.run(120)
        #expect(!scenario.log.did("write /etc/drbd.d/db.res"))
        #expect(!scenario.log.did("adjust web"))
        #expect(scenario.log.results(of: commit, on: "alpha") == [.refused])
        #expect(scenario.log.results(of: commit, on: "bravo") == [.refused])
        #expect(scenario.log.text(of: commit, .refused, on: "bravo")?.contains("alpha refuses it") == true)
        #expect(scenario.log.text(of: commit, .refused, on: "bravo")?.contains("minor 2") == true)
        scenario.person.write("/etc/drbd.d/manual.res", nil, on: "alpha")
        scenario.end()
    }

    @Test("A9: what was prepared for a commit that was amended away goes, whatever history says")
    func amended() {
        let scenario = Scenario()
        let begin = scenario.cluster.git.head
        let leader = scenario.dc
        for _ in 1...4 { scenario.cluster.faults.arrange(.fails, of: "commit", on: leader) }
        let forgotten = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 60) { scenario.cluster.names.allSatisfy { scenario.text("/etc/drbd.d/db.res", on: $0) != nil } })
        scenario.push("amended", onto: begin) { $0.address = .other }
        scenario.end()
        #expect(!scenario.log.applied.contains(forgotten))
        for node in scenario.cluster.names {
            #expect(scenario.text("/etc/drbd.d/db.res", on: node) == nil)
            #expect(scenario.text("/etc/xen/db.cfg", on: node) == nil)
        }
        scenario.push { $0.database = .renamed }  // whose minor and disk the forgotten one had
        scenario.end()
    }

    @Test("A refusal that stood on what a host had in use is judged anew, though nothing tells of the change")
    func reconsidered() {
        let scenario = Scenario()
        let node = scenario.host("bravo")
        let commit = scenario.cluster.git.head
        let right = node.files["/etc/drbd.d/web.res"]
        let wrong = right.map { SourceText(path: $0.path, text: $0.text.replacing("/dev/vg0/web;", with: "/dev/vg0/other;")) }
        (node.drbd["web"], node.files["/etc/drbd.d/web.res"]) = (wrong.map(DRBDDefinition.init), wrong)
        scenario.cluster.deliver(.requested(.reconcile), to: scenario.cluster.node("bravo"))
        scenario.run(60)
        #expect(scenario.log.results(of: commit, on: "bravo").last == .refused)
        #expect(node.drbd["web"]?.bytes == wrong?.bytes)
        node.drbd["web"] = nil
        #expect(scenario.run(upTo: 400) { node.files["/etc/drbd.d/web.res"]?.bytes == right?.bytes })
        scenario.check()
    }

    @Test("Nobody turns to a newer commit while a leader is about to commit the former one, and may do so at any moment")
    func foreignIntent() {
        let scenario = Scenario()
        let (leader, follower) = (scenario.dc, scenario.follower)
        scenario.cluster.faults.arrange(.late, of: "commit", on: leader)
        let former = scenario.push { $0.database = .plain }
        #expect(scenario.run(upTo: 60) { scenario.cluster.partitions.first?.announcements[leader]?.intent == former })
        scenario.run(1)
        scenario.push { ($0.database, $0.address) = (.absent, .other) }
        #expect(scenario.run(upTo: 30) { scenario.wait(follower).contains("is about to commit") })
        #expect(scenario.text("/etc/drbd.d/db.res", on: follower) != nil)
        scenario.end()
        #expect(scenario.log.applied.first == former)
    }
}
