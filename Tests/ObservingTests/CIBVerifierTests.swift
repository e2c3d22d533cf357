import CIB
import LiveState
import Observing
import TestKit
import Testing

/// What crm_verify has against a CIB, and what of that counts.
struct CIBVerifierTests {
    private static let crm = """
        node alpha
        node bravo
        property stonith-enabled=false stop-orphan-resources=false
        primitive s ocf:pacemaker:Dummy
        primitive t ocf:pacemaker:Dummy

        """

    private func complaints(about wanted: CIB, insteadOf live: CIB, deleting: Set<String> = []) async throws -> [String] {
        let scratch = try Scratch()
        let verifier = CIBVerifier(scratchDirectory: scratch.path + "/tidied/up")  // somebody did
        return try #require(await verifier.complaints(about: wanted, insteadOf: live, deleting: deleting).value)
    }

    @Test("a resource that goes and could not be stopped is no reason against the transaction that deletes it")
    func orphan() async throws {
        let settled = try await RunningCluster.settled(Self.crm)
        let live = try await RunningCluster.after(["--op-inject", "s_stop_0@alpha=1", "--op-inject", "s_stop_0@bravo=1"], in: settled)
        let wanted = live.reconfigured(Self.crm.replacing("primitive s ocf:pacemaker:Dummy\n", with: ""))
        #expect(try await complaints(about: wanted, insteadOf: live, deleting: ["s"]) == [])
        // Of another resource it would be one, where crm_verify makes it one.
        let others = try await complaints(about: wanted, insteadOf: live, deleting: ["t"])
        #expect(others.contains { $0.contains("'s'") }, "\(others)")
    }

    @Test("what was wrong before is none, what becomes wrong is")
    func news() async throws {
        let live = try await RunningCluster.settled(Self.crm)
        let noDevices = live.reconfigured(Self.crm.replacing("stonith-enabled=false", with: "stonith-enabled=true"))
        #expect(try await !complaints(about: noDevices, insteadOf: live).isEmpty)
        #expect(try await complaints(about: noDevices, insteadOf: noDevices) == [])
    }
}
