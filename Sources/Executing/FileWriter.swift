internal import ClusterModel
internal import Diagnostics
public import Host
internal import Planning
public import Steps

/// Puts the files of a plan onto the host, and takes them away, keeping what was there.
public struct FileWriter: Sendable {
    private let tree: FileTree
    private let backups: FileTree

    /// - Parameter backupDirectory: where the previous version of every file that changes is kept.
    public init(tree: FileTree, backupDirectory: String) {
        self.tree = tree
        backups = FileTree(root: backupDirectory)
    }

    public func write(_ change: FileChange) throws(FileError) {
        guard let new = change.new else { return }
        try keep(change)
        try tree.makeDirectory(parent(of: change.path.text))
        try tree.write(new.bytes, to: change.path.text, mode: change.holdsSecrets ? 0o600 : 0o644)
    }

    public func remove(_ change: FileChange) throws(FileError) {
        try keep(change)
        try tree.remove(change.path.text)
    }

    private func keep(_ change: FileChange) throws(FileError) {
        guard let old = change.old else { return }
        try backups.makeDirectory(parent(of: change.path.text))
        try backups.write(old.bytes, to: change.path.text, mode: 0o600)
    }

    private func parent(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
}
