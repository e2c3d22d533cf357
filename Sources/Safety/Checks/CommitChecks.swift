internal import ClusterModel
internal import Diagnostics
public import Planning
internal import Steps

/// Pacemaker would refuse the transaction, and say so of a file that nobody knows.
enum SchemaCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        evidence.plan.misfits.map { Objection(.refusal, $0.description) }
    }
}

/// A plan that deletes more than half of what is managed.
public struct MassDeletion {
    /// Up to so many deletions need no word, however few objects are left.
    static let unremarkable = 10

    let count: Int

    public init?(_ plan: Plan) {
        count = plan.changes.count { $0.action == .delete }
        guard count > Self.unremarkable, 2 * count > plan.managedCount else { return nil }
    }
}

/// A state that could not be read must never become an empty one.
enum MassDeletionCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let deletion = MassDeletion(evidence.plan), !evidence.restoresKnownTree else { return [] }
        guard evidence.commit?.trailer("Allow-Mass-Delete").contains(where: { $0.lowercased() == "yes" }) != true else { return [] }
        return [
            Objection(
                .refusal, "the commit would delete \(deletion.count) of \(evidence.plan.managedCount) managed objects",
                trailer: "Allow-Mass-Delete: yes")
        ]
    }
}

/// Nobody goes behind what the cluster has: not with an old commit that a node has kept, and not because history was rewritten.
enum LineageCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard case .behind(let applied, let isFresh) = evidence.lineage else { return [] }
        guard isFresh else {
            let known = evidence.commit?.id.short ?? "an older commit"
            return [
                Objection(
                    .lack, "the cluster is at \(applied.short), and this node knows only \(known)", remedy: "the repository has to answer first")
            ]
        }
        // The first commit of a repository that was imported from this very cluster, say: it has another history, and changes nothing.
        guard !evidence.plan.isEmpty else { return [] }
        let word = "Allow-Rewind"
        let allowed = evidence.commit?.trailer(word) ?? []
        guard !allowed.contains(where: { $0.count >= 7 && applied.hex.hasPrefix($0) }) else { return [] }
        return [
            Objection(
                .refusal, "the history was rewritten: the cluster is at \(applied.short), which this commit does not follow",
                remedy: "rebase it onto \(applied.short)", trailer: "\(word): \(applied.short)")
        ]
    }
}

/// What Pacemaker itself has against the result.
enum VerificationCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        switch evidence.verification {
        case .notAsked, .content, .remarks: []
        case .complaints(let lines):
            [Objection(.refusal, "Pacemaker does not accept the result:\n" + lines.joined(separator: "\n"))]
        case .unknown(let reason): [Objection(.trouble, "crm_verify can't be asked: \(reason)")]
        }
    }
}
