public import ClusterModel
public import Desired
public import Diagnostics
public import GitStore

/// Reads desired states out of a repository, each commit once.
public actor DesiredReader {
    /// A commit's state; or, of a checkout's edits, a state without a commit.
    public struct Reading: Sendable {
        public let commit: Commit?
        public let state: DesiredState
    }

    private let mirror: Mirror
    private let path: String?
    /// The states read last: the one applied and the one wanted.
    private var known: [(CommitID, DesiredState)] = []
    private static let memory = 3

    public init(_ mirror: Mirror, path: String?) {
        self.mirror = mirror
        self.path = path
    }

    /// The desired state of a commit.
    /// - Throws: `Findings` for a state that can't be applied: every error in it.
    public func read(_ commit: Commit) async throws -> Reading {
        if let state = known.first(where: { $0.0 == commit.id })?.1 { return Reading(commit: commit, state: state) }
        let listing = try await mirror.files(of: commit.id, under: path, where: isWanted)
        let state = try await state(of: listing, from: mirror)
        known = Array(([(commit.id, state)] + known).prefix(Self.memory))
        return Reading(commit: commit, state: state)
    }

    /// The state of the commit last applied: nil where it is unknown, gone from the repository, or no longer readable.
    public func base(_ id: CommitID?) async throws -> DesiredState? {
        guard let id, let commit = try await mirror.commit(id) else { return nil }
        return try? await read(commit).state
    }

    /// The state of a checkout, its uncommitted edits included.
    public func read(_ worktree: Worktree) async throws -> Reading {
        let listing = try await worktree.files(under: path, limit: .seconds(30), where: isWanted)
        return Reading(commit: nil, state: try await state(of: listing, from: worktree))
    }

    private func state(of listing: FileListing, from reader: any FileReading) async throws -> DesiredState {
        let (texts, findings) = try await reader.texts(of: listing)
        let state = DesiredState(texts.map { ($0.file.path, $0.text) }, reusing: known.first?.1)
        let errors = findings + state.errors
        guard errors.isEmpty else { throw Findings(errors) }
        guard !state.isEmpty else {
            throw Finding.error(
                "the repository declares nothing here", remedy: "an empty state never means \"delete everything\"; is --path right?")
        }
        return state
    }
}

/// Directories are asked for with a slash at their end.
@Sendable private func isWanted(_ path: String) -> Bool {
    path.hasSuffix("/") ? Concern.mayHold(directory: path) : Concern(path: path) != nil
}
