public import CIB
public import ClusterModel
public import Records

/// What the judgement of a commit, a change of the leader or the wish of a person leaves in the cluster's record, and in what else of the CIB is ours.
public enum RecordEdit: Hashable, Sendable {
    /// The commit is in force and healthy.
    case good(CommitID)
    /// The commit is not healthy, and is not worked on until a newer one comes.
    case held(CommitID, because: String)
    /// This node writes from now on.
    case leader(NodeName)
    /// Nothing is changed from now on.
    case suspend(Suspension)
    case resume
    /// These are held no longer.
    case endHolds(Set<String>)
    /// These were stopped for a commit that was given up, and may run again; this node writes from now on.
    case lift(Set<ResourceID>, by: NodeName)

    /// Whether a person or a policy asks for it, and no commit has to be approved.
    public var isAskedFor: Bool {
        switch self {
        case .good, .held, .leader, .lift: false
        case .suspend, .resume, .endHolds: true
        }
    }

    public var title: String {
        switch self {
        case .good(let commit): "confirm \(commit.short)"
        case .held(let commit, _): "hold \(commit.short)"
        case .leader(let node): "lead from \(node)"
        case .suspend: "suspend"
        case .resume: "resume"
        case .endHolds: "end holds"
        case .lift(let resources, _): "lift the ban of \(resources.sorted().list)"
        }
    }

    /// Adds to the edits what makes the CIB what this says.
    public func write(to edits: inout Edits, of cib: CIB) {
        ClusterRecord(in: cib).applying(self).write(to: &edits, of: cib)
        guard case .lift(let resources, _) = self else { return }
        for ban in resources.sorted().map({ ClusterRecord.ban(of: $0) }) where cib[ban] != nil { edits.remove(ban) }
    }
}

extension ClusterRecord {
    /// The record as an edit leaves it. A commit is good only while it is the one in force, and held while that is so, or a part of it is in.
    public func applying(_ edit: RecordEdit) -> ClusterRecord {
        var record = self
        switch edit {
        case .good(let commit): if applied == commit { record.good = commit }
        case .held(let commit, let reason): if applied == commit || begun == commit { record.hold(commit, because: reason) }
        case .leader(let node), .lift(_, by: let node): record.leader = node
        case .suspend(let suspension): record.suspension = suspension
        case .resume: record.suspension = nil
        case .endHolds(let names): record.endedHolds = names
        }
        return record
    }
}
