internal import DRBDSyntax
internal import Diagnostics
internal import Host
public import LiveState
internal import Synchronization

/// What was read of a host's files: one that stands as it stood is not read again.
public final class HostMemory: Sendable {
    private let files = Mutex<[String: (stamp: FileStamp, text: SourceText)]>([:])

    public init() {}

    /// The text of a file, as it is now.
    func text(of path: String, in tree: FileTree) throws(FileError) -> SourceText {
        // Looked at before it is read: what is written in between is read with the former stamp, and again the next time.
        let stamp = tree.stamp(of: path)
        if let known = files.withLock({ $0[path] }), known.stamp == stamp { return known.text }
        let text = SourceText(path: path, bytes: try tree.read(path))
        if let stamp, !stamp.isFresh { files.withLock { $0[path] = (stamp, text) } }
        return text
    }

    /// Forgets what is no longer among the files of the host.
    public func keep(_ live: LiveFiles) {
        let paths = Set(live.contents.keys).union(live.drbd.files.map(\.path))
        files.withLock { files in files = files.filter { paths.contains($0.key) } }
    }
}
