import Testing

/// Waits until a server is there.
func until(_ holds: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try await !holds() {
        try #require(ContinuousClock.now < deadline, "the server does not listen")
        try await Task.sleep(for: .milliseconds(20))
    }
}
