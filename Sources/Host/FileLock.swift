import Glibc

/// Keeps two processes from using one state directory at once. The kernel lets go of it when the process ends, however
/// it ends; the file stays, for removing it would let two processes lock two files of one name.
public struct FileLock: ~Copyable, Sendable {
    private let file: Descriptor

    /// Takes the lock at once or not at all.
    /// - Throws: `FileError` whose reason is `.locked(by:)` when another process, or this one, holds it.
    public init(_ path: String) throws(FileError) {
        let file = try Descriptor(opening: path, to: "lock", O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o644)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            guard code == EWOULDBLOCK else { throw FileError("lock", path, .system(code)) }
            throw FileError("lock", path, .locked(by: Self.holder(in: file)))
        }
        guard ftruncate(file.number, 0) == 0 else { throw FileError("lock", path, .system(errno)) }
        try file.writeAll(Array("\(getpid())\n".utf8))
        self.file = file
    }

    /// Takes the lock when whoever has it lets go of it.
    /// - Throws: `FileError` when the time is up; `CancellationError`.
    public static func waiting(for path: String, limit: Duration) async throws -> FileLock {
        let end = ContinuousClock.now + limit
        while true {
            do throws(FileError) {
                return try FileLock(path)
            } catch {
                guard case .locked = error.reason, ContinuousClock.now < end else { throw error }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private static func holder(in file: borrowing Descriptor) -> Int32? {
        guard let bytes = try? file.readAll(limit: 64) else { return nil }
        return Int32(String(decoding: bytes, as: UTF8.self).prefix { $0.isNumber })
    }
}
