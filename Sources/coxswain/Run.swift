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
        let file = try NodeConfiguration(reading: node.keeping.config)
        settings.proposals = try (proposals ?? file["proposals"] ?? "").split { $0 == "," || $0 == " " }.map { try ReferencePattern(String($0)) }
        let (interval, logFormat) = try pace(file)
        let (place, secret) = try web(file)
        let lock = try NodeLock(settings)
        let diary = try Diary(stateDirectory: settings.stateDirectory)
        let feed = Feed(after: place == nil ? [] : (try? Diary.entries(of: settings.stateDirectory)) ?? [])
        let log = EventLog(format: logFormat, style: Terminal.style(colour.color), diary: diary) { line, _ in
            Terminal.print(line)
        }
        log.tell(feed.post)
        let agent = try await Agent(settings, log: log, leadsAlone: false, program: Release.version)
        let courier = courier(file.notifications, of: agent, log)
        log.say("following \(try Remote(settings.repository).shown)")
        var pace = Pace()
        pace.fetch = .milliseconds(Int(interval * 1000))
        let hangup = Signal(SIGHUP) { agent.ask(.reconcile) }
        let server = ControlServer(stateDirectory: settings.stateDirectory, agent)
        let web = place.map { WebServer(at: $0, agent, feed, secret: secret, names: names(of: agent, file)) }
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
    /// The cluster is looked after also where nobody can ask how.
    private func serve(_ log: EventLog, _ otherwise: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            if !Task.isCancelled { log.say("\(otherwise): \(error)", .warning) }
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
        log.tell(courier.take)
        return courier
    }

    /// By which names browsers may ask.
    private func names(of agent: Agent, _ file: NodeConfiguration) -> HostNames {
        let given = (serverNames ?? file["server-names"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        return HostNames(given + [agent.node.text, Machine.name])
    }

    /// Where programs may ask, and by what a git server is known.
    private func web(_ file: NodeConfiguration) throws -> (place: ListenAddress?, secret: [UInt8]?) {
        let place = try (listen ?? file["listen"]).map { try ListenAddress($0) }
        guard let name = webhookSecret ?? file["webhook-secret"] else { return (place, nil) }
        guard place != nil else { throw ValidationError("a webhook secret without a place to listen at: --listen ADDRESS:PORT, or \"listen:\"") }
        return (place, Array(try NodeSecret.read(name, "the webhook's").utf8))
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
