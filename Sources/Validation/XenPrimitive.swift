internal import CIB
internal import Repository

/// A primitive of `ocf:heartbeat:Xen`.
struct XenPrimitive {
    let declaration: Declaration
    /// What `xmfile` says: a path on the hosts.
    let file: String
    /// `xps-101.cfg`.
    let fileName: Substring
    /// What `name` says: the domain that the agent looks for, instead of the one that the file names.
    let domain: String?
    let migrates: Bool
    /// The DRBD resources that hold its disks, by name.
    let storage: [String]

    /// - Parameter storage: what holds the disks of a domU, by the name of its file.
    init?(_ declaration: Declaration, _ options: ResourceTree, storage: (Substring) -> Set<String>) {
        guard let file = options.parameter("xmfile", of: declaration.object) else { return nil }
        self.declaration = declaration
        self.file = file
        fileName = file[(file.lastIndex(of: "/").map { file.index(after: $0) } ?? file.startIndex)...]
        domain = options.parameter("name", of: declaration.object)
        migrates = options.isTrue("allow-migrate", of: declaration.object)
        self.storage = storage(fileName).sorted()
    }

    var name: String { declaration.object.id.name }
    /// `/cluster/xen`.
    var directory: Substring { file.withoutDetours.dropLast(fileName.count + 1) }
}

/// A primitive of `ocf:heartbeat:Filesystem`.
struct Filesystem {
    let declaration: Declaration
    let device: String?
    let directory: String?
    /// `ext4`, `ocfs2`; nil where it is not said.
    let type: String?
    let isReadOnly: Bool
    /// "force_clones": somebody vouches for it.
    let isForced: Bool

    init(_ declaration: Declaration, _ options: ResourceTree) {
        self.declaration = declaration
        type = options.parameter("fstype", of: declaration.object).flatMap { $0 == "auto" || $0.isEmpty ? nil : $0 }
        isReadOnly = options.parameter("options", of: declaration.object)?.split(separator: ",").contains("ro") ?? false
        isForced = options.parameter("force_clones", of: declaration.object).map { Scalar.boolean.same($0, "true") } ?? false
        device = options.parameter("device", of: declaration.object)
        directory = options.parameter("directory", of: declaration.object)
    }

    var name: String { declaration.object.id.name }

    /// What the agent mounts on several nodes; and what a mount for reading writes to all the same.
    static let shareable: Set<String> = [
        "nfs4", "nfs", "efs", "smbfs", "cifs", "none", "gfs2", "glusterfs", "ceph", "ocfs2", "overlay", "overlayfs", "tmpfs", "cvfs", "lustre",
    ]
    static let journalled: Set<String> = ["ext4", "ext4dev", "ext3", "reiserfs", "reiser4", "xfs", "jfs"]

    func holds(_ path: String) -> Bool { directory.map { path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") } ?? false }
}
