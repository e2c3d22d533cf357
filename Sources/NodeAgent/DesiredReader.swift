internal import Catalogue
public import ClusterModel
public import Diagnostics
public import GitStore
public import Observing
public import Repository
internal import Validation

/// Reads desired states out of a repository, each commit once.
public actor DesiredReader {
    /// A commit's state; or, of a checkout's edits, a state without a commit.
    public struct Reading: Sendable {
        public let commit: Commit?
        public let state: DesiredState
        /// What it is worth a word about, and can be applied with.
        public let warnings: [Finding]
        /// To be asked about what a plan changes.
        let judged: JudgedState
    }

    private let mirror: Mirror
    private let path: String?
    /// The states read last, newest first.
    private var known: [Reading] = []
    /// The state in force, where it was never read as a wanted one. It was judged before it was applied: what it lacks by
    /// today's rules must not keep it from being the base of a comparison.
    private var inForce: (commit: CommitID, place: String, state: DesiredState)?
    /// What was parsed for them: most files of the next state will be among these.
    public private(set) var parsed = ParsedFiles()
    private static let memory = 3

    public init(_ mirror: Mirror, path: String?) {
        self.mirror = mirror
        self.path = path
    }

    /// The desired state of a commit.
    /// - Throws: `Findings` for a state that can't be applied: every error in it.
    public func read(_ commit: Commit) async throws -> Reading {
        if let reading = known.first(where: { $0.commit?.id == commit.id }) { return reading }
        let listing = try await mirror.files(of: commit.id, under: path, where: isWanted)
        let reading = try await judged(listing, from: mirror, as: commit, strays(in: commit, of: mirror, path: path, beside: listing))
        known = Array(([reading] + known).prefix(Self.memory))
        return reading
    }

    /// The state of the commit last applied: nil where it is unknown, gone from the repository, or no longer readable.
    ///
    /// - Parameter part: where the record says that it stands; its directory may have moved since.
    public func base(_ id: CommitID?, in part: RepositoryPart?) async throws -> DesiredState? {
        guard let id, try await mirror.isReachable(id) else { return nil }
        let own = RepositoryPart(cluster: nil, path: path).path
        let former = part.flatMap { $0.path == own ? nil : $0.path }
        for place in [former, own].compactMap(\.self) {
            if let state = try await state(of: id, at: place, isOwn: place == own) { return state }
        }
        return nil
    }

    private func state(of id: CommitID, at place: String, isOwn: Bool) async throws -> DesiredState? {
        if isOwn, let state = known.first(where: { $0.commit?.id == id })?.state { return state }
        if let inForce, inForce.commit == id, inForce.place == place { return inForce.state }
        guard let listing = try? await mirror.files(of: id, under: place, where: isWanted),
            let (state, findings) = try? await state(of: listing, from: mirror), (findings + state.findings).isSound, !state.isEmpty
        else { return nil }
        inForce = (id, place, state)
        return state
    }

    /// The state of a checkout, its uncommitted edits included.
    public func read(_ worktree: Worktree) async throws -> Reading {
        let listing = try await worktree.files(under: path, limit: .seconds(30), where: isWanted)
        return try await judged(listing, from: worktree, as: nil, strays(in: worktree, path: path, beside: listing))
    }

    /// The files of a commit as they are, whatever is wrong with them.
    public func files(of commit: Commit) async throws -> [DesiredFile] {
        let listing = try await mirror.files(of: commit.id, under: path, where: isWanted)
        return try await mirror.texts(of: listing).texts.map { DesiredFile(path: $0.file.path, text: $0.text, blob: $0.file.blob.hex) }
    }

    /// What is wrong with a commit by itself, and was not with another one: a plan may let in what stands in the cluster, though nobody declares it.
    public func newErrors(in commit: Commit, beside other: Commit) async throws -> [Finding] {
        let former = Set(try await errors(in: other).map(\.message))
        return try await errors(in: commit).filter { !former.contains($0.message) }
    }

    private func errors(in commit: Commit) async throws -> [Finding] {
        let listing = try await mirror.files(of: commit.id, under: path, where: isWanted)
        let (state, listed) = try await state(of: listing, from: mirror)
        return (listed + Validation.findings(in: state)).filter { $0.severity == .error }
    }

    /// Whether a commit has the same files for the cluster as another one: what nobody reads of it, such as a README, may differ.
    public func isSame(_ commit: Commit, as other: Commit) async throws -> Bool {
        try await blobs(of: commit) == blobs(of: other)
    }

    private func blobs(of commit: Commit) async throws -> [String: String] {
        let listing = try await mirror.files(of: commit.id, under: path, where: isWanted)
        return Dictionary(listing.files.map { ($0.path, $0.blob.hex) }, uniquingKeysWith: { $1 })
    }

    /// What a commit's `coxswain.yaml` says, even where the rest of the commit is broken; nil where there is none. It is not sound where it is
    /// half understood.
    public func policy(of commit: Commit) async -> (policy: Policy, isSound: Bool)? {
        let listing = try? await mirror.files(of: commit.id, under: path) { $0 == "coxswain.yaml" }
        guard let file = listing?.files.first, let source = try? await mirror.text(of: file) else { return nil }
        let (policy, findings) = Policy.parse(source)
        return (policy, findings.isSound)
    }

    /// - Throws: `Findings`: every error in it.
    private func judged(_ listing: FileListing, from reader: any FileReading, as commit: Commit?, _ strays: [Finding]) async throws -> Reading {
        let (state, listed) = try await state(of: listing, from: reader)
        let judged = Validation.judged(state)
        let findings = listed.filter { $0.severity == .error } + strays + judged.findings
        let errors = findings.filter { $0.severity == .error }
        // Whoever has to mend something wants to know all of it.
        guard errors.isEmpty else {
            throw Findings(errors + Validation.findings(in: state).filter { $0.severity == .error && !errors.contains($0) })
        }
        guard !state.isEmpty else { throw Findings([Self.nothing]) }
        return Reading(commit: commit, state: state, warnings: findings.filter { $0.severity == .warning }, judged: judged)
    }

    /// What the files say, and what was found while they were listed.
    private func state(of listing: FileListing, from reader: any FileReading) async throws -> (DesiredState, [Finding]) {
        let (texts, findings) = try await reader.texts(of: listing) { parsed.text(ofFile: $0.path, at: $0.location, blob: $0.blob.hex) }
        let files = texts.map { DesiredFile(path: $0.file.path, text: $0.text, blob: $0.file.blob.hex) }
        return (DesiredState(files, &parsed), findings)
    }

    private static var nothing: Finding {
        Finding(
            .emptyRepository, "the repository declares nothing here",
            remedy: "an empty state never means \"delete everything\"; is --path right?")
    }
}

