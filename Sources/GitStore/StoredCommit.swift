import CLibgit2
import ClusterModel

/// A commit as it is stored, read as git reads it: what makes no sense is passed over. libgit2 refuses a commit whose author has no address, or
/// whose date is words; some tools wrote such, years ago, and no history gets rid of them.
struct StoredCommit {
    var tree = ""
    private(set) var parents: [CommitID] = []
    private(set) var author = ""
    /// Seconds since 1970-01-01 00:00 UTC; 0 where the date is no number.
    private(set) var time: Int64 = 0
    private(set) var message = ""

    init(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
            take(String(decoding: rest[..<end], as: UTF8.self))
            rest = rest[rest.index(after: end)...]
        }
        message = String(decoding: rest.drop { $0 == UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Other lines are of no interest here; a line of a signature begins with a blank.
    private mutating func take(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2, line.first != " " else { return }
        switch words[0] {
        case "tree": tree = String(words[1])
        case "parent": if let parent = CommitID(words[1]) { parents.append(parent) }
        case "author": author = Self.name(words[1])
        case "committer": time = Self.time(words[1])
        default: break
        }
    }

    /// `Ada <ada@example.org>` of `Ada <ada@example.org> 1700000000 +0000`.
    private static func name(_ text: Substring) -> String {
        guard let end = text.lastIndex(of: ">") else { return String(text) }
        return String(text[...end])
    }

    private static func time(_ text: Substring) -> Int64 {
        let fields = text.split(separator: " ")
        return fields.dropLast().last.flatMap { Int64($0) } ?? 0
    }
}

extension ObjectDatabase {
    func stored(_ id: CommitID) throws(LibraryError) -> StoredCommit {
        try object(GitObjectID(id), of: GIT_OBJECT_COMMIT) { StoredCommit($0) }
    }

    /// The commit that a reference stands for, through annotated tags; nil for another object.
    func commit(behind id: GitObjectID) throws(LibraryError) -> CommitID? {
        var id = id
        for _ in 0..<16 {
            switch try type(of: id) {
            case GIT_OBJECT_COMMIT: return CommitID(id.hex)
            case GIT_OBJECT_TAG:
                guard let target = try object(id, of: GIT_OBJECT_TAG, Self.target) else { return nil }
                id = target
            default: return nil
            }
        }
        return nil
    }

    /// git-mktag(1): a tag begins with "object <hash>".
    private static func target(_ bytes: UnsafeRawBufferPointer) -> GitObjectID? {
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return line.hasPrefix("object ") ? GitObjectID(line.dropFirst("object ".count)) : nil
    }

    private func type(of id: GitObjectID) throws(LibraryError) -> git_object_t {
        var (oid, size, type) = (try Self.oid(id), 0, GIT_OBJECT_BLOB)
        let store = try Handle(git_odb_free) { git_repository_odb(&$0, pointer) }
        try LibraryError.check(git_odb_read_header(&size, &type, store.pointer, &oid))
        return type
    }

    private func object<Value>(
        _ id: GitObjectID, of type: git_object_t, _ body: (UnsafeRawBufferPointer) -> Value
    ) throws(LibraryError) -> Value {
        var oid = try Self.oid(id)
        let store = try Handle(git_odb_free) { git_repository_odb(&$0, pointer) }
        let object = try Handle(git_odb_object_free) { git_odb_read(&$0, store.pointer, &oid) }
        guard git_odb_object_type(object.pointer) == type else {
            throw LibraryError(code: GIT_ENOTFOUND.rawValue, message: "\(id) is another kind of object")
        }
        return body(UnsafeRawBufferPointer(start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer)))
    }
}
