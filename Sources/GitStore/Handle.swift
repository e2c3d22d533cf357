import CLibgit2

/// An object of libgit2, freed with its owner. It never leaves the actor that made it.
struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let release: (OpaquePointer?) -> Void

    init(
        _ release: @escaping (OpaquePointer?) -> Void, _ open: (inout OpaquePointer?) -> Int32
    ) throws(LibraryError) {
        var pointer: OpaquePointer?
        let code = open(&pointer)
        guard code >= 0, let pointer else { throw LibraryError.last(code) }
        self.pointer = pointer
        self.release = release
    }

    deinit { release(pointer) }
}

/// What a function of libgit2 refused, in its own words.
struct LibraryError: Error, Hashable {
    let code: Int32
    let message: String

    /// `git_error_last` is of this thread: it must be read in the function that made the call.
    static func last(_ code: Int32) -> LibraryError {
        let words = git_error_last().flatMap { $0.pointee.message }.map { String(cString: $0) }
        return LibraryError(code: code, message: words ?? "libgit2 error \(code)")
    }

    static func check(_ code: Int32) throws(LibraryError) {
        guard code >= 0 else { throw last(code) }
    }

    var isMissing: Bool { code == GIT_ENOTFOUND.rawValue }

    /// libgit2 doesn't open a repository of another user.
    var isForeign: Bool { code == GIT_EOWNER.rawValue }
}
