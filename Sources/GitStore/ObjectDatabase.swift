import CLibgit2
import ClusterModel
import Host

/// An open repository of libgit2: objects and references, never the network. One actor owns it.
final class ObjectDatabase {
    private let handle: Handle
    var pointer: OpaquePointer { handle.pointer }

    static let library: Void = { git_libgit2_init() }()

    /// Commits whose parents were left out: the repository is a shallow copy.
    let shallow: Set<CommitID>
    /// By commit: its parents, and its time. These never change.
    private var ancestries: [CommitID: (parents: [CommitID], time: Int64)] = [:]

    /// Opens a bare repository exactly here, not one further up.
    init(at path: String) throws(LibraryError) {
        _ = Self.library
        shallow = Self.shallow(path)
        handle = try Handle(git_repository_free) {
            git_repository_open_ext(&$0, path, GIT_REPOSITORY_OPEN_BARE.rawValue, nil)
        }
    }

    /// The objects of a repository that is too damaged to be opened; it has no references.
    init(objects path: String) throws(LibraryError) {
        _ = Self.library
        shallow = []
        let store = try Handle(git_odb_free) { git_odb_open(&$0, path) }
        handle = try Handle(git_repository_free) { git_repository_wrap_odb(&$0, store.pointer) }
    }

    /// gitrepository-layout(5) on the file shallow: "This is similar to info/grafts but is internally used and maintained by shallow clone mechanism":
    /// a commit in each line, which has no parents here.
    private static func shallow(_ path: String) -> Set<CommitID> {
        guard let bytes = try? FileTree().readIfPresent(path + "/shallow") else { return [] }
        return Set(bytes.split(separator: UInt8(ascii: "\n")).compactMap { CommitID(String(decoding: $0, as: UTF8.self)) })
    }

    func ancestry(of id: CommitID) throws(LibraryError) -> (parents: [CommitID], time: Int64) {
        if let known = ancestries[id] { return known }
        let commit = try stored(id)
        let ancestry = (parents: shallow.contains(id) ? [] : commit.parents, time: commit.time)
        ancestries[id] = ancestry
        return ancestry
    }

    func contains(_ id: GitObjectID) throws(LibraryError) -> Bool {
        let store = try Handle(git_odb_free) { git_repository_odb(&$0, pointer) }
        guard var oid = id.oid else { return false }
        return git_odb_exists(store.pointer, &oid) == 1
    }

    func blob(_ id: GitObjectID) throws(LibraryError) -> [UInt8] {
        var oid = try Self.oid(id)
        let blob = try Handle(git_blob_free) { git_blob_lookup(&$0, pointer, &oid) }
        return Array(
            UnsafeRawBufferPointer(start: git_blob_rawcontent(blob.pointer), count: Int(git_blob_rawsize(blob.pointer)))
        )
    }

    /// The size of a blob in bytes, without reading it.
    func size(of id: GitObjectID) throws(LibraryError) -> Int {
        var oid = try Self.oid(id)
        let store = try Handle(git_odb_free) { git_repository_odb(&$0, pointer) }
        var size = 0
        var type = GIT_OBJECT_BLOB
        try LibraryError.check(git_odb_read_header(&size, &type, store.pointer, &oid))
        return size
    }

    func tree(_ id: GitObjectID) throws(LibraryError) -> Handle {
        var oid = try Self.oid(id)
        return try Handle(git_tree_free) { git_tree_lookup(&$0, pointer, &oid) }
    }

    func commit(_ id: GitObjectID) throws(LibraryError) -> Handle {
        var oid = try Self.oid(id)
        return try Handle(git_commit_free) { git_commit_lookup(&$0, pointer, &oid) }
    }

    static func oid(_ id: GitObjectID) throws(LibraryError) -> git_oid {
        guard let oid = id.oid else {
            throw LibraryError(code: GIT_ENOTFOUND.rawValue, message: "\(id) is not the name of an object")
        }
        return oid
    }
}
