public import ClusterModel
internal import Host

/// What a node tells the others about itself: private transient attributes, which live as long as the node does, stay out
/// of the CIB and wake no scheduler.
public struct Announcement: Sendable {
    /// Names the commit that the node has prepared.
    public static let prepared = "coxswain-prepared"

    public init() {}

    public func announce(_ commit: CommitID) async throws {
        let command = Command(
            "attrd_updater", ["--name", Self.prepared, "--update", commit.hex, "--private"], limit: .seconds(10))
        _ = try await command.run().orThrow()
    }
}
