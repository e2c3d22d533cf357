internal import ClusterModel
internal import Diagnostics
internal import Records

/// How commits have ended on this node, as it was told: each end is told once.
struct Endings: Sendable {
    private var known: [(commit: CommitID, result: CommitResult, text: String)] = []
    /// Commits; an older one that turns up again may be told again.
    private static let limit = 512

    /// - Returns: whether that is news.
    mutating func note(_ commit: CommitID, _ result: CommitResult, _ text: String) -> Bool {
        let former = known.firstIndex { $0.commit == commit }.map { known.remove(at: $0) }
        known = known.suffix(Self.limit - 1) + [(commit, result, text)]
        guard let former, former.result == result else { return true }
        // What speaks against a commit may become something else; what goes wrong differs in its words only.
        return (result == .refused || result == .invalid) && former.text.shape != text.shape
    }

    var last: (commit: CommitID, result: CommitResult, text: String)? { known.last }

    func end(of commit: CommitID) -> (commit: CommitID, result: CommitResult, text: String)? { known.last { $0.commit == commit } }

    /// How a commit ended last.
    subscript(commit: CommitID) -> (result: CommitResult, text: String)? { end(of: commit).map { ($0.result, $0.text) } }
}
