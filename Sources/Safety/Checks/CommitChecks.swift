public import CIB
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
        self.init(plan.managedDeletions.count, of: plan)
    }

    init?(_ count: Int, of plan: Plan) {
        guard count > Self.unremarkable, 2 * count > plan.managedCount else { return nil }
        self.count = count
    }

    /// The same, without what a state does not declare either that was in force before: a revert, say, which another commit follows.
    public init?(_ plan: Plan, beyond known: (ObjectID) -> Bool) {
        self.init(plan.managedDeletions.count(where: known), of: plan)
    }
}

/// A state that could not be read must never become an empty one.
enum MassDeletionCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let deletion = MassDeletion(evidence.plan), !evidence.restoresKnownTree else { return [] }
        guard !evidence.trailer("Allow-Mass-Delete").contains(where: { $0.lowercased() == "yes" }) else { return [] }
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
        switch evidence.lineage {
        case .descendant, .rewritten(_, isWelcome: true): []
        case .rewritten(let applied, isWelcome: false): unwelcome(evidence, applied)
        case .fromUnknown(let applied): unknown(evidence, applied)
        case .behind(let applied, isFresh: true): rewritten(evidence, applied)
        case .behind(let applied, isFresh: false): [ahead(evidence, applied)]
        }
    }

    /// The first commit of a repository that was imported from this very cluster, say: it has another history, and changes nothing. Where nobody
    /// knows what the former commit declared, whatever git does not declare may be what it took away.
    private static func changesNothing(_ evidence: Evidence) -> Bool {
        evidence.plan.isEmpty && (evidence.plan.knowsBase || evidence.plan.unmanaged.isEmpty)
    }

    private static func shallow(_ applied: CommitID) -> Objection {
        Objection(
            .lack, "the cluster is at \(applied.short), and this copy of the repository is shallow: it does not reach back so far",
            remedy: "git fetch --unshallow; in CI ask for the whole history (fetch-depth: 0, GIT_DEPTH: 0)")
    }

    /// The cluster may only be further than what this node knows.
    private static func ahead(_ evidence: Evidence, _ applied: CommitID) -> Objection {
        guard !evidence.isShallow else { return shallow(applied) }
        let known = evidence.commit?.id.short ?? "an older commit"
        return Objection(
            .lack, "the cluster is at \(applied.short), and this node knows only \(known)", remedy: "the repository has to answer first")
    }

    /// A word of the author does not help: nobody knows what to delete.
    private static func unknown(_ evidence: Evidence, _ applied: CommitID) -> [Objection] {
        guard !changesNothing(evidence) else { return [] }
        guard !evidence.isShallow else { return [shallow(applied)] }
        return [
            Objection(
                .lack,
                "the cluster is at \(applied.short), which is not in the repository, and this node never had it: what it has brought can't be told "
                    + "from what others made",
                remedy: "bring it into the history again, from a node's mirror that has it: git merge --strategy ours \(applied.short), and push that"
            )
        ]
    }

    private static func rewritten(_ evidence: Evidence, _ applied: CommitID) -> [Objection] {
        guard !changesNothing(evidence) else { return [] }
        guard !evidence.isShallow else { return [shallow(applied)] }
        return refusal(evidence, applied, "the history was rewritten: the cluster is at \(applied.short), which this commit does not follow")
    }

    private static func unwelcome(_ evidence: Evidence, _ applied: CommitID) -> [Objection] {
        refusal(evidence, applied, "the history of \(applied.short) was rewritten, and this node follows none that was (rewritten-history: refuse)")
    }

    private static func refusal(_ evidence: Evidence, _ applied: CommitID, _ message: String) -> [Objection] {
        let word = "Allow-Rewind"
        let allowed = evidence.trailer(word)
        guard !allowed.contains(where: { $0.count >= 7 && applied.hex.hasPrefix($0) }) else { return [] }
        return [Objection(.refusal, message, remedy: "rebase it onto \(applied.short)", trailer: "\(word): \(applied.short)")]
    }
}

/// What another cluster's part of the repository declares would be created here beside what is, and what is would be deleted.
enum PartCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let part = evidence.part, let recorded = evidence.recordedPart, part.isForeign(to: recorded) else { return [] }
        let word = "Allow-Cluster"
        guard !evidence.trailer(word).contains(part.title) else { return [] }
        return [
            Objection(
                .refusal, "this cluster follows \(describe(recorded)), and the commit is for \(describe(part))",
                remedy: "are --path and --cluster right, and \"cluster:\" in coxswain.yaml?", trailer: "\(word): \(part.title)")
        ]
    }

    private static func describe(_ part: RepositoryPart) -> String {
        let place = part.path == "." ? "the root of its repository" : "the directory \(part.path)"
        return part.cluster.map { "\"\($0)\" (\(place))" } ?? "\(place), which names no cluster"
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
