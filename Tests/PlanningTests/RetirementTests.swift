import CIB
import Planning
import Steps
import TestKit
import Testing

/// What depends on others goes first, while its constraints still hold; what goes is banned before it is deleted.
struct RetirementTests {
    private static let vm = """
        primitive disk ocf:linbit:drbd params drbd_resource=vm
        clone storage disk meta promotable=true notify=true
        primitive vm Xen params xmfile=/etc/xen/vm.cfg
        order o Mandatory: storage:promote vm:start
        primitive other Dummy
        """

    private func scene() -> Scene { Scene(base: Self.vm, desired: "primitive other Dummy") }

    @Test("the outermost of what goes is banned from every node, and nothing else changes")
    func bans() throws {
        let plan = try scene().plan()
        let retirement = Retirement(of: plan.deletedResources, in: plan)
        #expect(!retirement.transaction(on: plan.live).isEmpty)
        let banned = retirement.transaction(on: plan.live).to
        #expect(retirement.transaction(on: banned).isEmpty)
        let added = banned.objects.filter { plan.live[$0.id] == nil }
        #expect(added.map(\.id.name) == ["coxswain-retire-storage", "coxswain-retire-vm"])
        #expect(plan.live.objects.allSatisfy { banned[$0.id] == $0 })
        #expect(retirement.transaction(on: banned).to.root == banned.root)
    }

    @Test("the plan that deletes takes the bans away without a word")
    func served() throws {
        let plan = try scene().plan()
        var after = scene()
        after.live = Retirement(of: plan.deletedResources, in: plan).transaction(on: plan.live).to
        let next = try after.plan()
        #expect(next.changes == plan.changes)
        #expect(next.wanted.objects.map(\.id) == plan.wanted.objects.map(\.id))
        #expect(next.held == [])
        #expect(next.unmanaged == [])
    }

    @Test("a resource that stays after all is let go")
    func pardoned() throws {
        let plan = try scene().plan()
        let live = Retirement(of: plan.deletedResources, in: plan).transaction(on: plan.live).to
        let back = try Scene(base: .init(crm: Self.vm), desired: .init(crm: Self.vm), live: live).plan()
        #expect(back.changes.map(\.id.name) == ["coxswain-retire-vm", "coxswain-retire-storage"].sorted())
        #expect(back.changes.allSatisfy { $0.action == .delete && $0.reason == "it served to stop a resource that stays" })
    }

    @Test("Pacemaker takes the bans for valid")
    func valid() async throws {
        let plan = try scene().plan()
        let banned = Retirement(of: plan.deletedResources, in: plan).transaction(on: plan.live).to
        let result = try await Twin(of: plan.live).patch(Patch(from: plan.live, to: banned).xml)
        #expect(result.root.raw == banned.root.raw)
        #expect(try await Twin(of: banned).complaints() == Twin(of: plan.live).complaints())
    }
}
