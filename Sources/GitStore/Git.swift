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

    /// No hook of a template or of the person's own runs, nothing goes on in the background, and how root likes to push matters nothing.
    /// git-config(1) on push.pushOption: "an empty value can be used in a higher priority configuration file … to clear the values".
    private static let settings = [
        "core.hooksPath=/dev/null", "gc.auto=0", "maintenance.auto=false", "gc.autoDetach=false", "push.gpgSign=false", "push.pushOption=",
        "push.followTags=false", "push.recurseSubmodules=no", "push.negotiate=false", "fetch.writeCommitGraph=false",
    ]

    func command(_ arguments: [String], in directory: String? = nil, limit: Duration) -> Command {
        var environment = environment.merging(Self.restraints) { _, ours in ours }
        environment["GIT_DIR"] = repository
        var command = Command(
            "git", Self.settings.flatMap { ["-c", $0] } + arguments, environment: environment,
            inherited: Self.inherited, directory: directory, limit: limit)
        command.endsWithUs = true
        return command
    }

    /// Runs git against a server, and gives its output whatever its exit code.
    func attempt(_ arguments: [String], talkingTo remote: Remote, _ patience: Patience) async throws -> Output {
        do {
            var command = command(arguments, limit: patience.whole)
            command.environment.merge(remote.credentials) { _, theirs in theirs }
            command.silence = patience.silence
            return try await command.run()
        } catch let error as CommandError {
            throw GitFailure(error, talkingTo: remote, within: patience.silence)
        }
    }

    /// Runs git against a server; anything but success is a failure.
    func run(_ arguments: [String], talkingTo remote: Remote, _ patience: Patience) async throws -> Output {
        let output = try await attempt(arguments, talkingTo: remote, patience)
        guard output.succeeded else { throw GitFailure(.failed(output), talkingTo: remote, within: patience.silence) }
        return output
    }
}

/// How long a server is waited for: what matters is whether something comes. Somebody's large branch on a slow link takes its time.
struct Patience: Sendable {
    /// Without a word.
    let silence: Duration
    /// Whatever comes.
    var whole: Duration { max(silence, .seconds(3600)) }
}
