internal import Diagnostics
internal import Host
public import LiveState

extension DRBDKernel {
    /// What is up, and whether it is as its files on this host say. That is read from the kernel each time, and never remembered from what was
    /// done: an adjustment that failed, or was cut off, shows here.
    ///
    /// - Parameters:
    ///   - resources: those that files define: drbdadm knows of no others.
    ///   - isThere: whether the host of a peer is up.
    public func conditions(
        of resources: Set<String>, isThere: @Sendable (_ resource: String, _ peer: String) -> Bool = { _, _ in false }
    ) async -> Known<[String: DRBDCondition]> {
        do {
            let all = try await self.resources()
            guard !all.isEmpty else { return .known([:]) }
            let pairs = Dictionary(try await replicationsOfWhatIsUp().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            var conditions = Dictionary(
                uniqueKeysWithValues: all.map { name in
                    let isOurs = resources.contains(name)
                    return (
                        name,
                        DRBDCondition(
                            disturbance: isOurs ? pairs[name]?.disturbance { isThere(name, $0) } : nil,
                            isDualPrimary: pairs[name]?.isDualPrimary ?? false)
                    )
                })
            let up = all.intersection(resources).sorted()
            guard !up.isEmpty else { return .known(conditions) }
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
