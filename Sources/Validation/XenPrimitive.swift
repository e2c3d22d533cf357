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
    var directory: Substring { file.dropLast(fileName.count + 1) }
}

/// A primitive of `ocf:heartbeat:Filesystem`.
struct Filesystem {
    let declaration: Declaration
    let device: String?
    let directory: String?

    init(_ declaration: Declaration, _ options: ResourceTree) {
        self.declaration = declaration
        device = options.parameter("device", of: declaration.object)
        directory = options.parameter("directory", of: declaration.object)
    }

    var name: String { declaration.object.id.name }

    func holds(_ path: String) -> Bool { directory.map { path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") } ?? false }
}
