internal import XML

/// A file system that Pacemaker mounts.
public struct ManagedFilesystem: Hashable, Sendable {
    /// The id of the primitive.
    public let name: String
    /// The mount point, without a slash at its end.
    public let directory: String
}

extension CIBObject {
    /// The file of a domU: the parameter `xmfile` of `ocf:heartbeat:Xen`.
    public var domainFile: String? {
        guard element.name == "primitive", element["type"] == "Xen" else { return nil }
        return element.all("instance_attributes").flatMap(\.children).first { $0["name"] == "xmfile" }?["value"]
    }
}

extension CIB {
    /// The file systems that the cluster mounts.
    public var filesystems: [ManagedFilesystem] { objects.filesystems }
}

extension [CIBObject] {
    /// The file systems of `ocf:heartbeat:Filesystem` primitives.
    public var filesystems: [ManagedFilesystem] {
        compactMap { object in
            guard object.element.name == "primitive", object.element["type"] == "Filesystem" else { return nil }
            let parameters = object.element.all("instance_attributes").flatMap(\.children)
            guard let directory = parameters.first(where: { $0["name"] == "directory" })?["value"] else { return nil }
            let trimmed = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
            return ManagedFilesystem(name: object.id.name, directory: trimmed)
        }
    }
}
