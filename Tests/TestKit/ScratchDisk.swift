internal import ClusterModel
internal import Diagnostics
public import Host
public import Repository

/// A disk of 32 MiB in a file behind a loop device, and a configuration of DRBD's with a resource `web` on it. Metadata need no kernel module.
public struct ScratchDisk: Sendable {
    public let device: String
    /// drbdadm's words for where its configuration is.
    public let configuration: [String]
    public let environment: [String: String]

    private let minor: Int

    /// - Parameters:
    ///   - minor: drbdmeta locks it while it works: tests that run at once have each their own.
    ///   - generation: of DRBD's kernel module, as drbdadm is told.
    public init(in scratch: Scratch, minor: Int, generation: String = "9.0.0", metaDisk: String = "internal") async throws {
        self.minor = minor
        let file = scratch.path + "/drbd-disk"
        _ = try await Command("truncate", ["--size", "32M", file]).run().orThrow()
        device = try await Command("losetup", ["--find", "--show", file]).run().orThrow().text.filter { !$0.isWhitespace }
        let text = """
            global { usage-count no; }
            resource web {
              device /dev/drbd\(minor); disk \(device); meta-disk \(metaDisk);
              on alpha { address 10.1.0.1:7001; }
              on bravo { address 10.1.0.2:7001; }
            }

            """
        try FileTree(root: scratch.path).write(Array(text.utf8), to: "/drbd.conf")
        configuration = ["--config-file", scratch.path + "/drbd.conf"]
        environment = ["__DRBD_NODE__": "alpha", "DRBD_DRIVER_VERSION_OVERRIDE": generation]
    }

    public var backing: BackingDevice {
        let text = "resource web { device /dev/drbd\(minor); disk \(device); meta-disk internal; on alpha { address 10.1.0.1:7001; } }\n"
        return DesiredState([("drbd/web.res", .init(path: "drbd/web.res", text: text))]).disks(on: "alpha")["web"]![0]
    }

    @discardableResult
    public func drbdadm(_ words: String...) async throws -> Output {
        try await Command("drbdadm", configuration + words, environment: environment).run().orThrow()
    }

    /// A shell line about the disk, which it finds as `$1`.
    public func sh(_ line: String) async throws { _ = try await Command("sh", ["-c", line, "sh", device]).run().orThrow() }

    public func close() async { _ = try? await Command("losetup", ["--detach", device]).run() }
}
