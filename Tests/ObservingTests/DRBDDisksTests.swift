import Host
import LiveState
import TestKit
import Testing

@testable import Observing

/// What is on a disk, as DRBD's and util-linux's own tools say; disks are files behind loop devices.
@Suite("What a disk holds is known before anything is written to it", .serialized)
struct DRBDDisksTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func withDisk(_ generation: String = "9.0.0", _ body: (ScratchDisk) async throws -> Void) async throws {
        try #require(await ScratchVolumeGroup.probe(), "these tests need root and loop devices: nothing of DRBD's metadata is tested here")
        let disk = try await ScratchDisk(in: scratch, minor: 901, generation: generation)
        do { try await body(disk) } catch {
            await disk.close()
            throw error
        }
        await disk.close()
    }

    private func content(_ disk: ScratchDisk, isOccupied: Bool = false) async -> Known<DRBDMetadata.Content> {
        await DRBDDisks(configuration: disk.configuration, environment: disk.environment).content(of: disk.backing, in: "web", isOccupied: isOccupied)
    }

    @Test("Nothing; metadata that are new; metadata with a history, also when the power went", arguments: ["9.0.0", "8.4.0"])
    func life(_ generation: String) async throws {
        try await withDisk(generation) { disk in
            #expect(await content(disk) == .known(.nothing))
            try await disk.drbdadm("create-md", "web/0")
            #expect(await content(disk) == .known(.justCreated))
            #expect(await content(disk, isOccupied: true) == .known(.data))
            let version = generation == "9.0.0" ? "v09" : "v08"
            let node = generation == "9.0.0" ? "--node-id=1" : ""
            let uuids = "1234567890ABCDEF:0:0:0:1:1:0:0:0:0"
            try await disk.sh("drbdmeta --force \(node) 901 \(version) $1 internal set-gi \(uuids)")
            #expect(await content(disk) == .known(.data))
            guard version == "v08" else { return }
            // DRBD_MD_MAGIC_84_UNCLEAN: the activity log was not applied.
            try await disk.sh("printf '\\154' | dd of=$1 bs=1 seek=33550399 conv=notrunc,fsync status=none")
            #expect(await content(disk) == .known(.data))
        }
    }

    @Test("Somebody else's data, whether anybody knows them or not")
    func foreign() async throws {
        try await withDisk { disk in
            try await disk.sh("mkfs.ext4 -q -F $1")
            #expect(await content(disk) == .known(.foreign("ext4")))
            #expect(await content(disk, isOccupied: true) == .known(.foreign("ext4")))
            await #expect(throws: CommandError.self) { try await disk.drbdadm("create-md", "web/0") }
            try await disk.sh("wipefs --all --quiet $1 && mkswap --quiet $1")
            #expect(await content(disk) == .known(.foreign("swap")))
            try await disk.sh("wipefs --all --quiet $1 && printf '\\125\\252' | dd of=$1 bs=1 seek=510 conv=notrunc,fsync status=none")
            #expect(await content(disk) != .known(.nothing))
            try await disk.sh(
                "dd if=/dev/zero of=$1 bs=1M count=32 status=none && printf x | dd of=$1 bs=1 seek=65536 conv=notrunc,fsync status=none")
            #expect(await content(disk) == .known(.foreign("data of no known kind")))
            await #expect(throws: CommandError.self, "drbdmeta asks, and nobody answers") { try await disk.drbdadm("create-md", "web/0") }
        }
    }

    @Test("Metadata that are new beside a file system are somebody's way of bringing data along: not ours to begin")
    func beside() async throws {
        try await withDisk { disk in
            try await disk.drbdadm("create-md", "web/0")
            try await disk.sh("mkfs.ext4 -q -F $1 8M")
            #expect(await content(disk) == .known(.foreign("ext4")))
        }
    }

    @Test("Metadata of another generation of DRBD are not overwritten either")
    func former() async throws {
        try await withDisk("8.4.0") { disk in
            try await disk.drbdadm("create-md", "web/0")
            let newer = ["__DRBD_NODE__": "alpha", "DRBD_DRIVER_VERSION_OVERRIDE": "9.0.0"]
            let content = await DRBDDisks(configuration: disk.configuration, environment: newer).content(of: disk.backing, in: "web")
            #expect(content == .known(.foreign("metadata of DRBD that drbdadm does not know")))
        }
    }

    @Test("A disk that is not there, and a resource that drbdadm does not know, are unknown")
    func unknown() async throws {
        try await withDisk { disk in
            let elsewhere = await DRBDDisks(configuration: disk.configuration, environment: disk.environment).content(of: disk.backing, in: "other")
            #expect(elsewhere.reason?.contains("not defined in your config") == true)
            try await disk.sh("sed -i \"s,$1,/dev/no-such-disk,\" \(scratch.path)/drbd.conf")
            #expect(await content(disk).reason?.contains("open(/dev/no-such-disk) failed") == true)
        }
    }
}
