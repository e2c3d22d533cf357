internal import Host
internal import Observing
internal import Steps

// DRBD on disks that have grown.
extension Executor {
    /// "resize: Causes DRBD to re-examine all sizes of all backing storage devices. For this to work, all backing storage devices of the
    /// resource have to be resized before" (drbdadm(8), 8.4): it takes the size of the smallest, so it may be said again at any time. Both
    /// sides have to be there with good data: the other one's metadata move too.
    func resize(_ resource: String, limit: Duration) async throws -> StepOutcome {
        guard actsOnHost, try await DRBDKernel().isUp(resource) else { return .nothingToDo }
        guard await DRBDKernel().isSteady(resource) == true else { return .moved("\(resource) is not connected, or not UpToDate, on all sides") }
        let before = try await sizes(of: resource)
        _ = try await Command("drbdadm", ["resize", resource], limit: limit).run().orThrow()
        return try await sizes(of: resource) == before ? .nothingToDo : .done
    }

    private func sizes(of resource: String) async throws -> [Int?] {
        let minors = try await Command("drbdadm", ["sh-minor", resource], limit: .seconds(20)).run().orThrow().text
        return minors.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.map(DRBDKernel.size)
    }
}
