import Glibc

extension FileTree {
    /// Adds bytes to the end of a file; one that is not there is made. Who reads meanwhile sees a part of them at worst.
    ///
    /// - Parameter isLasting: whether they have to survive a power failure from here on.
    /// - Returns: how many bytes the file has now.
    @discardableResult
    public func append(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644, isLasting: Bool = true) throws(FileError) -> Int {
        let isNew = try kind(of: path) == nil
        let file = try open(path, "append to", O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, mode: mode)
        try file.writeAll(bytes)
        if isLasting {
            try file.flush()
            if isNew { try Descriptor.flushDirectory(of: file.path) }
        }
        return Int(try file.status().st_size)
    }
}
