import Glibc

extension FileTree {
    /// Puts bytes in a file's place at once and for good: a reader sees the old file or the new one, never half of
    /// one, and after a power failure it is one of the two.
    ///
    /// Mode and owner of an existing file are kept; a new one gets `mode`.
    ///
    /// - Parameter narrowing: whether an existing file loses what `mode` does not allow.
    public func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644, narrowing: Bool = false) throws(FileError) {
        let place = try checked(path, "write")
        let existing = try statusOfRegular(place)
        let draft = Self.draft(beside: place)
        do throws(FileError) {
            try fill(draft, with: bytes, like: existing, mode: mode, narrowing: narrowing)
            guard rename(draft, place) == 0 else { throw FileError("write", place, .system(errno)) }
        } catch {
            unlink(draft)
            throw FileError(error.action, place, error.reason)  // nobody knows the draft, whose name is another one each time
        }
        try Descriptor.flushDirectory(of: place)
    }

    /// Writes a file that is not there yet. Nobody reads it before it is whole, and until `flush` a power failure may take it away.
    public func create(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o644) throws(FileError) {
        let file = try open(path, "write", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        try file.writeAll(bytes)
        try file.change(mode: mode)  // whatever the umask is
    }

    /// Makes all last that was written on the file system of a directory: for thousands of files one wait.
    public func flush(_ directory: String) throws(FileError) {
        try open(directory, "flush", O_RDONLY | O_DIRECTORY).flushFileSystem()
    }

    /// A name that no other writer has, and that no include of `*.res` or `*.cfg` matches.
    private static func draft(beside place: String) -> String {
        let (directory, name) = Descriptor.parent(of: place)
        return "\(directory)/.\(name).\(String(UInt64.random(in: 0 ... .max), radix: 36)).new"
    }

    /// Removes drafts of writers that are no more. Whoever calls this knows that nobody writes in that directory now.
    public func removeDrafts(in directory: String) throws(FileError) {
        for name in try regularFiles(in: directory) where name.hasPrefix(".") && name.hasSuffix(".new") {
            let parts = name.dropFirst().dropLast(".new".count).split(separator: ".")
            guard parts.count > 1, let word = parts.last, UInt64(word, radix: 36) != nil else { continue }
            try remove(directory + "/" + name)
        }
    }

    /// Removes drafts of one file that are older than an hour: their writers are no more, be it on another node.
    public func removeOldDrafts(of path: String) throws(FileError) {
        let (directory, name) = Descriptor.parent(of: path)
        let now = Int64(time(nil))
        for draft in try regularFiles(in: directory) where draft.hasPrefix(".\(name).") && draft.hasSuffix(".new") {
            guard let written = modificationTime(of: directory + "/" + draft), now - written > 3600 else { continue }
            try remove(directory + "/" + draft)
        }
    }

    private func statusOfRegular(_ place: String) throws(FileError) -> stat? {
        var status = stat()
        guard lstat(place, &status) == 0 else {
            guard errno == ENOENT else { throw FileError("write", place, .system(errno)) }
            return nil
        }
        guard status.st_mode & S_IFMT != S_IFLNK else { throw FileError("write", place, .symbolicLink) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("write", place, .notRegular) }
        return status
    }

    private func fill(
        _ draft: String, with bytes: [UInt8], like existing: stat?, mode: UInt32, narrowing: Bool
    ) throws(FileError) {
        let file = try Descriptor(opening: draft, to: "write", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        try file.writeAll(bytes)
        if let existing { try file.own(existing.st_uid, existing.st_gid) }
        // After the owner: chown(2) clears the set-user-ID bits.
        try file.change(mode: existing.map { $0.st_mode & (narrowing ? mode : 0o7777) } ?? mode)
        try file.flush()
    }
}
