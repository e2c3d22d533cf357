internal import ClusterModel
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Records

/// A record that can't be read is not one that is not there: what the cluster was brought to is not known, and so not what is to be deleted.
enum RecordCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.live.record.unreadable.sorted { $0.key < $1.key }.map { name, value in
            Objection(
                .lack, "the cluster's record is damaged: \(name) is \"\(value.terminalSafe)\", which is no commit",
                remedy: "write the commit there that it was, which coxswain history knows: crm configure property coxswain: \(name)=COMMIT")
        }
    }
}

/// What was not healthy, and was gone back from, is not tried again by itself.
enum HeldCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        let record = evidence.live.record
        guard let commit = evidence.plan.commit, commit == record.held, record.target(head: commit) != commit else { return [] }
        return [
            Objection(
                .refusal, "\(commit.short) is held: it was not healthy, and the cluster has gone back to \(record.target(head: commit).short)",
                remedy: "push a newer commit; coxswain history says what was wrong with this one")
        ]
    }
}
