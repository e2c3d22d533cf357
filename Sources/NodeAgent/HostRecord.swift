internal import ClusterModel
internal import Host

/// The commits whose files may be on this host, kept in the state directory.
///
/// The record in the CIB is ahead of a host: the DC commits before the other nodes have removed what goes. And a commit that
/// was given up for a newer one may have left files behind. So a commit is written down before its first file is, and
/// the others are struck off when one has converged.
struct HostRecord: Sendable {
    private let state: FileTree
    private static let path = "/host-commits"
    /// More commits than this don't stay unfinished on one host.
    private static let limit = 64

    init(stateDirectory: String) { state = FileTree(root: stateDirectory) }

    /// Oldest first; empty where nothing has been recorded yet.
    func commits() throws(FileError) -> [CommitID] {
        let text = String(decoding: try state.readIfPresent(Self.path) ?? [], as: UTF8.self)
        return text.split(separator: "\n").compactMap { CommitID($0) }
    }

    /// The commit's files are about to be written.
    func begin(_ commit: CommitID) throws(FileError) {
        let known = try commits()
        guard !known.contains(commit) else { return }
        try write(known.suffix(Self.limit - 1) + [commit])
    }

    /// The commit's files are there, and no others of ours.
    func settle(_ commit: CommitID) throws(FileError) {
        guard try commits() != [commit] else { return }
        try write([commit])
    }

    private func write(_ commits: [CommitID]) throws(FileError) {
        try state.write(Array(commits.map { $0.hex + "\n" }.joined().utf8), to: Self.path, mode: 0o600)
    }
}
