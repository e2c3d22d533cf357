internal import Diagnostics
internal import Presenting
internal import Records

/// The servers that show the state of a commit, each in its own words.
public enum CodeHost: String, Hashable, Sendable, CaseIterable { case github, gitea, gitlab }

/// The state of a commit on one node, for a code host.
struct CommitStatus: Hashable, Sendable {
    /// `passed`: a newer commit has taken its place, and nobody knows what would have come of it.
    enum State: Hashable, Sendable { case pending, success, failure, passed }

    let commit: String
    let state: State
    /// Under which name it stands beside those of others.
    private let context: String
    private let words: String

    /// - Returns: nil for what says nothing about the state of a commit.
    init?(_ entry: LogEntry, node: String) {
        guard let commit = entry.commit, let event = entry.event.flatMap(Occasion.init), let state = State(event, entry.proposal) else {
            return nil
        }
        (self.commit, self.state) = (commit, state)
        // Another node may be the one that plans the next time.
        context = entry.proposal.map { "coxswain/plan/\($0.cluster)" } ?? "coxswain/\(node)"
        words = entry.message.singleLine
    }

    private struct GitHub: Encodable { let state, context, description: String }
    private struct GitLab: Encodable { let state, name, description: String }

    /// GitHub's REST API, "Create a commit status"; Gitea and Forgejo take the same. GitLab, "Set commit pipeline status".
    func body(for host: CodeHost) -> String {
        let description = String(words.prefix(Self.longest))
        switch host {
        case .github, .gitea: return JSON.line(GitHub(state: state.word(of: host), context: context, description: description))
        case .gitlab: return JSON.line(GitLab(state: state.word(of: host), name: context, description: description))
        }
    }

    /// Below the address of the repository in the host's API.
    var path: String { "/statuses/\(commit)" }

    static func header(_ host: CodeHost, token: String) -> String {
        host == .gitlab ? "PRIVATE-TOKEN: \(token)" : "Authorization: token \(token)"
    }

    /// GitHub takes no more.
    private static let longest = 140
}

extension CommitStatus.State {
    fileprivate init?(_ event: Occasion, _ proposal: LogEntry.Proposal?) {
        switch event {
        case .proposal:
            guard let proposal else { return nil }
            self = proposal.verdict.isGood ? .success : .failure
        case .planned, .delayed, .waiting, .found: self = .pending
        case .converged: self = .success
        case .superseded: self = .passed
        case .refused, .failed, .rolledBack, .unhealthy, .held: self = .failure
        case .drift, .performed, .repositoryAway, .repositoryBack, .stranded, .request: return nil
        }
    }

    /// GitHub knows error, failure, pending and success; Gitea and Forgejo a warning too, which GitHub does not take.
    fileprivate func word(of host: CodeHost) -> String {
        switch self {
        case .pending: host == .gitlab ? "running" : "pending"
        case .success: "success"
        case .failure: host == .gitlab ? "failed" : "failure"
        case .passed:
            switch host {
            case .github: "error"
            case .gitea: "warning"
            case .gitlab: "canceled"
            }
        }
    }
}
