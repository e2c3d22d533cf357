public import ClusterModel
public import Records

/// What the judgement of a commit, or a change of the leader, leaves in the cluster's record.
public enum RecordEdit: Hashable, Sendable {
    /// The commit is in force and healthy.
    case good(CommitID)
    /// The commit is not healthy, and is not worked on until a newer one comes.
    case held(CommitID)
    /// This node writes from now on.
    case leader(NodeName)

    public var title: String {
        switch self {
        case .good(let commit): "confirm \(commit.short)"
        case .held(let commit): "hold \(commit.short)"
        case .leader(let node): "lead from \(node)"
        }
    }
}

extension ClusterRecord {
    /// The record as an edit leaves it. A commit is good, or held, only while it is the one in force.
    public func applying(_ edit: RecordEdit) -> ClusterRecord {
        var record = self
        switch edit {
        case .good(let commit): if applied == commit { record.good = commit }
        case .held(let commit): if applied == commit { record.held = commit }
        case .leader(let node): record.leader = node
        }
        return record
    }
}
