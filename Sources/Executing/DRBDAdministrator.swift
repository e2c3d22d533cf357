internal import Host

/// Lets drbdadm carry a resource's new configuration out. Nothing here creates or wipes metadata.
public struct DRBDAdministrator: Sendable {
    public init() {}

    /// Whether the resource is up on this host (drbdsetup(8): status of a resource that isn't known is an error).
    public func isUp(_ resource: String) async throws -> Bool {
        try await Command("drbdsetup", ["status", resource], limit: .seconds(20)).run().succeeded
    }

    /// "adjust: synchronizes the configuration of the device with your configuration files." A resource that is down stays so.
    /// - Returns: whether there was anything to do.
    public func adjust(_ resource: String) async throws -> Bool { try await perform("adjust", on: resource) }

    /// Takes the resource down. Its metadata and its data stay.
    /// - Returns: whether there was anything to do.
    public func down(_ resource: String) async throws -> Bool { try await perform("down", on: resource) }

    private func perform(_ verb: String, on resource: String) async throws -> Bool {
        guard try await isUp(resource) else { return false }
        _ = try await Command("drbdadm", [verb, resource], limit: .seconds(60)).run().orThrow()
        return true
    }
}
