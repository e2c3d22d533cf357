import CLibgit2
public import ClusterModel

/// The name of an object of git: a blob, a tree, a commit. Equal names mean equal bytes.
public struct GitObjectID: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    public init(_ commit: CommitID) { hex = commit.hex }

    /// Nil for anything that is not a full object name.
    public init?(_ hex: some StringProtocol) {
        guard let id = CommitID(hex) else { return nil }
        self.init(id)
    }

    public var description: String { hex }
}

extension GitObjectID {
    /// The name that git would give these bytes.
    public init(blob bytes: [UInt8]) {
        _ = ObjectDatabase.library
        var oid = git_oid()
        git_odb_hash(&oid, bytes, bytes.count, GIT_OBJECT_BLOB)
        self.init(oid)
    }

    init(_ oid: git_oid) {
        hex = withUnsafeBytes(of: oid.id) { bytes in
            String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
                for (index, byte) in bytes.enumerated() {
                    digits[2 * index] = Self.digit(byte >> 4)
                    digits[2 * index + 1] = Self.digit(byte & 15)
                }
                return 2 * bytes.count
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }

    /// For libgit2, which reads 40 digits of SHA-1; nil for a name in SHA-256.
    var oid: git_oid? {
        var oid = git_oid()
        guard hex.utf8.count == 40, git_oid_fromstr(&oid, hex) == 0 else { return nil }
        return oid
    }
}
