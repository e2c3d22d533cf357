public import ClusterModel
public import Diagnostics
import Host

/// A bare copy of the repository of desired state in the state directory. Objects are read in process; the network
/// is git's, with a time limit. Nothing is ever checked out.
///
/// Every function throws `GitFailure`; one that needs the network throws `CancellationError` too.
public actor Mirror: FileReading {
    public nonisolated let remote: Remote
    /// `<state>/mirror-<digest of the address>.git`.
    public nonisolated let path: String
    nonisolated let state: String
    var repository: ObjectDatabase?
    /// An object could not be read: the next fetch clones anew.
    var isSuspect = false

    /// Whether what a former process left behind was cleared away.
    var hasCleaned = false

    private let environment: [String: String]
    let files = FileTree()

    /// Makes the state directory if need be. The mirror itself is made by the first fetch.
    ///
    /// git finds `environment` besides its allow-list, for instance `GIT_SSH_COMMAND`.
    public init(of remote: Remote, state: String, environment: [String: String] = [:]) throws(GitFailure) {
        self.remote = remote
        self.environment = environment
        do {
            try files.makeDirectory(state, mode: 0o750)
            self.state = try files.realPath(of: state)
            path = "\(self.state)/\(remote.mirrorName).git"
        } catch {
            throw GitFailure(error, doing: "use the state directory")
        }
    }

    nonisolated var lockPath: String { Self.lockPath(of: remote.mirrorName, in: state) }

    /// The file stays, and is no lock that was left behind: those end with `.lock`.
    static func lockPath(of mirror: String, in state: String) -> String { "\(state)/lock-\(mirror)" }

    func git(in repository: String?) -> Git { Git(repository: repository, environment: environment) }

    /// Reads, with the errors of libgit2 in our words.
    func reading<Value>(_ what: String, _ body: (ObjectDatabase) throws -> Value) throws(GitFailure) -> Value {
        do {
            return try attempt(what, body)
        } catch  where error.reason == .corrupt {
            // Another process may have put a new mirror in its place, or packed what was looked for.
            repository = nil
        }
        do {
            return try attempt(what, body)
        } catch {
            isSuspect = isSuspect || error.reason == .corrupt
            throw error
        }
    }

    private func attempt<Value>(_ what: String, _ body: (ObjectDatabase) throws -> Value) throws(GitFailure) -> Value {
        do { return try body(try opened()) } catch { throw GitFailure(error, doing: what) }
    }

    /// The same for what begins at a commit, which may be one that a forced push took away.
    func reading<Value>(
        _ what: String, from commit: CommitID, _ body: (ObjectDatabase) throws -> Value
    ) throws(GitFailure) -> Value {
        try reading("\(what) of \(commit.short)") { repository in
            guard try repository.contains(GitObjectID(commit)) else {
                throw GitFailure(
                    .missing, "commit \(commit.short) is not in the repository",
                    remedy: "was it removed by a forced push?")
            }
            return try body(repository)
        }
    }

    private func opened() throws -> ObjectDatabase {
        if let repository { return repository }
        guard try files.kind(of: path) != nil else {
            throw GitFailure(.missing, "\(remote.shown) has never been fetched", remedy: "fetch it first")
        }
        return try open()
    }

    /// libgit2 refuses a repository of another user too, but in words that sound like damage where the person has a
    /// configuration file without `safe.directory`.
    @discardableResult
    func open() throws -> ObjectDatabase {
        guard try files.isOurs(path) else {
            throw GitFailure(
                .denied, "\(path) belongs to another user",
                remedy: "choose a directory of your own (--state-dir), or run as its owner")
        }
        let opened = try ObjectDatabase(at: path)
        repository = opened
        return opened
    }
}

extension Mirror {
    /// The commit that a branch, a tag or an object name means; nil: the branch that the server's HEAD names.
    public func resolve(_ revision: String?) throws(GitFailure) -> Commit {
        try reading("look up a revision") { try $0.resolve(revision) }
    }

