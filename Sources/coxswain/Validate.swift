internal import ArgumentParser
internal import Diagnostics
internal import GitStore
internal import NodeAgent
internal import Observing
internal import Presenting
internal import Repository

struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a repository by itself: every finding of every file.",
        discussion: """
            Needs no cluster. Without --repo the checkout in this directory is checked, its uncommitted edits \
            included.

            Examples:
              coxswain validate
              coxswain validate --fix
              coxswain validate --repo . --revision review-7
              coxswain validate --output sarif > coxswain.sarif
              coxswain validate --repo URL --output json

            Parameters and actions are compared with the metadata of those resource agents that are installed here.

            Each finding has a code: "coxswain explain CODE" says more.

            Exit codes: 0 no errors (there may be warnings), 1 errors.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Check the uncommitted edits of a local checkout.")
    var worktree = false

    @Flag(help: "First put right, in the checkout, what can be without a change of meaning.")
    var fix = false

    @Option(help: ArgumentHelp("Output: text, json, or sarif for code hosts.", valueName: "FORMAT"))
    var output: Format = .text

    private var agents: AgentLibrary { Self.agents }
    private static let agents = AgentLibrary()

    func validate() throws {
        if fix, repository.repo != nil, !worktree { throw ValidationError("--fix edits a checkout: give --worktree too") }
    }

    func run() async throws {
        if fix { try await putRight() }
        let findings = try await self.findings().sorted()
        switch output {
        case .text: Terminal.print(FindingsText(findings, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(FindingsDocument(findings).json)
        case .sarif: Terminal.print(SARIFLog(findings, version: Release.version).json)
        }
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }

    /// Some findings hide others of their kind, so it is done again until none is left.
    private func putRight() async throws {
        let worktree = try await Worktree(repository.repo ?? ".", limit: .seconds(30))
        for _ in 0..<20 {
            let edits = try await DesiredReader.findings(in: worktree, path: repository.path, asking: agents).compactMap(\.fix)
            guard !edits.isEmpty else { return }
            try worktree.apply(edits)
            Terminal.complain("put right: \(edits.count) in \(Set(edits.map(\.file)).sorted().joined(separator: ", "))")
        }
    }

    private func findings() async throws -> [Finding] {
        guard let address = repository.repo, !worktree else {
            let worktree = try await Worktree(repository.repo ?? ".", limit: .seconds(30))
            return try await DesiredReader.findings(in: worktree, path: repository.path, asking: agents)
        }
        let mirror = try Mirror(of: Remote(address), state: StateDirectory.make(keeping.stateDir))
        _ = try await mirror.fetch(.revision(repository.revision), limit: repository.patience(orElse: nil))
        let commit = try await mirror.resolve(repository.revision)
        return try await DesiredReader.findings(of: commit, in: mirror, path: repository.path, asking: agents)
    }
}
