import CIB
import LiveState
import Observing
import Planning
import Repository
import Safety
import TestKit
import Testing

/// A node that is declared and has never joined: to Pacemaker it may be running anything, and where there is fencing it is fenced.
struct UnseenNodeTests {
    private static let nodes = "node 1: alpha\nnode 2: bravo\n"
    private static let rest = """
        property stonith-enabled=true
        primitive f stonith:external/ssh params hostlist="alpha bravo charlie" op monitor interval=60s
        primitive a ocf:pacemaker:Dummy op monitor interval=10s

        """

    private func objections(_ crm: String, to wanted: String) async throws -> [String] {
        let scratch = try Scratch()
        let live = try await RunningCluster.settled(crm)
        let plan = try Scene(base: DesiredState(crm: crm), desired: DesiredState(crm: wanted), live: live).plan()
        var evidence = Evidence(of: plan, commit: nil)
        evidence.forecast = await TransitionSimulator(scratchDirectory: scratch.path).forecast(of: plan)
        let remarks = try #require(await CIBVerifier(scratchDirectory: scratch.path).remarks(on: plan.wanted, insteadOf: plan.live).value)
        #expect(remarks.errors == [])
        return evidence.objections.map(\.message)
    }

    @Test("it is fenced, and that refuses the commit; without fencing it is let in")
    func unseen() async throws {
        let fenced = Self.nodes + Self.rest
        let refused = try await objections(fenced, to: fenced + "node 3: charlie\n")
        #expect(refused.contains { $0.contains("charlie would be fenced") }, "\(refused)")
        let unfenced = fenced.replacing("stonith-enabled=true", with: "stonith-enabled=false")
        #expect(try await objections(unfenced, to: unfenced + "node 3: charlie\n") == [])
    }

    @Test("fencing is switched on and off where all nodes are seen")
    func switched() async throws {
        let fenced = Self.nodes + Self.rest
        let unfenced = fenced.replacing("stonith-enabled=true", with: "stonith-enabled=false")
        #expect(try await objections(unfenced, to: fenced) == [])
        #expect(try await objections(fenced, to: unfenced) == [])
    }
}
