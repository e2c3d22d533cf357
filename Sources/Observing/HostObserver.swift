internal import DRBDSyntax
internal import Diagnostics
public import Host
public import LiveState
internal import Planning
public import Repository

/// Reads the files of one host that the repository may know.
public struct HostObserver: Sendable {
    private let tree: FileTree
    private let memory: HostMemory

    /// - Parameter memory: of one tree, for whoever looks at it again and again.
    public init(tree: FileTree, memory: HostMemory = HostMemory()) {
        self.tree = tree
        self.memory = memory
    }

    /// - Parameter mounts: the mount points of the cluster's own file systems, and whether the cluster says that they are
    ///   mounted here. Where it is not looked for: none.
    /// - Returns: all `.res` and `.cfg` files in the directories that the policies name, and what drbdadm reads. What can't be read is "unknown", never "absent".
    public func files(for policies: [Policy], mounts: [String: Bool]) -> LiveFiles {
        var files = LiveFiles(unmounted: unmounted(mounts))
        files.mounted = Set(mounts.keys).subtracting(files.unmounted)
        files.drbd = DRBDObserver.reading(tree, memory)
        let known = Dictionary(files.drbd.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for directory in Set(policies.map(\.drbdDirectory)) {
            collect(directory, into: &files, knowing: known) { $0.hasSuffix(".res") || $0 == "global_common.conf" }
        }
        for directory in Set(policies.map(\.xenDirectory)) {
            collect(directory, into: &files) { $0.hasSuffix(".cfg") }
        }
        return files
    }

    /// Single files; one that is not there is left out.
    public func files(at paths: [String]) -> LiveFiles {
        var files = LiveFiles()
        for path in paths where (try? tree.kind(of: path)) != .some(nil) { read(path, into: &files) }
        return files
    }

    /// "The O2CB cluster stack … the cluster configuration is registered with configfs" (ocfs2(7)): a directory for each cluster, and in it one for each node.
    public func registeredNodes() -> [String: Set<String>] {
        let clusters = (try? tree.entries(of: Self.configfs))?.filter { $0.kind == .directory }.map(\.name) ?? []
        return clusters.reduce(into: [:]) { registered, cluster in
            guard let nodes = try? tree.entries(of: "\(Self.configfs)/\(cluster)/node") else { return }
            registered[cluster] = Set(nodes.filter { $0.kind == .directory }.map(\.name))
        }
    }

    private static let configfs = "/sys/kernel/config/cluster"

    /// When files were written, in seconds since 1970; those that are not there are left out.
    public func times(of paths: [String]) -> [String: Int64] {
        Dictionary(paths.compactMap { path in tree.modificationTime(of: path).map { (path, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// A mount table that can't be read says nothing about mounts: they count as missing, and nothing is written below them.
    private func unmounted(_ mounts: [String: Bool]) -> Set<String> {
        guard !mounts.isEmpty else { return [] }
        let table = try? MountTable()
        return Set(mounts.filter { directory, isActive in !isActive || table?.has(directory) != true }.keys)
    }

    /// - Parameter known: what has been read of them already.
    private func collect(
        _ directory: String, into files: inout LiveFiles, knowing known: [String: SourceText] = [:], where isOurs: (String) -> Bool
    ) {
        do {
            for name in try tree.regularFiles(in: directory) where isOurs(name) {
                let path = "\(directory)/\(name)"
                if let source = known[path] { files.contents[path] = source } else { read(path, into: &files) }
            }
        } catch {
            // A directory that isn't there holds no files: it is made when the first one is written.
            if !error.isMissing { files.unreadable[directory] = error.finding.message }
        }
    }

    private func read(_ path: String, into files: inout LiveFiles) {
        do {
            files.contents[path] = try memory.text(of: path, in: tree)
        } catch {
            files.unreadable[path] = error.finding.message
        }
    }
}
