internal import CLinux
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Tells when something moves in one of several directories, as inotify(7) hears of it: that, and not what.
///
/// A directory that is not there yet is waited for; one that is removed, renamed or made anew is found again by the next `arm`.
public final class DirectoryWatch: Sendable {
    private let descriptor: Int32
    nonisolated(unsafe) private let source: any DispatchSourceRead  // made once, and only ended
    private let watches = Mutex<[String: Watched]>([:])
    private let tell: @Sendable () -> Void

    private struct Watched: Hashable {
        let number: Int32
        let device: UInt
        let inode: UInt
        /// The directory itself, or the nearest one above it that is there.
        let place: String
    }

    /// - Parameter tell: is called when something has moved; once for all that comes together.
    /// - Throws: where the kernel gives none: fs.inotify.max_user_instances.
    public init(_ tell: @escaping @Sendable () -> Void) throws(FileError) {
        self.tell = tell
        descriptor = inotify_init1(Int32(O_CLOEXEC | O_NONBLOCK))  // inotify_init1(2) takes these under names of its own
        guard descriptor >= 0 else { throw FileError("watch", "/", .system(errno)) }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        self.source = source
        source.setEventHandler { [weak self] in self?.drain() }
        source.setCancelHandler { [descriptor] in close(descriptor) }
        source.activate()
    }

    deinit { source.cancel() }

    /// Watches these directories, and no others. What moved before it returns may go unheard: look after it.
    ///
    /// - Returns: those of which not everything is heard: the kernel has no watch left, or others change them too, over a network.
    public func arm(_ directories: some Sequence<String>) -> Set<String> {
        watches.withLock { watches in
            var unheard: Set<String> = []
            var armed: [String: Watched] = [:]
            for directory in directories {
                armed[directory] = watch(directory, knowing: watches[directory])
                if armed[directory] == nil || Self.isShared(directory) { unheard.insert(directory) }
            }
            let used = Set(armed.values.map(\.number))
            for number in Set(watches.values.map(\.number)).subtracting(used) { inotify_rm_watch(descriptor, number) }
            watches = armed
            return unheard
        }
    }

    private func watch(_ directory: String, knowing known: Watched?) -> Watched? {
        var place = directory
        while true {
            var status = stat()
            if stat(place, &status) == 0 {
                if let known, known.place == place, known.device == UInt(status.st_dev), known.inode == UInt(status.st_ino) { return known }
                let number = inotify_add_watch(descriptor, place, Self.mask)
                guard number < 0 else { return Watched(number: number, device: UInt(status.st_dev), inode: UInt(status.st_ino), place: place) }
                guard errno == ENOENT || errno == ENOTDIR else { return nil }
            }
            guard place != "/", place != "." else { return nil }
            place = Descriptor.parent(of: place).directory
        }
    }

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

    /// Whether other machines change what is there: of that inotify hears nothing.
    private static func isShared(_ directory: String) -> Bool {
        var status = statfs()
        guard statfs(directory, &status) == 0 else { return false }
        return sharedFileSystems.contains(UInt32(truncatingIfNeeded: status.f_type))
    }

    /// statfs(2), and linux/magic.h: NFS, SMB, CIFS, SMB2, OCFS2, GFS2, Ceph, AFS, 9P, FUSE.
    private static let sharedFileSystems: Set<UInt32> = [
        0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x7461_636F, 0x0116_1970, 0x00C3_6400, 0x5346_414F, 0x0102_1997, 0x6573_5546,
    ]

    // MARK: Hearing

    /// Also of a queue that ran over: whoever is told looks at everything.
    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var hasMoved = false
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            hasMoved = true
            forget(Self.ended(in: buffer[..<count]))
        }
        if hasMoved { tell() }
    }

    /// Watches that the kernel has taken away: their directories are gone.
    private func forget(_ numbers: Set<Int32>) {
        guard !numbers.isEmpty else { return }
        watches.withLock { watches in watches = watches.filter { !numbers.contains($0.value.number) } }
    }

    /// `struct inotify_event`: the watch, a mask, a cookie, the length of a name, and the name.
    private static func ended(in bytes: ArraySlice<UInt8>) -> Set<Int32> {
        var numbers: Set<Int32> = []
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset + 16 <= bytes.count {
                let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                if mask & UInt32(IN_IGNORED) != 0 { numbers.insert(bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)) }
                offset += 16 + Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            }
        }
        return numbers
    }

    // MARK: For tests

    /// Lets events gather in the kernel's queue.
    func stopHearing() { source.suspend() }
    func hearAgain() { source.resume() }
}
