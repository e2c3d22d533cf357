internal import ArgumentParser
internal import NodeAgent
internal import Presenting

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check all that this node needs to follow the repository, and say how to mend what is missing.",
        discussion: """
            Programs and their versions, the way to the git server and the right to push notes, the newest commit, secrets, quorum, \
            who is to be told of what happens, fencing, the clock, the daemon. Nothing is changed.

            Examples:
              coxswain doctor
              coxswain doctor --repo ssh://git.example.org/ha.git
              coxswain doctor --output json | jq -r '.diagnoses[] | select(.verdict == "bad").remedy'

            Exit codes: 0 nothing is bad, 1 something is.
            """)

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Option(help: ArgumentHelp("Output: text or json.", valueName: "FORMAT"))
    var output: History.Format = .text

    func validate() throws {
        if node.cib != nil { throw ValidationError("doctor is for nodes of a cluster: a CIB in a file needs nothing") }
    }

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let doctor = NodeAgent.Doctor(settings, try NodeConfiguration(node.keeping), program: Release.version)
        let document = DiagnosisDocument(await doctor.diagnoses())
        switch output {
        case .text: Terminal.print(document.lines(Terminal.style(colour.color)))
        case .json: Terminal.print(document.json)
        }
        if document.diagnoses.contains(where: { $0.verdict == .bad }) { throw ExitCode(1) }
    }
}

extension Doctor: JSONAnswering { var answersInJSON: Bool { output == .json } }
