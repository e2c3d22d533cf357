public import ClusterModel
public import Host

/// The files that were put on this host, and the commits that they were put there for, kept in the state directory.
///
/// The record in the CIB is ahead of a host: the DC commits before the other nodes have removed what goes. And a commit that was given
/// up for a newer one may have left files behind, and be gone from the repository. So a file is written down before it is there.
public struct Deposits: Sendable {
    private let state: FileTree
    private static let path = "/host-files"
    /// Commits; more than these don't stay unfinished on one host.
    private static let limit = 64

    public init(stateDirectory: String) { state = FileTree(root: stateDirectory) }

    /// The commits whose files may be on this host, oldest first.
    public func commits() throws(FileError) -> [CommitID] { try entries().map(\.commit) }

    /// Files that were written for any of these commits.
    public func paths() throws(FileError) -> Set<HostPath> { Set(try entries().flatMap(\.paths)) }

    /// A file is about to be written.
    func note(_ path: HostPath, for commit: CommitID?) throws(FileError) {
        guard let commit else { return }
        var all = try entries()
        if let index = all.firstIndex(where: { $0.commit == commit }) {
            guard !all[index].paths.contains(path) else { return }
            all[index].paths.append(path)
        } else {
            all = all.suffix(Self.limit - 1) + [Entry(commit: commit, paths: [path])]
        }
        try write(all)
    }

    /// The commit's files are there, and no others of ours.
    public func settle(_ commit: CommitID, _ paths: [HostPath]) throws(FileError) {
        let settled = [Entry(commit: commit, paths: paths.sorted())]
        guard try entries() != settled else { return }
        try write(settled)
    }

    private struct Entry: Hashable {
        let commit: CommitID
        var paths: [HostPath]
    }

    /// A line for each commit, its paths behind it, separated by tabs.
    private func entries() throws(FileError) -> [Entry] {
        let text = String(decoding: try state.readIfPresent(Self.path) ?? [], as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: "\t")
            return words.first.flatMap { CommitID($0) }.map { Entry(commit: $0, paths: words.dropFirst().map { HostPath($0) }) }
        }
    }

    private func write(_ entries: [Entry]) throws(FileError) {
        let lines = entries.map { ([$0.commit.hex] + $0.paths.map(\.text)).joined(separator: "\t") + "\n" }
        try state.write(Array(lines.joined().utf8), to: Self.path, mode: 0o600)
    }
}
