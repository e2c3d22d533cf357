public import ArgumentParser
internal import FoundationEssentials
internal import Host
public import Presenting
internal import Reconciling
internal import Records
internal import Serving

/// What people ask of the daemon of this host.
private func ask(_ request: Event.Request, _ keeping: KeepingOptions, _ answering: AnswerOptions) async throws {
    let client = ControlClient(stateDirectory: try StateDirectory.path(keeping))
    let answer = try await client.ask(request)
    switch answering.output {
    case .text: Terminal.print("\(request.name): \(answer)")
    case .json: Terminal.print(RequestDocument(request: request.name, answer: answer).json)
    }
}

struct AnswerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Output: text or json.", valueName: "FORMAT"))
    var output: History.Format = .text
}

extension Reconcile: JSONAnswering { var answersInJSON: Bool { answering.output == .json } }
extension Suspend: JSONAnswering { var answersInJSON: Bool { answering.output == .json } }
extension Resume: JSONAnswering { var answersInJSON: Bool { answering.output == .json } }

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Let the daemon look for a new commit, and at the cluster, now.",
        discussion: """
            It does so by itself at every interval, and when something moves on this host; as on SIGHUP.

            Examples:
              coxswain reconcile
              coxswain log --follow
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var answering: AnswerOptions

    func run() async throws { try await ask(.reconcile, keeping, answering) }
}

struct Suspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Let nothing be changed in the cluster until \"coxswain resume\".",
        discussion: """
            It stands in the CIB, so it holds for every node, for "coxswain apply" too, and when daemons or hosts are started again. The step \
            that is under way is finished. "status", the log and the metrics say that it is so, since when, by whom and why. A node without \
            quorum can't suspend, and changes nothing anyway.

            Examples:
              coxswain suspend --for 2h --reason "a new kernel on bravo"
              coxswain suspend
              coxswain status
            """)

    @Option(name: .customLong("for"), help: ArgumentHelp("For so long: 30m, 2h, 3d; without it until somebody resumes.", valueName: "SPAN"))
    var length: Span?
    @Option(help: ArgumentHelp("Why, for the others.", valueName: "TEXT")) var reason: String?
    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var answering: AnswerOptions

    func validate() throws {
        guard length.map({ (1...ControlClient.longestSuspension).contains($0.seconds) }) ?? true else { throw ValidationError("--for is 1s to 366d") }
    }

    func run() async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let person = "\(Machine.user)@\(Machine.name)"
        try await ask(.suspend(Suspension(by: person, reason: reason, since: now, until: length.map { now + $0.seconds })), keeping, answering)
    }
}

struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on after \"coxswain suspend\", whichever node it was said on.",
        discussion: """
            Examples:
              coxswain resume
            """)

    @OptionGroup(title: "Node") var keeping: KeepingOptions
    @OptionGroup var answering: AnswerOptions

    func run() async throws { try await ask(.resume, keeping, answering) }
}

extension Span: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
