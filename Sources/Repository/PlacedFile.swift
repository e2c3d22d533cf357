public import ClusterModel

/// A file of a commit at its place on a host.
public struct PlacedFile: Hashable, Sendable {
    public let path: HostPath
    /// The DRBD resources that it defines.
    public let resources: [String]

    public init(path: HostPath, resources: [String]) {
        self.path = path
        self.resources = resources
    }
}

extension Policy {
    /// Where a file of the repository belongs on the host.
    public func path(of file: HostFile) -> String {
        switch file.format {
        case .drbd: "\(drbdDirectory)/\(file.name)"
        case .xen: "\(xenDirectory)/\(file.name)"
        case .corosync: "/etc/corosync/\(file.name)"
        case .ocfs2: "/etc/ocfs2/\(file.name)"
        case .shell: "/etc/default/\(file.name)"
        }
    }
}

extension DesiredState {
    /// Where its files belong.
    public var placedFiles: [PlacedFile] { files.map { PlacedFile(path: HostPath(policy.path(of: $0)), resources: $0.resources) } }
}
