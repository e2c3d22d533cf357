internal import Glibc

/// What changes whenever a file is written or replaced, or its owner or mode is changed; for comparing only.
public struct FileStamp: Hashable, Sendable {
    private let device: UInt
    private let inode: UInt
    private let size: Int
    /// In nanoseconds since 1970.
    private let modified: Int
    private let changed: Int

    init(_ status: stat) {
        (device, inode, size) = (UInt(status.st_dev), UInt(status.st_ino), Int(status.st_size))
        (modified, changed) = (Self.nanoseconds(status.st_mtim), Self.nanoseconds(status.st_ctim))
    }

    private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }

    /// Whether the file may be written once more without another stamp: the kernel's clock ticks some hundred times a second only, and another
    /// machine that writes to the same file system has its own.
    public var isFresh: Bool { abs(Self.nanoseconds(Self.now) - changed) < 2_000_000_000 }

    /// How long ago it was changed, by this machine's clock.
    public var age: Duration { .nanoseconds(max(0, Self.nanoseconds(Self.now) - changed)) }

    private static var now: timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time
    }
}
