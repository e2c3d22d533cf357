public import ArgumentParser
internal import ClusterModel
internal import GitStore
internal import Glibc
internal import Host
internal import NodeAgent
internal import Notifying
internal import Presenting
internal import Reconciling
internal import Serving

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
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

    @Option(help: ArgumentHelp("Seconds between looks for a new commit, give or take a tenth (default: 60).", valueName: "SECONDS"))
    var interval: Double?

    @Option(
        help: ArgumentHelp(
            "Where browsers and programs may ask (page, metrics, webhook), such as 127.0.0.1:9180 (default: nowhere).", valueName: "ADDRESS:PORT")
    )
    var listen: String?

    @Option(help: ArgumentHelp("The node's secret that signs the git server's webhook: a name below /etc/coxswain/secrets.", valueName: "NAME"))
    var webhookSecret: String?

    @Option(
        help: ArgumentHelp(
            "Names by which a proxy asks for the page, separated by commas; addresses, localhost and the node's own name need none.",
            valueName: "NAME,…"))
    var serverNames: String?

    @Option(
        help: ArgumentHelp(
            "Branches whose plan is written down before they are merged, separated by commas, such as 'refs/heads/change/*' (default: none).",
            valueName: "PATTERN,…"))
    var proposals: String?

    @Option(help: ArgumentHelp("Log lines as text or json (default: text).", valueName: "FORMAT"))
    var logFormat: EventLog.Format?

    func run() async throws {
        var settings = try Settings(repository, node.keeping, node)
        let file = try NodeConfiguration(node.keeping)
        let daemon = DaemonConfiguration(file.overridden(by: words))
        guard daemon.findings.isEmpty else { throw Misconfiguration(findings: daemon.findings) }
        settings.proposals = daemon.proposals
        let lock = try NodeLock(settings)
        let diary = try Diary(stateDirectory: settings.stateDirectory)
        let feed = Feed(after: daemon.listen == nil ? [] : (try? Diary.entries(of: settings.stateDirectory)) ?? [])
        let log = EventLog(format: daemon.logFormat, style: Terminal.style(colour.color), diary: diary) { line, _ in
            Terminal.print(line)
        }
        log.tell(feed.post)
        let agent = try await Agent(settings, log: log, leadsAlone: false, program: Release.version)
        let courier = courier(file.notifications, of: agent, log)
        log.say("following \(try Remote(settings.repository).shown)")
        var pace = Pace()
        pace.fetch = daemon.fetch
        let hangup = Signal(SIGHUP) { agent.ask(.reconcile) }
        let server = ControlServer(stateDirectory: settings.stateDirectory, agent)
        let names = HostNames(daemon.serverNames + [agent.node.text, Machine.name])
        let web = daemon.listen.map { WebServer(at: $0, agent, feed, secret: daemon.webhookSecret, names: names) }
        let serving = [
            Task { await serve(log, "nobody can ask this process anything") { try await server.run() } },
            Task { await serve(log, "no program can ask this process anything") { try await web?.run() } },
        ]
        await agent.run(pace: pace)
        for task in serving { task.cancel() }
        server.withdraw()  // who asks still is not waited for
        await courier.close()
        withExtendedLifetime(hangup) {}
        _ = consume lock
    }
}

extension Run {
    /// The command line, in the words of the node's file.
    private var words: [String: String?] {
        [
            "interval": interval.map { "\($0)" }, "log-format": logFormat?.rawValue, "listen": listen, "webhook-secret": webhookSecret,
            "server-names": serverNames, "proposals": proposals,
        ]
    }

    /// The cluster is looked after also where nobody can ask how. An address may come up later, and a former process go.
    private func serve(_ log: EventLog, _ otherwise: String, _ body: () async throws -> Void) async {
        var pause = Duration.seconds(1)
        while !Task.isCancelled {
            do {
                return try await body()
            } catch {
                if !Task.isCancelled { log.sayOnce(about: otherwise, "\(otherwise), for now: \(error)", .warning) }
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(30))
        }
    }

    /// Tells who is to be told, from now on.
    private func courier(_ rules: [NotificationRule], of agent: Agent, _ log: EventLog) -> Courier {
        let courier = Courier(rules, node: agent.node.text) {
            try NodeSecret.read($0, "the notification's")
        } report: { rule, trouble in
            let topic = "notify \(rule)"
            guard let trouble else { return log.forget(topic) }
            log.sayOnce(about: topic, "\(rule) could not be told: \(trouble)", .warning)
        }
        log.tell { [node = agent.node.text] entry in
            if entry.isOf(node) { courier.take(entry) }  // every node tells of itself
        }
        return courier
    }
}

extension EventLog.Format: ExpressibleByArgument {}
