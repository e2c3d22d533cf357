internal import ArgumentParser
internal import Diagnostics
internal import Presenting
internal import Serving

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where this node and its cluster stand.",
        discussion: """
            Asks the daemon (coxswain run) of this host: the commit that is wanted, in force, healthy or held, what is under way or \
            waited for, nodes and resources, and what is held against git.

            Examples:
              coxswain status
              coxswain status --watch
              coxswain status --output json | jq .commits
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Show it again every two seconds, until interrupted.")
    var watch = false

    @Option(help: ArgumentHelp("Output: text or json.", valueName: "FORMAT"))
    var output: History.Format = .text

    func validate() throws {
        if watch, output == .json { throw ValidationError("--watch is for people: ask again for each --output json") }
    }

    func run() async throws {
        let client = ControlClient(stateDirectory: try StateDirectory.path(keeping))
        guard watch else { return show(try await client.status()) }
        while true {
            // ECMA-48: to the upper left corner, and erase what was there.
            let top = Terminal.isTerminal ? "\u{1B}[H\u{1B}[2J" : ""
            do {
                let status = try await client.status()
                Terminal.print(top + status.time)
                show(status)
            } catch let finding as Finding {
                Terminal.print(top + finding.description)  // it may be started again just now
            }
            try await Task.sleep(for: .seconds(2))
        }
    }

    private func show(_ status: NodeStatus) {
        switch output {
        case .text: Terminal.print(StatusText(status, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(status.json)
        }
    }
}

extension Status: JSONAnswering { var answersInJSON: Bool { output == .json } }
