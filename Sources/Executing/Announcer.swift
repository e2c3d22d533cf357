public import ClusterModel
internal import Diagnostics
internal import Host
public import LiveState
internal import Observing

/// Tells the other nodes about this one: a private transient attribute, which lives as long as the node does, stays out of the CIB and
/// wakes no scheduler. It changes nothing that anybody runs on, and needs no permit.
public struct Announcer: Sendable {
    private let node: NodeName
    private static let patience = Duration.seconds(10)

    public init(node: NodeName) { self.node = node }

    /// Says of which version this node's daemon is.
    public func introduce(_ program: String) async throws {
        let command = Command("attrd_updater", ["--name", ClusterObserver.program, "--update", program, "--private"], limit: .seconds(10))
        _ = try await command.run().orThrow()
    }

    /// Returns when this node's own attrd has the value: all values reach all nodes in one order, so whatever was announced before it
    /// can be read from then on.
    public func announce(_ announcement: Announcement) async throws {
        let command = Command(
            "attrd_updater", ["--name", ClusterObserver.announcement, "--update", announcement.text, "--private"], limit: .seconds(10))
        _ = try await command.run().orThrow()
        let deadline = ContinuousClock.now + Self.patience
        while try await ClusterObserver().announcements()[node] ?? Announcement() != announcement {
            guard ContinuousClock.now < deadline else { throw Finding.error("attrd does not take up what this node announces") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
