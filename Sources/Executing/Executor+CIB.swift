internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Host
internal import LiveState
internal import Observing
internal import Records
internal import Steps

// The CIB: a transaction is a versioned patch, which Pacemaker refuses if anyone has changed the configuration since.
extension Executor {
    /// A status that keeps moving under the patch is tried again so many times.
    private static let attempts = 20

    /// The one transaction. Without quorum Pacemaker writes it all the same, and forgets it when the others are back: it is looked for once more.
    func commit(_ transaction: Transaction, limit: Duration) async throws -> StepOutcome {
        if source == .cluster, try await !ClusterObserver().status().hasQuorum { return .moved("this partition has lost its quorum") }
        return try await swap(transaction, limit: limit)
    }

    func swap(_ transaction: Transaction, limit: Duration) async throws -> StepOutcome {
        guard !transaction.isEmpty else { return .nothingToDo }
        return try await swap(transaction.from, transaction.to, limit)
    }

    /// The cluster's own record: read, edited, written, and again where someone was faster.
    func record(_ edit: RecordEdit, limit: Duration) async throws -> StepOutcome {
        for _ in 0..<Self.attempts {
            let cib = try await source.read()
            var edits = Edits()
            edit.write(to: &edits, of: cib)
            let outcome = try await swap(Transaction(from: cib, edits), limit: limit)
            if case .moved = outcome { continue }
            return outcome
        }
        return .moved("the configuration keeps changing")
    }

    /// A patch made from another version is refused; cibadmin(8) says so with "Update was older than existing configuration" or
    /// "Application of update diff failed". If only the status has moved since, it is made anew; a new epoch is somebody else's change.
    private func swap(_ old: CIB, _ new: CIB, _ limit: Duration) async throws -> StepOutcome {
        var current = old
        for _ in 0..<Self.attempts {
            let output = try await apply(Patch(from: current, to: new.following(current)), limit)
            if output.succeeded { return .done }
            let now = try await source.read()
            guard now.version != current.version else { throw CommandError.failed(output) }
            guard now.version.hasSameConfiguration(as: old.version) else { return .moved("the configuration was changed by someone else") }
            current = now
        }
        return .moved("the status keeps changing")
    }

    private func apply(_ patch: Patch, _ limit: Duration) async throws -> Output {
        try scratch.makeDirectory("/", mode: 0o700)  // somebody tidies up now and then
        try scratch.write(Array(patch.xml.utf8), to: "/patch.xml", mode: 0o600)
        defer { try? scratch.remove("/patch.xml") }
        let path = scratch.location(of: "/patch.xml")
        let command = Command(
            "cibadmin", ["--patch", "--xml-file", path], environment: source.environment, limit: min(limit, .seconds(60)))
        return try await command.run()
    }
}
