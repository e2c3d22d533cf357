internal import ArgumentParser
internal import Diagnostics
internal import FoundationEssentials
internal import Host
internal import NodeAgent
internal import Observing
internal import Presenting

struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show what the daemons of all nodes have done.",
        discussion: """
            The last few thousand events are kept in the state directory, and are there also while no daemon runs. The daemons tell one \
            another what they do, over Corosync: what happened elsewhere while this one did not run, --all-nodes asks for by ssh. What \
            became of each commit on every node stands in the notes: coxswain history.

            Examples:
              coxswain log
              coxswain log --follow
              coxswain log --since 2d --all-nodes   asks the others by ssh
              coxswain log --since 2h --commit 4f1c2ab
              coxswain log --output json | jq -r 'select(.level == "error").message'
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var colour: ColorOptions

    @Flag(name: [.short, .long], help: "Go on with what happens from now on, until interrupted.")
    var follow = false

    @Flag(help: "Ask the other nodes that are online for their own logs, by ssh, as root or as you are known there.")
    var allNodes = false

    @Flag(help: "Only what happened on this node.")
    var thisNode = false

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("At most how many lines from before (default: 50; with --since or --commit all).", valueName: "COUNT"))
    var lines: Int?

    @Option(help: ArgumentHelp("What is not older: a time (2026-11-30T12:00:00Z), or a span (90s, 30m, 2h, 1d).", valueName: "TIME"))
    var since: String?

    @Option(help: ArgumentHelp("What is about that commit: its id, or the beginning of it.", valueName: "COMMIT"))
    var commit: String?

    @Option(help: ArgumentHelp("Output: text or json, an object a line.", valueName: "FORMAT"))
    var output: History.Format = .text

    func validate() throws {
        if let lines, !(0...1_000_000).contains(lines) { throw ValidationError("--lines is 0 to 1000000") }
        if allNodes, thisNode { throw ValidationError("--all-nodes and --this-node contradict each other") }
        do {
            _ = try LogFilter(since: since, commit: commit, before: Date())
        } catch {
            throw ValidationError(error.description)
        }
    }

    func run() async throws {
        if allNodes { return try await showAll() }
        var reader = Diary.Reader(stateDirectory: try StateDirectory.path(keeping))
        let filter = try LogFilter(since: since, commit: commit, before: Date())
        let own = try await node()
        let wants = { (entry: LogEntry) in filter.wants(entry) && (own.map(entry.isOf) ?? true) }
        let known = try reader.next().filter(wants)
        show(known.suffix(lines ?? (since == nil && commit == nil ? 50 : known.count)))
        if !follow, known.isEmpty { Terminal.complain("nothing is written down here: is --state-dir the daemon's?") }
        while follow {
            try await Task.sleep(for: .milliseconds(300))
            show(try reader.next().filter(wants)[...])
        }
    }

    /// Whose events alone are shown; nil: everybody's.
    private func node() async throws -> String? {
        guard thisNode else { return nil }
        if let name = try NodeConfiguration(keeping)["node"] { return name }
        return (try? await ClusterObserver().nodeName()) ?? Machine.name
    }

    private func showAll() async throws {
        let logs = try await ClusterLog(stateDirectory: StateDirectory.path(keeping), LogFilter(since: since, commit: commit, before: Date()), lines)
        let style = Terminal.style(colour.color)
        let show = { @Sendable [output] (entries: [LogEntry]) in
            for entry in entries { Terminal.print(output == .text ? entry.text(style) : entry.json) }
        }
        let complain = { @Sendable (finding: Finding) in Terminal.complain(finding.description) }
        guard follow else { return show(try await logs.entries(complain: complain)) }
        try await logs.follow(show, complain: complain)
    }

    private func show(_ entries: ArraySlice<LogEntry>) {
        let style = Terminal.style(colour.color)
        for entry in entries { Terminal.print(output == .text ? entry.text(style) : entry.json) }
    }
}

extension Log: JSONAnswering { var answersInJSON: Bool { output == .json } }
