public import ClusterModel
public import Diagnostics
public import GitStore
public import Host
internal import LiveState
public import Repository
internal import Steps
internal import Synchronization

/// A file that was put on this host.
public struct Deposit: Hashable, Sendable {
    /// The commit that it was put there for.
    public let commit: CommitID
    public let path: HostPath
    /// What was written, by the name that git gives such bytes (git-hash-object(1)).
    public let digest: GitObjectID
    /// The DRBD resources that it defines.
    public let resources: [String]

    public init(commit: CommitID, path: HostPath, digest: GitObjectID, resources: [String]) {
        self.commit = commit
        self.path = path
        self.digest = digest
        self.resources = resources
    }
}

/// The files that were put on this host, kept in the state directory.
///
/// The record in the CIB is ahead of a host: the DC commits before the other nodes have removed what goes. And a commit that was given
/// up for a newer one may have left files behind, and be gone from the repository. So a file is written down before it is there, with
/// its digest: what is ours by that and wanted no longer goes, whatever history says.
public struct Deposits: Sendable {
    private let state: FileTree
    private static let path = "/host-files"
    /// Commits; more than these don't stay unfinished on one host.
    private static let limit = 64
    /// Bytes: of a hundred thousand files.
    private static let size = 64 << 20
    private let noted = Noted()

    public init(stateDirectory: String) { state = FileTree(root: stateDirectory) }

    /// Oldest first. Of a commit and a path the last line counts, and of commits the latest.
    public func all() throws(FileError) -> [Deposit] {
        let text = String(decoding: try state.readIfPresent(Self.path, limit: Self.size) ?? [], as: UTF8.self)
        let lines = text.split(separator: "\n").compactMap(Deposit.init(line:))
        var seen: Set<Deposit.Key> = []
        return kept(lines.reversed().filter { seen.insert($0.key).inserted }.reversed())
    }

    /// Files that were written for any commit.
    public func paths() throws(FileError) -> Set<HostPath> { Set(try all().map(\.path)) }

    /// A file is about to be written. What stands there already is not looked at: a line more is cheaper, for one of thousands of files.
    func note(_ change: FileChange, for commit: CommitID?) throws(FileError) {
        guard let commit, let new = change.new else { return }
        let deposit = Deposit(commit: commit, path: change.path, digest: GitObjectID(blob: new.bytes), resources: change.resources)
        // What is tried again and again has its line.
        if noted.has(deposit), try state.kind(of: Self.path) != nil { return }
        // The line before it may have been cut off with the power.
        try state.append(Array("\n\(deposit.line)\n".utf8), to: Self.path, mode: 0o600)
        noted.add(deposit)
    }

    /// The commit's files are there, and no others of ours.
    /// - Parameter contents: the files of the host, by path.
    public func settle(_ commit: CommitID, _ files: [PlacedFile], _ contents: [String: SourceText]) throws(FileError) {
        let settled = files.compactMap { file in
            contents[file.path.text].map {
                Deposit(commit: commit, path: file.path, digest: GitObjectID(blob: $0.bytes), resources: file.resources)
            }
        }
        guard try all() != settled else { return }
        try write(settled)
    }

    /// Those of the latest commits.
    private func kept(_ deposits: [Deposit]) -> [Deposit] {
        var latest: Set<CommitID> = []
        for commit in deposits.reversed().map(\.commit) where latest.count < Self.limit { latest.insert(commit) }
        return deposits.filter { latest.contains($0.commit) }
    }

    private func write(_ deposits: [Deposit]) throws(FileError) {
        try state.write(Array(deposits.map { $0.line + "\n" }.joined().utf8), to: Self.path, mode: 0o600)
        noted.clear()
    }
}

/// What this process has noted since the file was written anew.
private final class Noted: Sendable {
    private let deposits = Mutex<[Deposit.Key: Deposit]>([:])

    func has(_ deposit: Deposit) -> Bool { deposits.withLock { $0[deposit.key] == deposit } }
    func add(_ deposit: Deposit) { deposits.withLock { $0[deposit.key] = deposit } }
    func clear() { deposits.withLock { $0 = [:] } }
}

extension Deposit {
    fileprivate struct Key: Hashable {
        let commit: CommitID
        let path: HostPath
    }

    fileprivate var key: Key { Key(commit: commit, path: path) }

    /// Separated by tabs.
    fileprivate var line: String { ([commit.hex, digest.hex, path.text] + resources).joined(separator: "\t") }

    /// Nil for what is no such line.
    fileprivate init?(line: Substring) {
        let words = line.split(separator: "\t")
        guard words.count >= 3, let commit = CommitID(words[0]), let digest = GitObjectID(words[1]) else { return nil }
        self.init(commit: commit, path: HostPath(words[2]), digest: digest, resources: words.dropFirst(3).map(String.init))
    }
}
