internal import Host
internal import Steps

// Those who keep the list of nodes in a file of their own.
extension Executor {
    /// "-R: Tell all instances of corosync in this cluster to reload corosync.conf." (corosync-cfgtool(8)): every node has to have the file by then.
    func reloadCorosync(limit: Duration) async throws -> StepOutcome {
        guard actsOnHost else { return .nothingToDo }
        _ = try await Command("corosync-cfgtool", ["-R"], limit: limit).run().orThrow()
        return .done
    }

    /// "If called when the cluster is already registered, it will update configfs with the current configuration." (o2cb(8))
    func registerNodes(of cluster: String, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost else { return .nothingToDo }
        _ = try await Command("o2cb", ["register-cluster", cluster], limit: limit).run().orThrow()
        return .done
    }
}
