import CIB
import ClusterModel
import Diagnostics
import Planning
import Steps
import TestKit
import Testing

@Suite("A resource that the commit wants started anew")
struct RestartTests {
    private let crm = """
        node alpha
        primitive a ocf:heartbeat:Dummy
        primitive b ocf:heartbeat:Dummy

        """

    private func plan(_ restarted: Set<ResourceID>, live: String? = nil) throws -> Plan {
        var scene = Scene(base: crm, desired: crm, live: live)
        scene.intent = CommitIntent(restarted: restarted)
        return try scene.plan()
    }

    @Test("is touched, and nothing else is; the plan is not empty")
    func touched() throws {
        let plan = try plan(["a"])
        #expect(plan.touched == ["a"] && plan.restarted == ["a"] && !plan.isEmpty)
        #expect(try self.plan([]).isEmpty)
    }

    @Test("has to be there, and to stay")
    func unknown() throws {
        let plan = try plan(["c"])
        #expect(plan.isEmpty && plan.notices.contains { $0.message.contains("wants c started anew") })
    }

    @Test("the ban that stops it goes with the transaction")
    func lifted() throws {
        let plan = try plan(["a"])
        let ban = Retirement(of: ["a"], in: plan).transaction(on: plan.live)
        #expect(!ban.isEmpty)
        var scene = Scene(base: crm, desired: crm)
        scene.live = ban.to
        scene.intent = CommitIntent(restarted: ["a"])
        let next = try scene.plan()
        #expect(next.wanted.objects.allSatisfy { !$0.id.name.hasPrefix("coxswain-retire-") })
        #expect(Retirement(of: ["a"], in: next).transaction(on: next.live).isEmpty)
    }
}
