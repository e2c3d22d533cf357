internal import ArgumentParser
internal import GitStore
internal import Host
internal import NodeAgent
internal import Presenting
internal import Reconciling
internal import Records

struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Bring the cluster to a commit, once.",
        discussion: """
            Plans, carries out, checks the result and writes a git note on the commit.

            Examples:
              coxswain apply --repo ssh://git.example.org/ha.git
              coxswain apply --repo . --cib cib.xml    a CIB in a file: needs neither a cluster nor root

            Exit codes: 0 converged or nothing to do, 1 error, 3 refused: the commit makes no sense, or may not be carried out.
            """)

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let lock = try NodeLock(settings)
        let log = EventLog(format: .text, style: Terminal.style(colour.color)) { line, level in
            if level == .error { Terminal.complain(line) } else { Terminal.print(line) }
        }
        let agent = try await Agent(settings, log: log, leadsAlone: true)
        var pace = Pace()
        (pace.look, pace.patience) = (.milliseconds(500), .seconds(300))
        let result = await agent.runOnce(pace: pace)
        _ = consume lock
        try Task.checkCancellation()
        switch result {
        case .converged, .superseded: return
        case .refused, .invalid: throw ExitCode.refused
        case .failed, .rolledBack, .unhealthy: throw ExitCode(1)
        }
    }
}
