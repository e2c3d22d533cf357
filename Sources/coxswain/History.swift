internal import ArgumentParser
internal import ClusterModel
internal import GitStore
internal import NodeAgent
internal import Presenting
internal import Records

struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the commits and what became of them, newest first.",
        discussion: """
            Examples:
              coxswain history --repo ssh://git.example.org/ha.git
              coxswain history --repo . --limit 100 --output json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var colour: ColorOptions

    @Option(help: ArgumentHelp("How many commits.", valueName: "COUNT"))
    var limit = 20

    @Option(help: ArgumentHelp("Output: text or json.", valueName: "FORMAT"))
    var output: Format = .text

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is 1 to 100000") }
    }

    /// git-clone(1) brings branches and tags.
    private static let fetchNotes = """
        warning: there are no notes here: a clone does not bring them. In the checkout:
            git fetch origin '+refs/notes/coxswain/*:refs/notes/coxswain/*'
        or look at the server: coxswain history --repo URL
        """

    func run() async throws {
        let settings = try Settings(repository, keeping)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        do {
            _ = try await mirror.fetch(.revision(settings.revision), limit: settings.patience)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            Terminal.complain("warning: showing what was fetched before: \(error)")
        }
        let tip = try await mirror.resolve(settings.revision)
        let entries = try await mirror.historyEntries(from: tip.id, limit: limit)
        if entries.allSatisfy(\.records.isEmpty), mirror.remote.localPath != nil { Terminal.complain(Self.fetchNotes) }
        switch output {
        case .text: Terminal.print(HistoryTable(entries, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(HistoryDocument(entries).json)
        }
    }
}
