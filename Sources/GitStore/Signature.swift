import CLibgit2

/// Who has made a commit, and when.
struct Signature: ~Copyable {
    let pointer: UnsafeMutablePointer<git_signature>

    /// Of a commit of notes, now.
    init(of ref: NotesRef) throws(LibraryError) {
        self.pointer = try Self.made { git_signature_now(&$0, "Coxswain on \(ref.node)", "coxswain@\(ref.node)") }
    }

    /// - Parameter time: seconds since 1970-01-01 00:00 UTC.
    init(_ name: String, _ address: String, at time: Int64) throws(LibraryError) {
        self.pointer = try Self.made { git_signature_new(&$0, name, address, time, 0) }
    }

    private static func made(
        _ make: (inout UnsafeMutablePointer<git_signature>?) -> Int32
    ) throws(LibraryError) -> UnsafeMutablePointer<git_signature> {
        var signature: UnsafeMutablePointer<git_signature>?
        let code = make(&signature)
        guard code >= 0, let signature else { throw LibraryError.last(code) }
        return signature
    }

    deinit { git_signature_free(pointer) }
}
