public import Records

/// The kinds of things that happen on a node: the one vocabulary of the log, of who listens to it, and of notifications.
public enum Occasion: String, Codable, Hashable, Sendable, CaseIterable {
    /// A commit is the newest of the repository.
    case found
    /// What it would change is known, and may be done.
    case planned
    /// What is live is not as the commit in force says.
    case drift
    case performed
    case waiting
    /// A commit has waited for a minute, and goes on waiting.
    case delayed
    /// A commit was not good, and is not worked on until a newer one comes.
    case held
    case repositoryAway = "repository-away"
    case repositoryBack = "repository-back"
    /// There is no commit to work on.
    case stranded
    /// A person has asked for something.
    case request
    /// What a branch would do if it were merged is known.
    case proposal
    /// The ends of a commit.
    case converged, refused, failed, superseded, unhealthy
    case rolledBack = "rolled-back"

    public init(_ result: CommitResult) {
        self =
            switch result {
            case .converged: .converged
            case .invalid, .refused: .refused
            case .failed: .failed
            case .superseded: .superseded
            case .rolledBack: .rolledBack
            case .unhealthy: .unhealthy
            }
    }
}
