internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import FoundationEssentials
internal import GitStore
internal import LiveState
internal import Presenting
internal import Records
internal import Repository
internal import Safety

/// Says what a branch would do if it were merged, on the cluster as it is.
///
/// It is made and judged from the same evidence as the plan of a commit that is followed, and never carried out: no permit comes of it. Whoever may
/// propose need not be one who may merge: a proposal can't choose which of the host's files are shown beside its own.
struct ProposalPlanner {
    let settings: Settings
    let mirror: Mirror
    let node: NodeName
    let cluster: String
    /// The newest commit of the branch that is followed.
    let followed: Commit

    enum Outcome {
        case note(ProposalNote)
        /// It is merged already, or changes nothing of this cluster's.
        case nothing
        /// Who has to be asked does not answer.
        case unanswered(String)
    }

    /// - Throws: where the repository or the host can't be asked.
    func plan(_ branch: ProposedBranch, _ live: LiveState) async throws -> Outcome {
        switch try await mirror.merge(branch.tip, into: followed.id) {
        case .contained: return .nothing
        case .conflicts(let files):
            let body = ProposalNote.body("Both it and the branch that is followed have changed:", files)
            return .note(note(branch, live, .conflicting, "it can't be merged as it is", body))
        case .commit(let merged):
            guard await !mirror.isSame(settings.path, in: merged.id, followed.id) else { return .nothing }
            return try await plan(branch, merged, live)
        }
    }

    private func plan(_ branch: ProposedBranch, _ merged: Commit, _ live: LiveState) async throws -> Outcome {
        do {
            return try await judged(branch, merged, live)
        } catch let findings as Findings {
            return .note(note(branch, live, .invalid, "wrong", ProposalNote.body("It can't be applied:", findings.lines)))
        } catch let failure as GitFailure where [.missing, .empty].contains(failure.reason) {
            return .note(note(branch, live, .invalid, "wrong", ProposalNote.body("It can't be read:", [failure.description])))
        }
    }

    private func judged(_ branch: ProposedBranch, _ merged: Commit, _ live: LiveState) async throws -> Outcome {
        // A reader of its own: what it remembers for the branch that is followed stays.
        let reader = EvidenceReader(settings.besides("proposals"), mirror: mirror)
        let reading = try await reader.desired.read(merged)
        if let liberty = await liberty(of: reading.state, reader) {
            let lead = "This is planned by a person only, with coxswain plan:"
            return .note(note(branch, live, .refused, "not planned", ProposalNote.body(lead, [liberty])))
        }
        let evidence = try await reader.evidence(for: reading, head: merged, live, isFresh: true, leadsAlone: true)
        let verdict: ProposalNote.Verdict
        switch evidence.judge() {
        case .approved: verdict = .approved
        case .waiting: verdict = .waiting
        case .refused: verdict = .refused
        case .undecided(let objections): return .unanswered(objections.first?.description ?? "")
        }
        let plan = PlanMarkdown(evidence, previews: try await reader.adjustments(evidence), longest: ProposalNote.longestPlan)
        return .note(note(branch, live, verdict, plan.summary, ProposalNote.body(of: plan)))
    }

    /// What a proposal takes that would let it see files of the host that are not its own.
    private func liberty(of state: DesiredState, _ reader: EvidenceReader) async -> String? {
        guard let policy = await reader.desired.policy(of: followed)?.policy else {
            return "the branch that is followed has no coxswain.yaml to compare with"
        }
        if (policy.drbdDirectory, policy.xenDirectory) != (state.policy.drbdDirectory, state.policy.xenDirectory) {
            return "coxswain.yaml: \"hosts\" names other directories"
        }
        return state.files.first { $0.includesOthers }.map { "drbd/\($0.name) includes other files" }
    }

    private func note(
        _ branch: ProposedBranch, _ live: LiveState, _ verdict: ProposalNote.Verdict, _ summary: String, _ body: [String]
    ) -> ProposalNote {
        ProposalNote(
            base(branch, live.record.applied), branch: branch.name, cluster: cluster, node: node.text, time: Date().formatted(.iso8601),
            verdict: verdict, summary: summary, body: body)
    }

    func base(_ branch: ProposedBranch, _ applied: CommitID?) -> ProposalNote.Base {
        ProposalNote.Base(branch.tip, onto: followed.id, applied: applied)
    }
}

extension HostFile {
    fileprivate var includesOthers: Bool { format == .drbd && !DRBDConfiguration.parse(source).configuration.includes.isEmpty }
}

extension Findings {
    fileprivate var lines: [String] { description.split(separator: "\n").map(String.init) }
}
