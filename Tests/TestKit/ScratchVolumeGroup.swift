public import Host

/// A volume group `vg0` of 64 MiB in a file behind a loop device, with an `LVM_SYSTEM_DIR` of its own in which nothing else of the machine is
/// seen. Where the kernel has no device mapper, LVM works on its metadata alone (lvm.conf(5), `global/activation`): volumes have no devices.
public struct ScratchVolumeGroup: Sendable {
    public static let name = "vg0"

    public let environment: [String: String]
    /// Whether volumes are devices too, that can be written to and be open.
    public let hasDevices: Bool
    private let loop: String

    /// Whether there can be any here: decided by making a loop device.
    public static func probe() async -> Bool {
        guard let scratch = try? Scratch(), let loop = try? await attach(scratch, size: "1M") else { return false }
        return (try? await Command("losetup", ["--detach", loop]).run().succeeded) ?? false
    }

    /// Whether the kernel answers to dmsetup(8).
    public static func hasDeviceMapper() async -> Bool { (try? await Command("dmsetup", ["version"]).run().succeeded) ?? false }

    /// - Throws: what the tools say.
    public init(in scratch: Scratch) async throws {
        loop = try await Self.attach(scratch, size: "64M")
        hasDevices = await Self.hasDeviceMapper()
        environment = ["LVM_SYSTEM_DIR": scratch.path, "LVM_SUPPRESS_FD_WARNINGS": "1"]
        let configuration = """
            devices { use_devicesfile=0 scan=["/dev"] global_filter=["a|^\(loop)$|", "r|.*|"] obtain_device_list_from_udev=0 }
            global { locking_dir="\(scratch.path)/lock" event_activation=0 use_lvmpolld=0 activation=\(hasDevices ? 1 : 0) }
            backup { backup=0 archive=0 }
            activation { udev_sync=0 udev_rules=0 monitoring=0 }

            """
        try FileTree(root: scratch.path).write(Array(configuration.utf8), to: "/lvm.conf")
        do {
            _ = try await lvm("pvcreate", ["--quiet", "--yes", loop])
            _ = try await lvm("vgcreate", ["--quiet", "--yes", Self.name, loop])
        } catch {
            await close()
            throw error
        }
    }

    private static func attach(_ scratch: Scratch, size: String) async throws -> String {
        let disk = scratch.path + "/disk"
        _ = try await Command("truncate", ["--size", size, disk]).run().orThrow()
        return try await Command("losetup", ["--find", "--show", disk]).run().orThrow().text.filter { !$0.isWhitespace }
    }

    @discardableResult
    public func lvm(_ tool: String, _ arguments: [String]) async throws -> Output {
        try await Command(tool, arguments, environment: environment).run().orThrow()
    }

    public func close() async {
        if hasDevices { _ = try? await lvm("vgchange", ["--activate", "n", Self.name]) }
        _ = try? await Command("losetup", ["--detach", loop]).run()
    }
}
