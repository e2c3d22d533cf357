internal import ArgumentParser
internal import GitStore
internal import NodeAgent
internal import Planning
internal import Presenting
internal import Safety

struct Drift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Show where the live cluster is not as the commit in force says, and who holds it so.",
        discussion: """
            Compares the commit that the cluster's record names with the live CIB and with this host's files and volumes; newer commits \
            don't count. What is listed to be created, changed or deleted the daemons put right; what is held stays until a commit changes \
            that very field, and is shown with its class and the time for which the daemon of this node has seen it so; what was never in git \
            is left alone. What is done about a class - hold, revert, ignore - the repository's coxswain.yaml says.

            Examples:
              coxswain drift
              coxswain drift --output json | jq -r '.held[].class' | sort | uniq -c

            Exit codes: 0 nothing differs but what is left alone, 2 something does, 1 error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Option(help: ArgumentHelp("Output: text or json, as \"coxswain plan\" has it.", valueName: "FORMAT"))
    var output: Format = .text

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        let drift = try await DriftEvidence(settings, mirror)
        let (evidence, reader) = (drift.evidence, drift.reader)
        KeptToTheEnd.keep(drift)
        let previews = try await reader.adjustments(evidence)
        let ages = HoldBook(stateDirectory: settings.stateDirectory).times
        switch output {
        case .text: Terminal.print(PlanText(evidence, previews: previews, holding: ages, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(PlanDocument(evidence, previews: previews, holding: ages).json)
        }
        if !evidence.plan.isEmpty || !evidence.plan.held.isEmpty { throw ExitCode.changes }
    }
}

extension Drift: JSONAnswering { var answersInJSON: Bool { output == .json } }
