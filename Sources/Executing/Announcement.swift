public import ClusterModel
internal import Host

/// What a node tells the others about itself: private transient attributes, which live as long as the node does, stay out
/// of the CIB and wake no scheduler.
public struct Announcement: Sendable {
    /// Names the commit that the node has prepared.
    public static let prepared = "coxswain-prepared"

    /// What a node has announced.
    public struct Prepared: Hashable, Sendable {
        public let commit: CommitID?
        /// Whether every file of the commit is written, those on the cluster's own file systems too.
        public let isComplete: Bool

        /// From an attribute's value.
        public init(_ value: String) {
            let words = value.split(separator: ":")
            commit = words.first.flatMap { CommitID($0) }
            isComplete = words.dropFirst().first == "all"
        }
    }

    public init() {}

    public func announce(_ commit: CommitID, isComplete: Bool) async throws {
        let value = "\(commit.hex):\(isComplete ? "all" : "part")"
        let command = Command(
            "attrd_updater", ["--name", Self.prepared, "--update", value, "--private"], limit: .seconds(10))
        _ = try await command.run().orThrow()
    }
}
