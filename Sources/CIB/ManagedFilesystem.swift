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
}

extension ResourceTree {
    /// The DRBD resources that primitives of `ocf:linbit:drbd` stand for.
    public var drbdResources: Set<String> { Set(objects.compactMap(drbdResource)) }

    /// The file systems of `ocf:heartbeat:Filesystem` primitives.
    public var filesystems: [ManagedFilesystem] {
        objects.compactMap { object in
            mountPoint(of: object).map { ManagedFilesystem(name: object.id.name, directory: $0) }
        }
    }
}
