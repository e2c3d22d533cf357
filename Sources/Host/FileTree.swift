import Glibc

/// The files of the machine, or of a directory that stands for it (`--root DIR`).
///
/// Paths are absolute as the host knows them: `/etc/drbd.d/xps-101.res`. The last component is never followed when it
/// is a symbolic link, and `..` is refused.
public struct FileTree: Hashable, Sendable {
    /// Without a slash at its end; empty for the machine itself.
    public let root: String

    public init(root: String = "/") {
        self.root = String(root.reversed().drop { $0 == "/" }.reversed())
    }

    /// A path as a person gives it, who may well say `..`: the directory that it names something in, and the path from there.
    public static func resolving(_ path: String) -> (tree: FileTree, path: String) {
        if path == ".." || path.hasSuffix("/..") { return (FileTree(root: path), "/") }
        guard let slash = path.lastIndex(of: "/") else { return (FileTree(root: "."), "/" + path) }
        return (FileTree(root: String(path[...slash])), String(path[slash...]))
    }

    /// Where the file is really found.
    public func location(of path: String) -> String {
        root.isEmpty || path.hasPrefix("/") ? root + path : root + "/" + path
    }

    /// All bytes of a regular file.
    ///
    /// - Parameter isPrivate: whether it is refused when others than its owner may use it.
    public func read(_ path: String, limit: Int = 4 << 20, isPrivate: Bool = false) throws(FileError) -> [UInt8] {
        try readWithMode(path, limit: limit, isPrivate: isPrivate).bytes
    }

    /// The same, and whether its owner may execute the file.
    public func readWithMode(
        _ path: String, limit: Int = 4 << 20, isPrivate: Bool = false
    ) throws(FileError) -> (bytes: [UInt8], isExecutable: Bool) {
        let file = try open(path, "read", O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("read", file.path, .notRegular) }
        if isPrivate, status.st_mode & (S_IRWXG | S_IRWXO) != 0 {
            throw FileError("read", file.path, .exposed(mode: status.st_mode & 0o7777))
        }
        return (try file.readAll(expecting: Int(status.st_size), limit: limit), status.st_mode & S_IXUSR != 0)
    }

    /// The same, or nil when there is no such file.
    public func readIfPresent(_ path: String, limit: Int = 4 << 20) throws(FileError) -> [UInt8]? {
        do {
            return try read(path, limit: limit)
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
    }

    /// Removes a file for good: when this returns, a power failure doesn't bring it back. A missing file is no error.
    public func remove(_ path: String) throws(FileError) {
        let place = try checked(path, "remove")
        guard unlink(place) == 0 || errno == ENOENT else { throw FileError("remove", place, .system(errno)) }
        try Descriptor.flushDirectory(of: place)
    }

    func open(_ path: String, _ action: String, _ flags: Int32, mode: UInt32 = 0) throws(FileError) -> Descriptor {
        try Descriptor(opening: checked(path, action), to: action, flags, mode: mode)
    }

    func checked(_ path: String, _ action: String) throws(FileError) -> String {
        guard !path.climbs else { throw FileError(action, path, .outside) }
        return location(of: path)
    }
}

extension String {
    /// Whether one of its components is `..`; of thousands of paths hardly any has two dots in a row.
    fileprivate var climbs: Bool {
        let dot = UInt8(ascii: ".")
        guard zip(utf8, utf8.dropFirst()).contains(where: { $0 == dot && $1 == dot }) else { return false }
        return split(separator: "/").contains("..")
    }
}
