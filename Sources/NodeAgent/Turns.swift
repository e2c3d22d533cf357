/// Lets tasks do one kind of thing one after the other: two gits in one mirror would be in each other's way.
actor Turns {
    private var last: Task<Void, Never>?

    /// Waits for its turn, whatever the ones before it came to.
    func take<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let before = last
        let task = Task {
            await before?.value
            return try await body()
        }
        last = Task { _ = try? await task.value }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
