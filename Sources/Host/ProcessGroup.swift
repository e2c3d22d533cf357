public import Diagnostics
internal import Dispatch
internal import Glibc
internal import Synchronization

/// What the same program on all nodes of a cluster says to itself: a closed process group of Corosync's (cpg_overview(3)). What is said reaches all
/// members, in one order, or none; nothing of it is kept, and nobody waits for anybody.
///
/// Corosync's library is looked for when it is needed: where there is no cluster the program runs without.
public final class ProcessGroup: Sendable {
    private let library: CorosyncGroups
    private let handle: UInt64
    private let ear: Ear
    /// All calls are made here, one at a time.
    private let queue = DispatchQueue(label: "process group")
    nonisolated(unsafe) private let source: any DispatchSourceRead  // made once, and only ended
    private let waiting = Mutex(0)

    /// Messages on their way out.
    private static let mostWaiting = 256

    /// - Parameters:
    ///   - hear: is called with what any member has said, this one too.
    ///   - end: is called when Corosync is gone, once.
    /// - Throws: where there is no Corosync, or it lets nobody in.
    public init(_ name: String, hear: @escaping @Sendable ([UInt8]) -> Void, end: @escaping @Sendable () -> Void) throws(Finding) {
        let library = try CorosyncGroups.loaded()
        let ear = Ear(hear)
        let (handle, descriptor) = try library.join(name, Unmanaged.passUnretained(ear).toOpaque())
        self.library = library
        self.ear = ear
        self.handle = handle
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        self.source = source
        source.setEventHandler { [weak self] in
            guard !library.dispatch(handle) else { return }
            self?.source.cancel()
            end()
        }
        source.setCancelHandler { withExtendedLifetime(ear) { library.leave(handle) } }
        source.activate()
    }

    deinit { source.cancel() }

    /// Says it to all members.
    /// - Returns: whether it is on its way: with a slow cluster what is too much is lost.
    @discardableResult
    public func say(_ message: [UInt8]) -> Bool {
        let isTooMuch = waiting.withLock { waiting in
            guard waiting < Self.mostWaiting else { return true }
            waiting += 1
            return false
        }
        guard !isTooMuch else { return false }
        queue.async { [self] in
            defer { waiting.withLock { $0 -= 1 } }
            guard !source.isCancelled else { return }
            library.send(message, handle)
        }
        return true
    }
}

/// Who hears what is said in a group; C hands on a pointer to it.
final class Ear: Sendable {
    let hear: @Sendable ([UInt8]) -> Void

    init(_ hear: @escaping @Sendable ([UInt8]) -> Void) { self.hear = hear }
}
