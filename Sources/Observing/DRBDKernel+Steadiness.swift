internal import Host

extension DRBDKernel {
    /// Whether a resource is connected to all its peers, with good data on all sides; nil where drbdadm does not say.
    public func isSteady(_ resource: String) async -> Bool? {
        for (question, good) in [("cstate", "Connected"), ("dstate", "UpToDate")] {
            let command = Command("drbdadm", [question, resource], limit: .seconds(20))
            guard let states = try? await command.run().orThrow().text.split(whereSeparator: { $0.isWhitespace || $0 == "/" }) else { return nil }
            guard !states.isEmpty, states.allSatisfy({ $0 == good }) else { return false }
        }
        return true
    }
}
