public import ClusterModel
public import LiveState
public import Records
public import Safety
public import Steps

/// What happens to a node: answers to what it asked for, moments that have come, things that have moved, wishes of people.
public enum Event: Sendable {
    case started
    case timer(TimerID)
    /// Something moved that nobody asked for.
    case moved(Source)
    case fetched(Fetched)
    indirect case observed(LiveState)
    indirect case planned(Evidence)
    indirect case looked(Glance)
    case performed(StepID, StepOutcome)
    /// What was to be announced is known to all.
    case published
    /// What was asked for can't be had.
    case failed(Trouble)
    case requested(Request)

    public enum Source: Hashable, Sendable {
        /// The repository: somebody pushed.
        case repository
        /// The configuration of the cluster.
        case cluster
        /// A file of this host, or a secret.
        case host
    }

    public enum Fetched: Hashable, Sendable {
        /// The newest commit, as the server says, and those that came between it and the one known before.
        case head(Commit, passed: [CommitID])
        /// The newest commit that is known here, as the server does not answer, and why.
        case kept(Commit, String)
        /// There is none.
        case nothing(String)

        var isAway: Bool {
            switch self {
            case .head: false
            case .kept, .nothing: true
            }
        }
    }

    public enum Trouble: Hashable, Sendable {
        /// The cluster or the host can't be asked; it may answer later.
        case unavailable(String)
        /// The commit can't be read or understood.
        case invalid(String)
    }

    /// What people ask of a node, whoever hands it on.
    public enum Request: Hashable, Sendable {
        case reconcile
        /// Let nothing be changed in the whole cluster, until its time is over or somebody resumes.
        case suspend(Suspension)
        case resume
        /// Don't wait for the health of the commit in force: go back now.
        case rollback

        public var name: String {
            switch self {
            case .reconcile: "reconcile"
            case .suspend: "suspend"
            case .resume: "resume"
            case .rollback: "rollback"
            }
        }
    }
}

/// A timer of the machine; one that was set anew since is passed over.
public struct TimerID: Hashable, Sendable {
    public enum Purpose: Hashable, Sendable { case fetch, look, retry, hold }

    public let purpose: Purpose
    let number: Int
}
