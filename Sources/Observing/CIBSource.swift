public import CIB
public import Diagnostics
internal import Host

/// Where the CIB is: in a running cluster, or in a file.
public enum CIBSource: Hashable, Sendable {
    case cluster
    case file(String)

    /// What Pacemaker's tools find in their environment: CIB_file names a file to work on instead of the running cluster.
    public var environment: [String: String] {
        switch self {
        case .cluster: [:]
        case .file(let path): ["CIB_file": path]
        }
    }

    /// Reads the CIB.
    /// - Parameter keepingStatus: what runs where is needed only to ask what Pacemaker would do.
    /// - Throws: `Finding` where it is no CIB; `CommandError` or `FileError` where it can't be had.
    public func read(keepingStatus: Bool = false) async throws -> CIB {
        try CIB(parsing: await text(), keepingStatus: keepingStatus)
    }

    /// The same as text.
    public func text() async throws -> SourceText {
        switch self {
        case .cluster:
            let output = try await Command("cibadmin", ["--query"], limit: .seconds(30)).run().orThrow()
            return SourceText(path: "the live CIB", bytes: output.bytes)
        case .file(let path):
            let (tree, name) = FileTree.resolving(path)
            return SourceText(path: path, bytes: try tree.read(name, limit: 512 << 20))
        }
    }
}
