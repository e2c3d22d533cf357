import Foundation
import Host
import Observing
import Repository
import TestKit
import Testing

@Suite("A host's volumes")
struct VolumeObserverTests {
    private static let hasLoopDevices = getuid() == 0 && FileManager.default.fileExists(atPath: "/dev/loop-control")

    @Test("are what lvs(8) says", .enabled(if: hasLoopDevices, "needs root and loop devices"))
    func volumes() async throws {
        let scratch = try Scratch()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/volume-group").path
        let made = try await Command(script, [scratch.path], limit: .seconds(120)).run()
        let groups = try? await VolumeObserver(environment: ["LVM_SYSTEM_DIR": scratch.path]).groups()
        if let loop = try? String(contentsOfFile: scratch.path + "/loop", encoding: .utf8) {
            _ = try await Command("losetup", ["-d", loop.filter { !$0.isWhitespace }]).run().orThrow()
        }
        try #require(made.succeeded, "\(made.text)\(made.error)")
        #expect(
            groups == [
                VolumeGroup(
                    name: "vg0", volumes: [LogicalVolume(name: "swap", size: 12 << 20), LogicalVolume(name: "xps-101", size: 8 << 20)])
            ])
    }
}