extension DesiredReader {
    /// All that is wrong or worth a word in a commit, judged without a cluster.
    public static func findings(
        of commit: Commit, in mirror: Mirror, path: String?, asking agents: AgentLibrary
    ) async throws -> [Finding] {
        let listing = try await mirror.files(of: commit.id, under: path, where: isWanted)
        return try await findings(in: listing, from: mirror, agents) + strays(in: commit, of: mirror, path: path, beside: listing)
    }

    /// The same for a checkout, uncommitted edits included.
    public static func findings(in worktree: Worktree, path: String?, asking agents: AgentLibrary) async throws -> [Finding] {
        let listing = try await worktree.files(under: path, limit: .seconds(30), where: isWanted)
        return try await findings(in: listing, from: worktree, agents) + strays(in: worktree, path: path, beside: listing)
    }

    private static func findings(
        in listing: FileListing, from reader: any FileReading, _ agents: AgentLibrary
    ) async throws -> [Finding] {
        let (texts, findings) = try await reader.texts(of: listing)
        let state = DesiredState(texts.map { ($0.file.path, $0.text) })
        let metadata = await agents.metadata(of: state.agents)
        let all = findings + Validation.findings(in: state, knowing: metadata, installed: await agents.installed())
        // Of a file that can't be read nobody knows what it declares.
        return state.holdsNothing && all.isSound ? all + [nothing] : all
    }
}

/// Directories are asked for with a slash at their end.
@Sendable private func isWanted(_ path: String) -> Bool {
    path.hasSuffix("/") ? FileKind.mayHold(directory: path) : FileKind(path: path) != nil
}

@Sendable private func isStray(_ path: String) -> Bool {
    path.hasSuffix("/") ? FileKind.mayHoldStrays(directory: path) : FileKind.intended(path) != nil
}

private func strays(in commit: Commit, of mirror: Mirror, path: String?, beside listing: FileListing) async -> [Finding] {
    strays(try? await mirror.files(of: commit.id, under: path, where: isStray), beside: listing)
}

private func strays(in worktree: Worktree, path: String?, beside listing: FileListing) async -> [Finding] {
    strays(try? await worktree.files(under: path, limit: .seconds(30), where: isStray), beside: listing)
}

/// Files whose names nobody reads. A policy that is not read is missing: with none in its place that is an error.
private func strays(_ strays: FileListing?, beside listing: FileListing) -> [Finding] {
    let hasPolicy = listing.files.contains { $0.path == "coxswain.yaml" }
    return (strays?.files ?? []).compactMap { file in
        guard let meant = FileKind.intended(file.path), !listing.files.contains(where: { $0.path == meant }) else { return nil }
        var finding = Finding(
            .strayFile, "\(file.location.terminalSafe) is not read: nothing here has that name", remedy: "did you mean \"\(meant)\"?")
        if meant == "coxswain.yaml", !hasPolicy { finding.severity = .error }
        return finding
    }
}
