internal import ArgumentParser
internal import Controller
internal import Desired
internal import Diagnostics
internal import GitStore
internal import Presenting

struct Validate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a repository by itself: every finding of every file.",
        discussion: """
            Needs no cluster. Without --repo the checkout in this directory is checked, its uncommitted edits \
            included.

            Examples:
              coxswain validate
              coxswain validate --repo . --revision review-7
              coxswain validate --repo URL --output json

            Exit codes: 0 no errors (there may be warnings), 1 errors.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Check the uncommitted edits of a local checkout.")
    var worktree = false

    @Option(help: "Output: text or json.")
    var output: Format = .text

    func run() async throws {
        let findings = try await self.findings().sorted { $0.severity < $1.severity }
        switch output {
        case .text: Terminal.print(FindingsText(findings, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(FindingsDocument(findings).json)
        }
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }

    private func findings() async throws -> [Finding] {
        guard let address = repository.repo, !worktree else {
            let worktree = try await Worktree(repository.repo ?? ".", limit: .seconds(30))
            return try await DesiredReader.findings(in: worktree, path: repository.path)
        }
        let mirror = try Mirror(of: Remote(address), state: StateDirectory.make(keeping.stateDir))
        _ = try await mirror.fetch(limit: .seconds(60))
        let commit = try await mirror.resolve(repository.revision)
        return try await DesiredReader.findings(of: commit, in: mirror, path: repository.path)
    }
}