    /// The commit and its ancestors, newest first.
    public func history(from commit: CommitID, limit: Int) throws(GitFailure) -> [Commit] {
        try reading("read the history", from: commit) { try $0.history(from: commit, limit: limit) }
    }

    /// A commit counts as its own ancestor. False when either is not in the mirror.
    public func isAncestor(_ old: CommitID, of new: CommitID) throws(GitFailure) -> Bool {
        try reading("compare \(old.short) and \(new.short)") { try $0.isAncestor(old, of: new) }
    }

    /// Whether the history of `new` comes to say what `old` says, be it that it was rewritten. False when either is not in the mirror.
    public func isRepeated(_ old: CommitID, before new: CommitID) throws(GitFailure) -> Bool {
        try reading("compare \(old.short) and \(new.short)") { try $0.isRepeated(old, before: new) }
    }

    /// Keeps commits that the cluster names, whatever a forced push takes away: what is in force is the base of every comparison.
    /// - Parameter only: whether those that were kept before are let go.
    public func keep(_ commits: Set<CommitID>, only: Bool = true) throws(GitFailure) {
        try reading("keep what is in force") { try $0.keep(commits, only: only) }
    }

    /// The commits that come with `new` where `old` is there already, newest first; none where it does not follow.
    public func range(from old: CommitID, to new: CommitID, limit: Int = 1000) throws(GitFailure) -> [Commit] {
        try reading("read the history", from: new) { repository in
            guard try repository.isAncestor(old, of: new) else { return [] }
            return try repository.range(from: old, to: new, limit: limit).map { try repository.describe($0) }
        }
    }

    /// Whether it is a copy without the whole history.
    public func isShallow() throws(GitFailure) -> Bool { try reading("look at the history") { !$0.shallow.isEmpty } }

    /// Whether the commit is part of a branch or a tag of the repository, or is kept. Another that a forced push took away may still lie
    /// in this mirror, and in another not.
    public func isReachable(_ commit: CommitID) throws(GitFailure) -> Bool {
        try reading("look for \(commit.short)") { try $0.isReachable(commit) }
    }

    public func contains(_ commit: CommitID) throws(GitFailure) -> Bool {
        try reading("look for \(commit.short)") { try $0.contains(GitObjectID(commit)) }
    }

    /// What the mirror knows about a commit; nil when it is not there.
    public func commit(_ id: CommitID) throws(GitFailure) -> Commit? {
        try reading("read \(id.short)") { try $0.contains(GitObjectID(id)) ? try $0.describe(id) : nil }
    }

    /// The files of a commit below a directory (nil: the root), without reading one of them.
    ///
    /// `wanted` is asked for paths relative to that directory, and for each directory with a slash at its end: what is
    /// below one that is not wanted costs nothing.
    /// - Throws: a failure `.missing` when the directory is not there, `.empty` when nothing wanted is in it.
    public func files(
        of commit: CommitID, under directory: String? = nil,
        where wanted: @escaping @Sendable (String) -> Bool = { _ in true }
    ) throws(GitFailure) -> FileListing {
        try reading("read the tree", from: commit) {
            try $0.files(of: commit, under: directory, where: wanted)
        }
    }

    /// Whether a directory (nil: the root) holds the same in both commits; not where one lacks it.
    public func isSame(_ directory: String?, in one: CommitID, _ other: CommitID) -> Bool {
        (try? reading("compare trees") { try $0.isSame(directory, in: one, other) }) ?? false
    }

    /// The bytes of a blob.
    public func bytes(of blob: GitObjectID) throws(GitFailure) -> [UInt8] {
        try reading("read blob \(blob)") { try $0.blob(blob) }
    }

    public func text(of file: RepositoryFile) throws -> SourceText {
        try SourceText(utf8: try bytes(of: file.blob), at: file.location)
    }
}
