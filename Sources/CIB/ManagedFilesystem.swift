/// A file system that Pacemaker mounts.
public struct ManagedFilesystem: Hashable, Sendable {
    /// The id of the primitive.
    public let name: String
    /// The mount point, without a slash at its end.
    public let directory: String
}

extension CIB {
    /// The file systems that the cluster mounts.
    public var filesystems: [ManagedFilesystem] { objects.filesystems }

    public var resourceTree: ResourceTree { ResourceTree(objects) }

    /// The DRBD resources that primitives stand for.
    public var drbdResources: Set<String> {
        let tree = resourceTree
        return Set(objects.compactMap(tree.drbdResource))
    }
}

extension [CIBObject] {
    /// The file systems of `ocf:heartbeat:Filesystem` primitives.
    public var filesystems: [ManagedFilesystem] {
        let tree = ResourceTree(self)
        return compactMap { object in
            tree.mountPoint(of: object).map { ManagedFilesystem(name: object.id.name, directory: $0) }
        }
    }
}
