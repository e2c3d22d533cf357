internal import Diagnostics

/// What is costly to find out, found out once for all who ask for the same at about the same time; a few things at a time.
actor Shared<Key: Hashable & Sendable, Value: Sendable> {
    private struct Entry {
        let finding: Task<Value, any Error>
        /// Nil while it is being found out.
        var end: ContinuousClock.Instant?
    }

    private let lasting: Duration
    private let find: @Sendable (Key) async throws -> Value
    private var entries: [Key: Entry] = [:]

    /// Questions that are worked on at a time.
    private static var most: Int { 4 }

    /// - Parameter lasting: for so long an answer is good enough.
    init(lasting: Duration, _ find: @escaping @Sendable (Key) async throws -> Value) {
        self.lasting = lasting
        self.find = find
    }

    /// - Throws: what the one who finds out throws; a finding where too much is asked at once.
    func value(_ key: Key) async throws -> Value {
        let now = ContinuousClock.now
        entries = entries.filter { $0.value.end.map { now < $0 } ?? true }
        if let known = entries[key] { return try await known.finding.value }
        guard entries.values.count(where: { $0.end == nil }) < Self.most, entries.count < 64 else {
            throw Finding.error("too much is asked at once", remedy: "ask again in a moment")
        }
        let finding = Task.detached { [find] in try await find(key) }
        entries[key] = Entry(finding: finding, end: nil)
        let result = await finding.result
        entries[key]?.end = .now + lasting
        return try result.get()
    }
}
