import ClusterModel
import Host
import Testing

@testable import GitStore

/// A bare repository that stands for the server, and a directory for everything else; gone with the test.
final class Origin: Sendable {
    let directory: String
    var path: String { directory + "/origin.git" }
    var state: String { directory + "/state" }
    private let files = FileTree()

    init() async throws {
        directory = try await Command("mktemp", ["-d", "/tmp/coxswain-git-XXXXXX"]).run().orThrow().text.trimmed
        try await git(["init", "-q", "--bare", "-b", "main", path], in: directory)
    }

    deinit { try? files.removeAll(directory) }

    /// git as a person would run it, with an identity, and nothing of this machine's configuration.
    @discardableResult
    func git(_ arguments: [String], in place: String? = nil, input: String = "") async throws -> String {
        let identity = ["GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"]
        let committer = ["GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"]
        let config = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]
        let command = Command(
            "git", arguments, environment: identity.merging(committer) { $1 }.merging(config) { $1 },
            input: Array(input.utf8), directory: place ?? path, limit: .seconds(60))
        return try await command.run().orThrow().text.trimmed
    }

    /// Commits exactly these files on a branch, without a checkout.
    @discardableResult
    func commit(
        _ contents: [String: String], message: String = "change", branch: String = "main", onto parent: String? = nil
    ) async throws -> CommitID {
        try await git(["read-tree", "--empty"])
        for (name, text) in contents {
            let blob = try await git(["hash-object", "-w", "--stdin"], input: text)
            try await git(["update-index", "--add", "--cacheinfo", "100644,\(blob),\(name)"])
        }
        return try await commit(tree: git(["write-tree"]), message: message, branch: branch, onto: parent)
    }

    /// Commits a tree that `git mktree` makes of these lines: names and modes that no checkout would have.
    @discardableResult
    func commit(entries: [String], branch: String = "main") async throws -> CommitID {
        let lines = entries.map { $0 + "\0" }.joined()
        return try await commit(
            tree: git(["mktree", "-z", "--missing"], input: lines), message: "odd", branch: branch, onto: nil)
    }

    func commit(tree: String, message: String, branch: String, onto parent: String?) async throws -> CommitID {
        let old = parent == "" ? nil : try? await git(["rev-parse", "-q", "--verify", parent ?? branch])
        let parents = old.map { ["-p", $0] } ?? []
        let id = try await git(["commit-tree", tree, "-m", message] + parents)
        try await git(["update-ref", "refs/heads/\(branch)", id])
        return try #require(CommitID(id))
    }

    func blob(_ bytes: [UInt8]) async throws -> String {
        try files.write(bytes, to: directory + "/blob")
        return try await git(["hash-object", "-w", "--no-filters", directory + "/blob"])
    }

    func mirror(state: String? = nil) throws -> Mirror {
        try Mirror(of: Remote(path), state: state ?? self.state)
    }

    func fetched(state: String? = nil) async throws -> Mirror {
        let mirror = try mirror(state: state)
        _ = try await mirror.fetch(limit: .seconds(60))
        return mirror
    }

    func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws {
        try files.write(Array(text.utf8), to: path, mode: mode)
    }
}

extension String {
    var trimmed: String { String(reversed().drop(while: \.isWhitespace).reversed()) }
}

/// SplitMix64: the same numbers on every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

let brisk = Retries(attempts: 200) { .milliseconds($0 % 7 + 1) }

/// The reason of the failure that an operation must end in.
func reason(of operation: () async throws -> some Any) async -> GitFailure.Reason? {
    do {
        _ = try await operation()
        return nil
    } catch {
        return (error as? GitFailure)?.reason
    }
}
