public import ClusterModel
public import Diagnostics
public import GitStore
public import Host
internal import LiveState
public import Repository
internal import Steps

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

    public init(stateDirectory: String) { state = FileTree(root: stateDirectory) }

    /// Oldest first.
    public func all() throws(FileError) -> [Deposit] {
        let text = String(decoding: try state.readIfPresent(Self.path) ?? [], as: UTF8.self)
        return text.split(separator: "\n").compactMap(Deposit.init(line:))
    }

    /// Files that were written for any commit.
    public func paths() throws(FileError) -> Set<HostPath> { Set(try all().map(\.path)) }

    /// A file is about to be written.
    func note(_ change: FileChange, for commit: CommitID?) throws(FileError) {
        guard let commit, let new = change.new else { return }
        let deposit = Deposit(commit: commit, path: change.path, digest: GitObjectID(blob: new.bytes), resources: change.resources)
        let known = try all()
        guard !known.contains(deposit) else { return }
        try write(kept(known, beside: commit).filter { $0.commit != commit || $0.path != change.path } + [deposit])
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
    private func kept(_ deposits: [Deposit], beside commit: CommitID) -> [Deposit] {
        var commits: [CommitID] = []
        for other in deposits.reversed().map(\.commit) where other != commit && !commits.contains(other) { commits.append(other) }
        let latest = Set(commits.prefix(Self.limit - 1))
        return deposits.filter { $0.commit == commit || latest.contains($0.commit) }
    }

    private func write(_ deposits: [Deposit]) throws(FileError) {
        try state.write(Array(deposits.map { $0.line + "\n" }.joined().utf8), to: Self.path, mode: 0o600)
    }
}

extension Deposit {
    /// Separated by tabs.
    fileprivate var line: String { ([commit.hex, digest.hex, path.text] + resources).joined(separator: "\t") }

    /// Nil for what is no such line.
    fileprivate init?(line: Substring) {
        let words = line.split(separator: "\t")
        guard words.count >= 3, let commit = CommitID(words[0]), let digest = GitObjectID(words[1]) else { return nil }
        self.init(commit: commit, path: HostPath(words[2]), digest: digest, resources: words.dropFirst(3).map(String.init))
    }
}
