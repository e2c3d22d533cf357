import CLinux
import Glibc

/// An open file that closes itself.
struct Descriptor: ~Copyable {
    let number: Int32
    let path: String
    private let action: String

    init(opening path: String, to action: String, _ flags: Int32, mode: UInt32 = 0) throws(FileError) {
        number = open(path, flags | O_CLOEXEC, mode)
        self.path = path
        self.action = action
        // open(2): "ELOOP: … pathname was a symbolic link, and flags specified O_NOFOLLOW".
        guard number >= 0 else {
            throw FileError(action, path, errno == ELOOP ? .symbolicLink : .system(errno))
        }
    }

    deinit { close(number) }

    private borrowing func failure() -> FileError { FileError(action, path, .system(errno)) }

    borrowing func status() throws(FileError) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw failure() }
        return status
    }

    /// - Parameter size: how many bytes are expected; there may be more, or fewer.
    borrowing func readAll(expecting size: Int = 0, limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(max(0, min(size, limit)))
        var chunk = [UInt8](repeating: 0, count: size > 0 ? min(size + 1, 64 << 10) : 64 << 10)
        while true {
            let count = read(number, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw FileError(action, path, .tooLarge(limit: limit)) }
        }
    }

    borrowing func writeAll(_ bytes: [UInt8]) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            rest = rest.dropFirst(count)
        }
    }

    borrowing func own(_ user: UInt32, _ group: UInt32) throws(FileError) {
        guard fchown(number, user, group) == 0 else { throw failure() }
    }

    borrowing func change(mode: UInt32) throws(FileError) {
        guard fchmod(number, mode) == 0 else { throw failure() }
    }

    borrowing func flush() throws(FileError) {
        guard fsync(number) == 0 else { throw failure() }
    }

    /// syncfs(2): "synchronizes just the filesystem containing file referred to by the open file descriptor".
    borrowing func flushFileSystem() throws(FileError) {
        guard syncfs(number) == 0 else { throw failure() }
    }

    /// fsync(2): "Calling fsync() does not necessarily ensure that the entry in the directory containing the file has
    /// also reached disk. For that an explicit fsync() on a file descriptor for the directory is also needed."
    static func flushDirectory(of path: String) throws(FileError) {
        try Descriptor(opening: parent(of: path).directory, to: "flush", O_RDONLY | O_DIRECTORY).flush()
    }

    static func parent(of path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = String(path[..<slash])
        return (directory.isEmpty ? "/" : directory, String(path[path.index(after: slash)...]))
    }
}
