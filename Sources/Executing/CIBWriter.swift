public import CIB
internal import Diagnostics
internal import Host
public import Observing
public import Planning
public import Safety

/// Writes to the CIB: the whole of a plan in one transaction, or nothing.
public struct CIBWriter: Sendable {
    /// How a transaction ended, short of an error.
    public enum Outcome: Hashable, Sendable {
        case committed
        /// Someone else has changed the configuration: the plan is no longer about what is there.
        case moved
    }

    private let source: CIBSource
    private let scratch: FileTree
    /// A status that keeps moving under the patch is retried so many times.
    private static let attempts = 20

    /// - Parameter scratchDirectory: for the files that Pacemaker's tools read.
    public init(_ source: CIBSource, scratchDirectory: String) {
        self.source = source
        scratch = FileTree(root: scratchDirectory)
    }

    /// Carries out the plan's transaction as a versioned patch: a compare-and-swap of the configuration.
    ///
    /// A patch made from another version is refused ("Update was older than existing configuration", or "Application of
    /// update diff failed"). If only the status has moved since, it is made anew; a new epoch is somebody else's change.
    public func commit(_ approved: borrowing ApprovedPlan) async throws -> Outcome {
        try await write(approved.plan.live, approved.plan.wanted)
    }

    /// Puts an edited CIB in the place of the one it was made from.
    public func write(_ old: CIB, _ new: CIB) async throws -> Outcome {
        var current = old
        for _ in 0..<Self.attempts {
            let output = try await apply(Patch(from: current, to: new.following(current)))
            if output.succeeded { return .committed }
            let now = try await source.read()
            guard now.version != current.version else { throw CommandError.failed(output) }
            guard now.version.hasSameConfiguration(as: old.version) else { return .moved }
            current = now
        }
        return .moved
    }

    private func apply(_ patch: Patch) async throws -> Output {
        try scratch.write(Array(patch.xml.utf8), to: "/patch.xml", mode: 0o600)
        let path = scratch.location(of: "/patch.xml")
        let command = Command(
            "cibadmin", ["--patch", "--xml-file", path], environment: source.environment, limit: .seconds(60))
        return try await command.run()
    }

    /// What `crm_verify` says of the plan's result and does not say of what is there already. It comes before everything
    /// else that a plan does: a commit that Pacemaker will not have must not leave a file behind either.
    public func complaints(about plan: Plan) async throws -> [String] {
        guard plan.needsTransaction else { return [] }
        let after = try await verify(plan.wanted)
        guard !after.isEmpty else { return [] }
        let before = Set(try await verify(plan.live))
        return after.filter { !before.contains($0) }
    }

    private func verify(_ cib: CIB) async throws -> [String] {
        try scratch.write(Array(cib.xml.utf8), to: "/verify.xml", mode: 0o600)
        let command = Command(
            "crm_verify", ["--verbose", "--xml-file", scratch.location(of: "/verify.xml")], limit: .seconds(120))
        let output = try await command.run()
        guard !output.succeeded else { return [] }
        let lines = (output.error + "\n" + output.text).split(separator: "\n").map(String.init)
        let errors = lines.filter { $0.contains("error:") || $0.contains("validity error") }
        return errors.isEmpty ? [output.lastLines()] : errors
    }
}
