internal import ClusterModel
internal import Host
internal import Observing
internal import Steps

// What Pacemaker remembers of failures.
extension Executor {
    /// "-C, --cleanup: If resource has any past failures, clear its history and fail count. Optionally filtered by --resource, --node"
    /// (crm_resource(8)).
    func forgetFailures(of resource: ResourceID, on node: NodeName, limit: Duration) async throws -> StepOutcome {
        guard source == .cluster else { return .nothingToDo }
        _ = try await Command("crm_resource", ["--cleanup", "--resource", resource.text, "--node", node.text], limit: limit).run().orThrow()
        return .done
    }
}
