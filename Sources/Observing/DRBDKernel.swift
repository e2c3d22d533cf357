internal import Diagnostics
internal import Host

/// What DRBD's kernel module has in hand on this host, as drbdsetup tells it.
public struct DRBDKernel: Sendable {
    public init() {}

    /// drbdsetup ends with 10 where it doesn't know the resource; whatever else goes wrong says nothing about it.
    /// - Throws: `CommandError`.
    public func isUp(_ resource: String) async throws -> Bool { try await !status([resource]).isEmpty }

    /// The resources that are up.
    /// - Throws: `CommandError`.
    public func resources() async throws -> Set<String> {
        let lines = try await status([]).split(separator: "\n")
        // A resource begins in the first column: `xps-101 role:Primary`; what belongs to it is indented.
        return Set(lines.filter { $0.first?.isWhitespace == false && $0.first != "#" }.compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    /// Bytes of a device as the kernel has it, whoever asks; nil where it has none. "The size is in 512-byte sectors, not in logical blocks"
    /// (Documentation/ABI/stable/sysfs-block, `/sys/block/<disk>/size`).
    public static func size(ofMinor minor: Int) -> Int? {
        let text = try? FileTree().readIfPresent("/sys/block/drbd\(minor)/size")
        guard let text, let sectors = Int(String(decoding: text, as: UTF8.self).filter(\.isNumber)), sectors > 0 else { return nil }
        return sectors * 512
    }

    private func status(_ resources: [String]) async throws -> String {
        let output = try await Command("drbdsetup", ["status"] + resources, limit: .seconds(20)).run()
        if output.status == .exited(Self.unknownResource) { return "" }
        // Without the module nothing can be up.
        if !output.succeeded, output.error.contains("Failed to modprobe drbd") { return "" }
        return try output.orThrow().text
    }

    private static let unknownResource: Int32 = 10
}
