import CIB
import Diagnostics
import Host
import LiveState
import Observing
import Planning
import Repository
import TestKit
import Testing

/// Somebody tidies up: the directory for the files that tools read goes while the daemon runs, and is there again when it is needed.
struct ScratchDirectoryTests {
    private let scratch: Scratch
    private var path: String { scratch.path + "/state/scratch" }

    init() throws { scratch = try Scratch() }

    private func tidyUp() throws { try FileTree().removeAll(scratch.path + "/state") }

    @Test("crm_verify is asked as before")
    func verification() async throws {
        let live = try await RunningCluster.settled("node alpha\nproperty stonith-enabled=false\nprimitive s ocf:pacemaker:Dummy\n")
        let wanted = live.reconfigured("node alpha\nproperty stonith-enabled=false\nprimitive s ocf:pacemaker:Dummy op start interval=5s\n")
        let verifier = CIBVerifier(scratchDirectory: path)
        let before = try #require(await verifier.remarks(on: wanted, insteadOf: live, deleting: []).value)
        #expect(!before.errors.isEmpty)
        try tidyUp()
        #expect(await verifier.remarks(on: wanted, insteadOf: live, deleting: []).value == before)
    }

    @Test("so is crm_simulate")
    func simulation() async throws {
        let live = try await RunningCluster.settled("node alpha\nproperty stonith-enabled=false\nprimitive s ocf:pacemaker:Dummy\n")
        let simulator = TransitionSimulator(scratchDirectory: path)
        let before = await simulator.transition(of: live)
        try tidyUp()
        #expect(await simulator.transition(of: live) == before)
        #expect(before.value != nil)
    }

    @Test("and drbdadm")
    func preview() async throws {
        let files = LiveFiles(contents: ["/etc/drbd.d/r.res": .init(path: "/etc/drbd.d/r.res", text: "resource r { nonsense; }\n")])
        var preview = DRBDPreview(directory: path + "/drbd", isOnHost: false, node: "alpha")
        try preview.prepare(files, with: [], under: Policy())
        let before = await preview.complaints()
        try tidyUp()
        try preview.prepare(files, with: [], under: Policy())
        #expect(await preview.complaints() == before)
        #expect(before.value?.isEmpty == false)
    }
}
