import Host

/// The installed git, which does what needs the network: it brings OpenSSH, credential helpers and proxies.
struct Git: Sendable {
    /// Nil for commands that need no repository of our own.
    var repository: String?
    /// What it finds in its environment besides.
    var environment: [String: String] = [:]

    /// git(1) on GIT_ALLOW_PROTOCOL (git-config(1) on protocol.allow): "behave as if protocol.allow is set to never, and each
    /// of the listed protocols has protocol.<name>.allow set to always (overriding any existing configuration)". `ext` is not
    /// among them: it would run any command that stands in a URL.
    private static let restraints = [
        "GIT_ALLOW_PROTOCOL": "file:ssh:https:http:git", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
    ]

    /// How the person has told git to reach servers.
    private static let inherited = [
        "SSH_AUTH_SOCK", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
        "GIT_SSL_CERT", "GIT_SSL_KEY", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM", "http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "no_proxy", "NO_PROXY",
    ]

    /// No hook of a template or of the person's own runs, and nothing goes on in the background.
    private static let settings = [
        "core.hooksPath=/dev/null", "gc.auto=0", "maintenance.auto=false", "gc.autoDetach=false",
    ]

    func command(_ arguments: [String], in directory: String? = nil, limit: Duration) -> Command {
        var environment = environment.merging(Self.restraints) { _, ours in ours }
        environment["GIT_DIR"] = repository
        return Command(
            "git", Self.settings.flatMap { ["-c", $0] } + arguments, environment: environment,
            inherited: Self.inherited, directory: directory, limit: limit)
    }

    /// Runs git against a server, and gives its output whatever its exit code.
    func attempt(_ arguments: [String], talkingTo remote: Remote, until deadline: Deadline) async throws -> Output {
        do {
            return try await command(arguments, limit: deadline.remaining).run()
        } catch let error as CommandError {
            throw GitFailure(error, talkingTo: remote, within: deadline.limit)
        }
    }

    /// Runs git against a server; anything but success is a failure.
    func run(_ arguments: [String], talkingTo remote: Remote, until deadline: Deadline) async throws -> Output {
        let output = try await attempt(arguments, talkingTo: remote, until: deadline)
        guard output.succeeded else { throw GitFailure(.failed(output), talkingTo: remote, within: deadline.limit) }
        return output
    }
}

/// One time limit for several commands.
struct Deadline: Sendable {
    let limit: Duration
    private let end: ContinuousClock.Instant

    init(in limit: Duration) {
        self.limit = limit
        end = .now + limit
    }

    var remaining: Duration { max(.zero, end - .now) }
}
