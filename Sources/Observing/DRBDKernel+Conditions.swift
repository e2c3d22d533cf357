internal import Diagnostics
internal import Host
public import LiveState

extension DRBDKernel {
    /// Those of the resources that are up, and whether they are as their files on this host say. That is read from the kernel each time,
    /// and never remembered from what was done: an adjustment that failed, or was cut off, shows here.
    public func conditions(of resources: Set<String>) async -> Known<[String: DRBDCondition]> {
        do {
            let up = try await self.resources().intersection(resources).sorted()
            guard !up.isEmpty else { return .known([:]) }
            let disturbances = Dictionary(
                try await replicationsOfWhatIsUp().compactMap { pair in pair.disturbance.map { (pair.name, $0) } },
                uniquingKeysWith: { first, _ in first })
            var conditions = Dictionary(uniqueKeysWithValues: up.map { ($0, DRBDCondition(disturbance: disturbances[$0])) })
            // As a rule none has to be adjusted: that takes one question.
            guard try await !adjustment(of: up).isEmpty else { return .known(conditions) }
            for resource in up { conditions[resource]?.adjustment = try await adjustment(of: [resource]) }
            return .known(conditions)
        } catch {
            return .unknown("\(error)")
        }
    }

    /// What `drbdadm adjust` would run.
    private func adjustment(of resources: [String]) async throws -> [String] {
        let command = Command("drbdadm", ["--dry-run", "adjust"] + resources, limit: .seconds(60))
        return try await command.run().orThrow().text.split(separator: "\n").map { String($0).concealingSecrets }
    }
}
