public import ArgumentParser
internal import GitStore
internal import Glibc
internal import Host
internal import NodeAgent
internal import Presenting
internal import Reconciling
internal import Serving

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Follow the repository, in the foreground, until SIGTERM.",
        discussion: """
            Looks for a new commit every interval, and reconciles when git, the CIB or a file has moved. Of \
            several nodes only the DC's carries out the CIB transaction; every node keeps its own files. SIGHUP makes it \
            look at once.

            Examples:
              coxswain run --repo ssh://git.example.org/ha.git
              coxswain run --repo /srv/git/ha.git --interval 5 --log-format json
            """)

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Option(help: ArgumentHelp("Seconds between looks for a new commit (default: 60).", valueName: "SECONDS"))
    var interval: Double?

    @Option(help: "Log lines as text or json (default: text).")
    var logFormat: EventLog.Format?

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let (interval, logFormat) = try pace(NodeConfiguration(reading: node.keeping.config))
        let lock = try NodeLock(settings)
        let diary = try Diary(stateDirectory: settings.stateDirectory)
        let log = EventLog(format: logFormat, style: Terminal.style(colour.color), diary: diary) { line, _ in
            Terminal.print(line)
        }
        let agent = try await Agent(settings, log: log, leadsAlone: false, program: Release.version)
        log.say("following \(try Remote(settings.repository).shown)")
        var pace = Pace()
        pace.fetch = .milliseconds(Int(interval * 1000))
        let hangup = Signal(SIGHUP) { agent.ask(.reconcile) }
        let server = ControlServer(stateDirectory: settings.stateDirectory, agent)
        let serving = Task { await serve(with: server, log) }
        await agent.run(pace: pace)
        serving.cancel()
        server.withdraw()  // who asks still is not waited for
        withExtendedLifetime(hangup) {}
        _ = consume lock
    }
}

extension Run {
    /// The cluster is looked after also where nobody can ask how.
    private func serve(with server: ControlServer, _ log: EventLog) async {
        do {
            try await server.run()
        } catch {
            if !Task.isCancelled { log.say("nobody can ask this process anything: \(error)", .warning) }
        }
    }

    /// The command line first, then the node's configuration file.
    private func pace(_ file: NodeConfiguration) throws -> (interval: Double, logFormat: EventLog.Format) {
        let seconds =
            try interval ?? file["interval"].map { text in
                guard let number = Double(text) else { throw ValidationError("interval: \"\(text)\" is no number of seconds") }
                return number
            } ?? 60
        guard (0.1...86_400).contains(seconds) else { throw ValidationError("--interval is 0.1 to 86400 seconds") }
        let format =
            try logFormat ?? file["log-format"].map { text in
                guard let format = EventLog.Format(rawValue: text) else { throw ValidationError("log-format: text or json") }
                return format
            } ?? .text
        return (seconds, format)
    }
}

extension EventLog.Format: ExpressibleByArgument {}
