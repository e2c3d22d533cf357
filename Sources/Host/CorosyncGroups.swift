internal import Diagnostics
internal import Glibc

/// libcpg (corosync/cpg.h): what of it is needed. Its name, version 4, is the same since Corosync 2.
struct CorosyncGroups: Sendable {
    private typealias Deliver = @convention(c) (UInt64, UnsafeRawPointer?, UInt32, UInt32, UnsafeRawPointer?, Int) -> Void
    private typealias Initialize = @convention(c) (UnsafeMutablePointer<UInt64>, UnsafeMutableRawPointer) -> Int32
    private typealias Act = @convention(c) (UInt64) -> Int32
    private typealias Dispatch = @convention(c) (UInt64, Int32) -> Int32
    private typealias Descriptor = @convention(c) (UInt64, UnsafeMutablePointer<Int32>) -> Int32
    private typealias Join = @convention(c) (UInt64, UnsafeRawPointer) -> Int32
    private typealias SetContext = @convention(c) (UInt64, UnsafeMutableRawPointer) -> Int32
    private typealias GetContext = @convention(c) (UInt64, UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Int32
    private typealias Send = @convention(c) (UInt64, Int32, UnsafePointer<iovec>, UInt32) -> Int32

    private let initialize: Initialize
    private let finalize: Act
    private let dispatchAll: Dispatch
    private let descriptor: Descriptor
    private let joinGroup: Join
    private let setContext: SetContext
    private let getContext: GetContext
    private let multicast: Send

    /// `CS_OK`, `CS_ERR_TRY_AGAIN`, `CS_DISPATCH_ALL`, `CPG_TYPE_AGREED`, `CPG_MAX_NAME_LENGTH`.
    private static let (ok, again, all, agreed, longestName): (Int32, Int32, Int32, Int32, Int) = (1, 6, 2, 2, 128)

    private static let shared = CorosyncGroups()

    static func loaded() throws(Finding) -> CorosyncGroups {
        guard let shared else { throw .error("Corosync's library is not here (libcpg.so.4)", remedy: "apt-get install corosync") }
        return shared
    }

    private init?() {
        guard let library = dlopen("libcpg.so.4", RTLD_NOW | RTLD_LOCAL) else { return nil }
        func find<Function>(_ name: String, as type: Function.Type) -> Function? { dlsym(library, name).map { unsafeBitCast($0, to: type) } }
        guard let initialize = find("cpg_initialize", as: Initialize.self), let finalize = find("cpg_finalize", as: Act.self),
            let dispatchAll = find("cpg_dispatch", as: Dispatch.self), let descriptor = find("cpg_fd_get", as: Descriptor.self),
            let joinGroup = find("cpg_join", as: Join.self), let setContext = find("cpg_context_set", as: SetContext.self),
            let getContext = find("cpg_context_get", as: GetContext.self), let multicast = find("cpg_mcast_joined", as: Send.self)
        else { return nil }
        self.initialize = initialize
        self.finalize = finalize
        self.dispatchAll = dispatchAll
        self.descriptor = descriptor
        self.joinGroup = joinGroup
        self.setContext = setContext
        self.getContext = getContext
        self.multicast = multicast
    }

    /// - Parameter ear: an `Ear`, which lives until the group is left.
    func join(_ name: String, _ ear: UnsafeMutableRawPointer) throws(Finding) -> (handle: UInt64, descriptor: Int32) {
        var handle: UInt64 = 0
        let deliver: Deliver = { handle, _, _, _, bytes, count in
            var ear: UnsafeMutableRawPointer?
            guard let groups = CorosyncGroups.shared, groups.getContext(handle, &ear) == 1, let ear, let bytes else { return }
            Unmanaged<Ear>.fromOpaque(ear).takeUnretainedValue().hear(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
        }
        // cpg_callbacks_t: who is told of messages, and of members; of these nobody.
        var callbacks: (Deliver?, UnsafeRawPointer?) = (deliver, nil)
        try check(withUnsafeMutablePointer(to: &callbacks) { initialize(&handle, $0) }, "can't be asked")
        do throws(Finding) {
            try check(setContext(handle, ear), "can't be asked")
            var file: Int32 = -1
            try check(descriptor(handle, &file), "can't be listened to")
            // struct cpg_name: a length, and 128 bytes.
            var words = withUnsafeBytes(of: UInt32(min(name.utf8.count, Self.longestName))) { Array($0) } + name.utf8.prefix(Self.longestName)
            words += [UInt8](repeating: 0, count: 4 + Self.longestName - words.count)
            try check(joinGroup(handle, words), "lets nobody into the group \(name)")
            return (handle, file)
        } catch {
            leave(handle)
            throw error
        }
    }

    private func check(_ code: Int32, _ words: String) throws(Finding) {
        if code != Self.ok { throw .error("Corosync \(words) (error \(code))", remedy: "corosync-cpgtool has to work here") }
    }

    /// Hands on what has come.
    /// - Returns: whether Corosync is still there.
    func dispatch(_ handle: UInt64) -> Bool { [Self.ok, Self.again].contains(dispatchAll(handle, Self.all)) }

    func leave(_ handle: UInt64) { _ = finalize(handle) }

    /// Corosync says when it has too much to do; it is asked a few times.
    func send(_ message: [UInt8], _ handle: UInt64) {
        message.withUnsafeBytes { bytes in
            var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
            for _ in 0..<20 {
                guard multicast(handle, Self.agreed, &part, 1) == Self.again else { return }
                usleep(10_000)
            }
        }
    }
}
