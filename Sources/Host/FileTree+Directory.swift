import Glibc

extension FileTree {
    public enum Kind: Hashable, Sendable {
        case regular, directory, symbolicLink, other
    }

    /// What stands at a path, a symbolic link not followed; nil for nothing.
    public func kind(of path: String) throws(FileError) -> Kind? {
        let place = try checked(path, "look at")
        var status = stat()
        guard lstat(place, &status) == 0 else {
            let error = FileError("look at", place, .system(errno))
            guard error.isMissing else { throw error }
            return nil
        }
        return Kind(mode: status.st_mode)
    }

    /// Changes whenever the file is written, replaced, or may be used by others. Nil for one that can't be looked at.
    public func stamp(of path: String) -> FileStamp? {
        guard let place = try? checked(path, "look at") else { return nil }
        var status = stat()
        return lstat(place, &status) == 0 ? FileStamp(status) : nil
    }

    /// When a file was written, in seconds since 1970; nil for one that can't be looked at.
    public func modificationTime(of path: String) -> Int64? {
        guard let place = try? checked(path, "look at") else { return nil }
        var status = stat()
        return lstat(place, &status) == 0 ? Int64(status.st_mtim.tv_sec) : nil
    }

    /// True for a file that others than its owner may use; false for one that can't be looked at.
    public func isExposed(_ path: String) -> Bool {
        guard let place = try? checked(path, "look at") else { return false }
        var status = stat()
        return lstat(place, &status) == 0 && status.st_mode & (S_IRWXG | S_IRWXO) != 0
    }

    /// True for what belongs to the user that we run as.
    public func isOurs(_ path: String) throws(FileError) -> Bool {
        try open(path, "look at", O_RDONLY | O_NOFOLLOW | O_NONBLOCK).status().st_uid == geteuid()
    }

    /// True for a regular file that only root can have put there: it, all directories above it, and, where a symbolic link
    /// stands for it, what that leads to are root's, and nobody else may write to them.
    public func isRootsOwn(_ path: String) -> Bool {
        guard let place = try? checked(path, "look at"), let real = try? realPath(of: path) else { return false }
        var status = stat()
        guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return [place, real].allSatisfy(Self.isRootsOwnWay)
    }

    private static func isRootsOwnWay(_ place: String) -> Bool {
        var way = ""
        for component in place.split(separator: "/") {
            way += "/" + component
            var status = stat()
            guard stat(way, &status) == 0, status.st_uid == 0, status.st_mode & (S_IWGRP | S_IWOTH) == 0 else { return false }
        }
        return true
    }

    /// Everything in a directory, with its kind, sorted by name.
    public func entries(of directory: String) throws(FileError) -> [(name: String, kind: Kind)] {
        let place = try checked(directory, "list")
        guard let stream = opendir(place) else { throw FileError("list", place, .system(errno)) }
        defer { closedir(stream) }
        var entries: [(name: String, kind: Kind)] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            guard name != ".", name != "..", let kind = Self.kind(of: name, Int(entry.pointee.d_type), in: stream) else { continue }
            entries.append((name, kind))
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// "All applications must properly handle a return of DT_UNKNOWN" (readdir(3)).
    private static func kind(of name: String, _ type: Int, in stream: OpaquePointer) -> Kind? {
        if type != DT_UNKNOWN { return Kind(mode: mode_t(type << 12)) }  // DTTOIF of <dirent.h>
        var status = stat()
        return fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? Kind(mode: status.st_mode) : nil
    }

    /// The names of a directory's regular files, sorted; symbolic links are not among them.
    public func regularFiles(in directory: String) throws(FileError) -> [String] {
        try entries(of: directory).filter { $0.kind == .regular }.map(\.name)
    }

    /// Makes a directory and those above it; one that exists stays as it is.
    public func makeDirectory(_ path: String, mode: UInt32 = 0o755) throws(FileError) {
        let place = try checked(path, "create")
        var made = place.hasPrefix("/") ? "" : "."
        for component in place.split(separator: "/") {
            made += "/" + component
            guard mkdir(made, mode) == 0 || errno == EEXIST else { throw FileError("create", made, .system(errno)) }
        }
    }

    /// Removes a file, or a directory with all that is in it; symbolic links go, what they point to stays. What another process removes at the same
    /// time is no error.
    public func removeAll(_ path: String) throws(FileError) {
        do {
            try removeTree(path)
        } catch {
            guard error.isMissing else { throw error }
        }
    }

    private func removeTree(_ path: String) throws(FileError) {
        guard let kind = try kind(of: path) else { return }
        let place = try checked(path, "remove")
        guard kind == .directory else {
            guard unlink(place) == 0 || errno == ENOENT else { throw FileError("remove", place, .system(errno)) }
            return
        }
        for entry in try entries(of: path) { try removeAll(path + "/" + entry.name) }
        guard rmdir(place) == 0 || errno == ENOENT else { throw FileError("remove", place, .system(errno)) }
    }

    /// Lets the group of one file or directory have another one too, as far as modes go; where that may not be done it is not.
    public func giveGroup(of model: String, to path: String) {
        var status = stat()
        guard stat(location(of: model), &status) == 0 else { return }
        chown(location(of: path), ~0, status.st_gid)
    }

    /// Gives a file or a directory another name on the same file system, for good.
    public func move(_ path: String, to other: String) throws(FileError) {
        let (from, to) = (try checked(path, "move"), try checked(other, "move"))
        guard rename(from, to) == 0 else { throw FileError("move", from, .system(errno)) }
        try Descriptor.flushDirectory(of: to)
    }

    /// The absolute path behind every symbolic link.
    public func realPath(of path: String) throws(FileError) -> String {
        let place = location(of: path)
        guard let real = realpath(place, nil) else { throw FileError("find", place, .system(errno)) }
        defer { free(real) }
        return String(cString: real)
    }
}

extension FileTree.Kind {
    fileprivate init(mode: UInt32) {
        switch mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .symbolicLink
        default: self = .other
        }
    }
}
