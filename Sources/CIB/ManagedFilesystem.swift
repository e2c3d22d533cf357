/// A file system that Pacemaker mounts.
public struct ManagedFilesystem: Hashable, Sendable {
    /// The id of the primitive.
    public let name: String
    /// The mount point, without a slash at its end.
    public let directory: String
}

extension CIB {
    /// The file systems that the cluster mounts.
    public var filesystems: [ManagedFilesystem] { resourceTree.filesystems }

    /// The DRBD resources that primitives stand for.
    public var drbdResources: Set<String> {
        let tree = resourceTree
        return Set(objects.compactMap(tree.drbdResource))
    }
}

extension ResourceTree {
    /// The file systems of `ocf:heartbeat:Filesystem` primitives.
    public var filesystems: [ManagedFilesystem] {
        objects.compactMap { object in
            mountPoint(of: object).map { ManagedFilesystem(name: object.id.name, directory: $0) }
        }
    }
}
