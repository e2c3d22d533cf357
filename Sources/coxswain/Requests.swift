internal import ArgumentParser
internal import Reconciling
internal import Serving

/// What people ask of the daemon of this host.
private func ask(_ request: Event.Request, _ keeping: KeepingOptions) async throws {
    let client = ControlClient(stateDirectory: try StateDirectory.path(keeping))
    Terminal.print("\(request.rawValue): \(try await client.ask(request))")
}

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let the daemon look for a new commit, and at the cluster, now.",
        discussion: """
            It does so by itself at every interval, and when something moves on this host; as on SIGHUP.

            Examples:
              coxswain reconcile
              coxswain log --follow
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions

    func run() async throws { try await ask(.reconcile, keeping) }
}

struct Suspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let nothing be changed until \"coxswain resume\".",
        discussion: """
            The daemon of this node changes nothing more, and that of the DC commits no transaction while a node is suspended. \
            What is under way is finished first. It lasts until it is resumed, or the daemon is started again.

            Examples:
              coxswain suspend
              coxswain status
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions

    func run() async throws { try await ask(.suspend, keeping) }
}

struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go on after \"coxswain suspend\".",
        discussion: """
            Examples:
              coxswain resume
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions

    func run() async throws { try await ask(.resume, keeping) }
}
