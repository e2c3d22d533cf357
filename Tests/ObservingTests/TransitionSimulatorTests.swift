import CIB
import ClusterModel
import Diagnostics
import Host
import LiveState
import Planning
import Presenting
import Repository
import Safety
import TestKit
import Testing
import XML

@testable import Observing

/// Each cluster here has been brought to rest by crm_simulate, and each forecast is made from a plan by it.
@Suite("What a commit makes Pacemaker do is known before")
struct TransitionSimulatorTests {
    private static func settled(_ crm: String) async throws -> CIB { try await RunningCluster.settled(crm.withNodes) }

    @Test("a new primitive starts; nobody else is disturbed")
    func start() async throws {
        let outcome = try await ForecastOutcome("primitive web Dummy", "primitive web Dummy\nprimitive db Dummy")
        #expect(outcome.text == "  start  db  on bob")
        #expect(outcome.objections() == [])
    }

    @Test("what is deleted is stopped")
    func stop() async throws {
        let outcome = try await ForecastOutcome("primitive web Dummy\nprimitive db Dummy", "primitive web Dummy")
        #expect(outcome.text == "  stop  db  on bob    node availability")
        #expect(outcome.objections() == [])
    }

    @Test("a location moves what it names")
    func move() async throws {
        let base = "primitive web Dummy\nlocation web-place web 100: alice"
        let outcome = try await ForecastOutcome(base, "primitive web Dummy\nlocation web-place web 100: bob")
        #expect(outcome.text == "  move  web  alice -> bob")
        #expect(outcome.objections() == [])
    }

