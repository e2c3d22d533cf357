internal import ClusterModel
internal import Diagnostics
internal import Observing
internal import Planning
internal import Repository

// What is worth a word and keeps nothing from being done.
extension Worker {
    /// Where a new commit and the agents that are installed on this node don't agree: each node has its own.
    func advise(on survey: Surveyor.Survey) async {
        guard let commit = survey.commit?.id, advised != commit, !survey.plan.isEmpty else { return }
        advised = commit
        let desired = survey.desired
        let advice = desired.findings(knowing: await agents.metadata(of: desired.agents)).filter { $0.severity == .warning }
        for finding in advice { journal.say(finding.description, .warning) }
    }
}
