public import CIB
public import ClusterModel
public import LiveState
public import Records
public import Steps

/// What the machine asks of the world. Each of these but timers and words is answered by one event.
public enum Directive: Sendable {
    /// Ask the repository for its newest commit, and for those between it and the one known so far.
    case fetch(since: CommitID?)
    /// Look at the cluster: CIB, status, announcements.
    case observe
    /// Read both sides of a commit, compare, ask those who have to be asked. `isFresh`: the server was heard. What is contested, matters of
    /// changes and paths of files, stays as it is.
    indirect case plan(target: CommitID, head: Commit, LiveState, isFresh: Bool, contested: Set<String>)
    /// A cheap look at the announcements, and at the status where that may end the wait.
    case look(withStatus: Bool)
    /// With a permit of the approval in hand.
    case perform(StepID)
    /// Write a field of the cluster's record, with a permit of the approval in hand.
    case write(RecordEdit)
    case publish(Announcement)
    case start(TimerID, after: Duration)
    indirect case tell(Occurrence)
}

/// What people, logs, notes and metrics hear of.
public enum Occurrence: Sendable {
    case found(Commit)
    /// The newest commit that is known here stays in force.
    case serverAway(Commit, String)
    case serverBack
    /// `drift`: what of a commit that has converged is not so any more, by class; empty for one that is on its way.
    case planned(CommitID, create: Int, change: Int, delete: Int, drift: [DriftClass: Int])
    /// The transaction is about to be made: with what was done before it.
    indirect case committing(Work)
    case performed(Step)
    case waiting(CommitID?, Wait.Name, String)
    indirect case concluded(Conclusion)
    /// A commit has waited for a while, and goes on waiting.
    case delayed(Delay)
    /// There is no commit at all to work on.
    case stranded(String)
    /// What a person has held for too long is about to be put right, by name.
    case holdsEnd([String])
    /// What a request came to.
    case answered(Event.Request, String)
}

/// How a commit ended on this node, with what was done for it here.
public struct Conclusion: Sendable {
    public let commit: CommitID
    public let result: CommitResult
    public let text: String
    public let work: Work?

    public init(commit: CommitID, result: CommitResult, text: String, work: Work?) {
        self.commit = commit
        self.result = result
        self.text = text
        self.work = work
    }
}