    @Test("a stickiness that goes moves bystanders: exactly the trailer that names them lets it in")
    func stickiness() async throws {
        let resources = "primitive web Dummy\nprimitive db Dummy meta allow-migrate=true\n"
        let placed = try await Self.settled(resources + "location p1 web inf: alice\nlocation p2 db inf: alice")
        let sticky = resources + "location p1 web 100: bob\nlocation p2 db 100: bob\nrsc_defaults rsc-options: resource-stickiness="
        let live = placed.reconfigured((sticky + "1000").withNodes)
        let outcome = try await ForecastOutcome(sticky + "1000", sticky + "0", live: live)
        #expect(
            outcome.text == """
                  move     web  alice -> bob  bystander
                  migrate  db   alice -> bob  bystander
                """)
        #expect(outcome.objections().map(\.message) == ["web would move from alice to bob", "db would migrate from alice to bob"])
        #expect(outcome.objections().map(\.cause) == ["the commit changes rsc_defaults rsc-options", "the commit changes rsc_defaults rsc-options"])
        #expect(outcome.objections().map(\.trailer) == ["Allow-Disruption: web", "Allow-Disruption: db"])
        #expect(outcome.objections("Allow-Disruption: web").map(\.trailer) == ["Allow-Disruption: db"])
        #expect(outcome.objections("Allow-Disruption: web, db") == [])
        #expect(outcome.objections("Allow-Disruption: web\nAllow-Disruption: db") == [])
    }

    private static let promotable = """
        primitive db ocf:pacemaker:Stateful op monitor interval=10 role=Promoted op monitor interval=11 role=Unpromoted
        clone db-clone db meta promotable=true promoted-max=1

        """

    @Test("a location with a role promotes here and demotes there")
    func promotion() async throws {
        func location(_ node: String) -> String { Self.promotable + "location db-place db-clone rule $role=Promoted 100: #uname eq \(node)" }
        let outcome = try await ForecastOutcome(location("alice"), location("bob"))
        #expect(
            outcome.text == """
                  demote   db  on alice, Promoted -> Unpromoted
                  promote  db  on bob, Unpromoted -> Promoted
                """)
        #expect(outcome.objections() == [])
    }

    @Test("an attribute of a node touches nothing: a clone that it demotes is a bystander, by its own name or its member's")
    func demotion() async throws {
        func attribute(_ alice: String, _ bob: String) -> String {
            "node 1: alice attributes active=\(alice)\nnode 2: bob attributes active=\(bob)\nproperty stonith-enabled=false\n"
                + Self.promotable + "location db-place db-clone rule $role=Promoted 100: active eq yes"
        }
        let outcome = try await ForecastOutcome(attribute("yes", "no"), attribute("no", "yes"))
        #expect(outcome.objections().map(\.message) == ["db would be demoted on alice"])
        #expect(outcome.objections().map(\.trailer) == ["Allow-Disruption: db"])
        #expect(outcome.objections("Allow-Disruption: db") == [])
        #expect(outcome.objections("Allow-Disruption: db-clone") == [])
    }

    @Test("a parameter of a member restarts the rest of its group: it is one thing")
    func groupRestart() async throws {
        func group(_ state: String) -> String {
            "primitive disk Dummy params state=/run/\(state)\nprimitive ip Dummy\nprimitive web Dummy\ngroup all disk ip web\nprimitive other Dummy"
        }
        let outcome = try await ForecastOutcome(group("a"), group("b"))
        #expect(
            outcome.text == """
                  restart  disk  on alice    resource definition change
                  restart  ip    on alice    required disk start
                  restart  web   on alice    required ip start
                """)
        #expect(outcome.objections() == [])
    }

    @Test("what an order ties to a changed resource restarts with it, and is a bystander")
    func orderedRestart() async throws {
        func ordered(_ state: String) -> String { "primitive disk Dummy params state=/run/\(state)\nprimitive web Dummy\norder o disk web" }
        let outcome = try await ForecastOutcome(ordered("a"), ordered("b"))
        #expect(
            outcome.text == """
                  restart  disk  on alice             resource definition change
                  restart  web   on bob    bystander  required disk start
                """)
        #expect(outcome.objections().map(\.message) == ["web would restart on bob"])
        #expect(outcome.objections().map(\.cause) == ["required disk start"])
    }

    @Test("a migration is one")
    func migration() async throws {
        let vm = "primitive vm Dummy meta allow-migrate=true\n"
        let outcome = try await ForecastOutcome(vm + "location vm-place vm 100: alice", vm + "location vm-place vm 100: bob")
        #expect(outcome.text == "  migrate  vm  alice -> bob")
        #expect(outcome.objections() == [])
    }

    @Test("a commit that switches fencing on while a node is lost has it fenced, and needs a word for that")
    func fencing() async throws {
        func fenced(_ enabled: Bool) -> String {
            """
            node 1: alice
            node 2: bob
            primitive web Dummy
            primitive fence stonith:null params hostlist=bob
            location fence-place fence inf: alice
            location web-place web inf: alice
            property stonith-enabled=\(enabled) no-quorum-policy=ignore
            """
        }
        let settled = try await Self.settled(fenced(false))
        let live = try await RunningCluster.after(["--node-fail", "bob"], in: settled)
        let outcome = try await ForecastOutcome(fenced(false), fenced(true), live: live)
        #expect(outcome.text == "  fence  bob  reboot    peer is no longer part of the cluster")
        #expect(outcome.objections().map(\.message) == ["bob would be fenced (reboot)"])
        #expect(outcome.objections().map(\.trailer) == ["Allow-Fencing: bob"])
        #expect(outcome.objections("Allow-Fencing: bob") == [])
        #expect(outcome.objections("Allow-Fencing: alice").count == 1)
    }

    @Test("a deleted colocation moves what it named, and takes a bystander along")
    func colocation() async throws {
        let resources = """
            primitive db Dummy
            primitive web Dummy
            primitive cache Dummy
            location db-place db inf: alice
            location web-place web 100: bob
            colocation cache-web inf: cache web

            """
        let outcome = try await ForecastOutcome(resources + "colocation web-db inf: web db", resources)
        #expect(
            outcome.text == """
                  move  web    alice -> bob
                  move  cache  alice -> bob  bystander
                """)
        #expect(outcome.objections().map(\.message) == ["cache would move from alice to bob"])
        #expect(outcome.objections().map(\.cause) == ["the commit changes constraint web-db"])
        #expect(outcome.objections("Allow-Disruption: cache") == [])
    }

    @Test("what is going on already is not the commit's doing")
    func ongoing() async throws {
        let base = "primitive web Dummy op monitor interval=10\nprimitive db Dummy\nproperty no-quorum-policy=ignore"
        let settled = try await Self.settled(base)
        let live = try await RunningCluster.after(["--op-inject", "web_monitor_10000@alice=7"], in: settled)
        let outcome = try await ForecastOutcome(base, base + "\nprimitive more Dummy", live: live)
        #expect(
            outcome.text == """
                  start  more  on alice
                What is under way without the commit:
                  recover  web  on alice
                """)
        #expect(outcome.objections() == [])
    }

    @Test("what a commit keeps from happening is told")
    func averted() async throws {
        let base = "primitive web Dummy op monitor interval=10"
        let settled = try await Self.settled(base)
        let live = try await RunningCluster.after(["--op-inject", "web_monitor_10000@alice=7"], in: settled)
        let outcome = try await ForecastOutcome(base, base + "\nproperty maintenance-mode=true", live: live)
        #expect(
            outcome.text == """
                  nothing
                What would happen without the commit, and does not with it:
                  recover  web  on alice
                """)
        #expect(outcome.objections() == [])
    }

    @Test("what stops while a deleted resource is being stopped, its constraints still holding, is not overlooked")
    func retirement() async throws {
        let resources = "primitive disk Dummy\nprimitive web Dummy\nprimitive cache Dummy\norder cache-after-web web cache\n"
        let outcome = try await ForecastOutcome(
            resources + "order web-after-disk disk web", "primitive web Dummy\nprimitive cache Dummy\norder cache-after-web web cache\n")
        #expect(
            outcome.text == """
                  stop  disk   on alice             node availability
                  stop  web    on bob               required disk start, while what goes is being stopped
                  stop  cache  on alice  bystander  required web start, while what goes is being stopped
                """)
        #expect(outcome.objections().map(\.message) == ["cache would stop on alice"])
    }

    @Test("a changed password restarts what has it: crm_simulate takes no CIB of ours for one whose passwords are masked")
    func password() async throws {
        func secret(_ word: String) -> String { "primitive a Dummy params fake=x passwd=\(word)\nprimitive twin Dummy params fake=x" }
        let settled = try await Self.settled(secret("old"))
        let outcome = try await ForecastOutcome(secret("old"), secret("new"), live: settled.knowingPrivate("passwd", of: "a", as: "twin"))
        #expect(outcome.text == "  restart  a  on alice    resource definition change")
    }
}

extension CIB {
    /// As the executor would have written it down for an agent whose metadata call the parameter private.
    fileprivate func knowingPrivate(_ parameter: String, of resource: String, as twin: String) throws -> CIB {
        let status = String(decoding: try #require(self.status).bytes, as: UTF8.self)
        func digest(_ resource: String) throws -> Substring {
            let operation = try #require(status.firstRange(of: "operation_key=\"\(resource)_start_0\""))
            let start = try #require(status[operation.upperBound...].firstRange(of: "op-digest=\"")).upperBound
            return status[start...].prefix(32)
        }
        let own = try digest(resource)
        let recorded = "op-digest=\"\(own)\" op-secure-params=\" \(parameter) \" op-secure-digest=\"\(try digest(twin))\""
        let text = String(decoding: document(), as: UTF8.self).replacing("op-digest=\"\(own)\"", with: recorded)
        return try CIB(parsing: .init(path: "cib.xml", text: text), keepingStatus: true)
    }
}
