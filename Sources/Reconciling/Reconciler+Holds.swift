internal import CIB
internal import ClusterModel
internal import LiveState
internal import Planning
internal import Records
internal import Safety
internal import Steps

// What a person holds ends when the policy says so. Each node has its own clock and memory: the word of one, the DC, counts for all, and stands in the
// cluster's record, by which every node plans alike.
extension Reconciler {
    /// Nil where nothing ends that has not ended already.
    mutating func endHolds(_ evidence: Evidence, _ target: CommitID) -> [Directive]? {
        guard !evidence.overdueHolds.isEmpty, wish == nil, let live, let cluster = live.cluster else { return nil }
        let record = live.record
        guard cluster.dc == node.text, cluster.hasQuorum, record.applied == target, suspension?.isInForce(at: live.time) != true else { return nil }
        let new = Set(evidence.overdueHolds).subtracting(record.endedHolds)
        guard !new.isEmpty else { return nil }
        let edit = RecordEdit.endHolds(record.endedHolds.union(new))
        wish = (edit, nil)
        return [.tell(.holdsEnd(new.sorted()))] + (withdrawIntent() ?? write(edit))
    }

    /// Nobody else tells when the time of something is over.
    mutating func awaitOverdue(_ evidence: Evidence) -> [Directive] {
        guard !isOnce, let next = evidence.nextOverdue else { return [] }
        return [timer(.hold, after: next + .seconds(1))]
    }
}
