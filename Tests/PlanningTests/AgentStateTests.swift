import CIB
import Planning
import Repository
internal import Steps
import TestKit
import Testing

/// What agents and DRBD's handler keep in the CIB, and what a commit may do about it.
struct AgentStateTests {
    private static let nodes = "node alpha\nnode bravo\n"
    private static let state = """
        node alpha attributes pg-data-status=LATEST
        node bravo attributes pg-data-status="STREAMING|ASYNC"
        property SAPHanaSR: hana_ha1_site_srHook_B=SOK
        property stonith-enabled=false

        """

    @Test("a repository that has an agent's state doesn't bring it back, and one that drops it doesn't take it away")
    func state() throws {
        let later = Self.state.replacing("LATEST", with: "DISCONNECT").replacing("SOK", with: "SFAIL")
        for git in [Self.state, Self.nodes + "property stonith-enabled=false\n"] {
            let scene = Scene(base: DesiredState(crm: Self.state), desired: DesiredState(crm: git), live: CIB(crm: later, applied: .base))
            let plan = try scene.plan()
            #expect(plan.changes == [])
            #expect(plan.held.contains { $0.object.name == "SAPHanaSR" && $0.holder == .agent })
        }
        let fresh = try Scene(base: nil, desired: Self.state, live: later).plan()
        #expect(fresh.changes == [])
    }

    private static let drbd = """
        node alpha
        node bravo
        primitive r0 ocf:linbit:drbd params drbd_resource=r0
        ms ms-r0 r0
        primitive d Stateful
        ms ms-d d

        """

    @Test("DRBD's constraint is known by its shape, whatever its prefix", arguments: ["Master", "Promoted"])
    func fence(_ role: String) throws {
        let fence = "location site-r0-ms-r0 ms-r0 rule $id=site-r0-rule-ms-r0 $role=\(role) -inf: #uname ne alpha\n"
        let plan = try Scene(base: Self.drbd, desired: Self.drbd, live: Self.drbd + fence).plan()
        #expect(plan.changes == [])
        #expect(plan.held.map(\.holder) == [.drbdFencing])
        let dropped = try Scene(base: Self.drbd + fence, desired: Self.drbd).plan()
        #expect(dropped.changes == [])
    }

    @Test(
        "and nothing else is taken for it",
        arguments: [
            "location l-ms-d ms-d rule $role=Promoted -inf: #uname ne alpha", "location l ms-r0 rule $role=Promoted -inf: #uname ne alpha",
            "location l-ms-r0 ms-r0 rule -inf: #uname ne alpha", "location l-ms-r0 ms-r0 rule $role=Promoted 100: #uname ne alpha",
            "location l-ms-r0 ms-r0 rule $role=Promoted -inf: #uname eq alpha",
        ])
    func others(_ constraint: String) throws {
        let plan = try Scene(base: Self.drbd + constraint + "\n", desired: Self.drbd).plan()
        #expect(plan.changes.map(\.action) == [.delete])
    }

    @Test("the watchdog's timeout is an option like others")
    func watchdog() throws {
        let plan = try Scene(base: "property stonith-enabled=true\n", desired: "property stonith-enabled=true stonith-watchdog-timeout=10\n").plan()
        #expect(plan.changes.flatMap(\.fields).map(\.path.description) == ["stonith-watchdog-timeout"])
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
