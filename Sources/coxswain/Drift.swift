internal import ArgumentParser
internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import LiveState
internal import NodeAgent
internal import Planning
internal import Presenting
internal import Records
internal import Safety

struct Drift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show where the live cluster is not as the commit in force says, and who holds it so.",
        discussion: """
            Compares the commit that the cluster's record names with the live CIB and with this host's files and volumes; newer commits \
            don't count. What is listed to be created, changed or deleted the daemons put right; what is held stays until a commit changes \
            that very field; what was never in git is left alone.

            Examples:
              coxswain drift
              coxswain drift --output json | jq '.held[].name'

            Exit codes: 0 nothing differs but what is left alone, 2 something does, 1 error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Option(help: "Output: text or json, as \"coxswain plan\" has it.")
    var output: Format = .text

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        let reader = EvidenceReader(settings, mirror: mirror)
        let live = try await reader.observe(as: try await Agent.node(settings))
        let commit = try await inForce(live, settings, mirror)
        try await mirror.keep(recordedIn: live.cib, only: false)
        let reading = try await reader.desired.read(commit)
        let evidence = try await reader.evidence(for: reading, head: commit, live, isFresh: true, depth: .quick, leadsAlone: true)
        KeptToTheEnd.keep(evidence, reading, reader)
        let previews = try await reader.adjustments(evidence)
        switch output {
        case .text: Terminal.print(PlanText(evidence, previews: previews, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(PlanDocument(evidence, previews: previews).json)
        }
        if !evidence.plan.isEmpty || !evidence.plan.held.isEmpty { throw ExitCode.changes }
    }

    /// The server is asked only for what this node does not have.
    private func inForce(_ live: LiveState, _ settings: Settings, _ mirror: Mirror) async throws -> Commit {
        guard let applied = live.record.applied else {
            throw Finding.error("no commit was ever applied to this cluster", remedy: "coxswain plan shows what one would change")
        }
        if let commit = try? await mirror.commit(applied) { return commit }
        try await mirror.fetch(settings)
        guard let commit = try await mirror.commit(applied) else {
            throw Finding.error("the commit in force, \(applied.short), is not in the repository any more")
        }
        return commit
    }
}

extension Drift: JSONAnswering { var answersInJSON: Bool { output == .json } }
