internal import Host
internal import Observing
internal import Steps

// DRBD resources that are up.
extension Executor {
    /// "Adjust the configuration of the kernel module so that it matches the configuration files." (drbdadm(8), 9.0) One that
    /// is down stays so.
    func adjust(_ resource: String, limit: Duration) async throws -> StepOutcome { try await ofUp("adjust", resource, limit) }

    /// Its metadata and its data stay.
    func takeDown(_ resource: String, limit: Duration) async throws -> StepOutcome { try await ofUp("down", resource, limit) }

    private func ofUp(_ verb: String, _ resource: String, _ limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, try await DRBDKernel().isUp(resource) else { return .nothingToDo }
        return try await drbdadm([verb, resource], limit)
    }

    func drbdadm(_ arguments: [String], _ limit: Duration) async throws -> StepOutcome {
        let output = try await Command("drbdadm", drbdConfiguration + arguments, environment: environment, limit: limit).run()
        return output.succeeded ? .done : .failed("\(output.status) of \(output.command.line)\n\(DRBDRemarks(output.error).text)")
    }
}
