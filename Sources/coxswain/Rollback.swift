internal import ArgumentParser
internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import LiveState
internal import NodeAgent
internal import Presenting
internal import Safety

struct Rollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Go back to a former commit: make the commit, show its plan, push it.",
        discussion: """
            The new commit says what the former one said, of the directory that this cluster follows; history is not rewritten. \
            It is pushed to the branch when its plan is let in here, and somebody has said yes.

            Examples:
              coxswain rollback                          to the last commit that was healthy before the newest
              coxswain rollback 4f1c2ab --yes            to that one, without a question
              coxswain rollback --trailer "Allow-Disruption: xps-102"

            Exit codes: 0 pushed, or there is nothing to go back from, 1 error, or nobody said yes, 3 refused.
            """)

    @Argument(
        help: ArgumentHelp("The commit to go back to (default: the last one before the newest that a node noted converged).", valueName: "COMMIT"))
    var target: String?

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Push without asking.")
    var yes = false

    @Option(name: .shortAndLong, help: ArgumentHelp("The first line of the commit's message.", valueName: "TEXT"))
    var message: String?

    @Option(help: ArgumentHelp("A line for the end of the message, as a refusal names it; may be given several times.", valueName: "KEY: VALUE"))
    var trailer: [String] = []

    func validate() throws {
        for line in trailer {
            let parts = line.split(separator: ":", maxSplits: 1)
            let isKey = parts.count == 2 && parts[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            guard isKey, !line.contains("\n") else { throw ValidationError("--trailer takes a line such as \"Allow-Disruption: xps-102\"") }
        }
        guard message?.contains("\n") != true else { throw ValidationError("--message is one line") }
    }

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        try await mirror.fetch(settings)
        let branch = try await mirror.branch(settings.revision)
        let tip = try await mirror.resolve(branch)
        let former = try await former(before: tip, settings, mirror)
        let text = text(former, passed: try await mirror.range(from: former.id, to: tip.id))
        guard let commit = try await mirror.makeReversal(of: tip, to: former.id, under: settings.path, message: text) else {
            return Terminal.print("nothing to go back from: \(tip.id.short) says the same as \(former.id.short)")
        }
        try await preview(commit, settings, mirror)
        let place = "\(branch.dropFirst("refs/heads/".count)) of \(mirror.remote.shown)"
        guard yes || Terminal.isAnswered("Push this to \(place)?") else {
            throw Finding.error("nothing was pushed", remedy: "say yes, or --yes where nobody can be asked")
        }
        try await mirror.push(commit.id, to: branch, limit: settings.patience)
        Terminal.print(
            "\(commit.id.short) is pushed to \(place): back to \(former.id.short) \"\(former.title)\"; coxswain log --follow shows what becomes of it"
        )
    }
}

extension Rollback {
    private func former(before tip: Commit, _ settings: Settings, _ mirror: Mirror) async throws -> Commit {
        if let target {
            let former = try await mirror.resolve(target)
            guard try await mirror.isAncestor(former.id, of: tip.id) else {
                throw Finding.error("\(former.id.short) is no commit that \(tip.id.short) follows", remedy: "coxswain history lists them")
            }
            return former
        }
        for commit in try await mirror.history(from: tip.id, limit: 1000) where commit.id != tip.id {
            if await NoteWriter.hasConverged(commit.id, cluster: settings.cluster, in: mirror) { return commit }
        }
        throw Finding.error(
            "no commit before \(tip.id.short) was noted converged, as far as this copy knows",
            remedy: "name the commit to go back to; coxswain history lists them")
    }

    /// As git-revert(1) words it, so that whoever reads the history finds what was taken back.
    private func text(_ former: Commit, passed: [Commit]) -> String {
        let subject = message ?? (passed.count == 1 ? "Revert \"\(passed[0].title)\"" : "Go back to \"\(former.title)\"")
        let reverts = passed.map { "This reverts commit \($0.id.hex)." }
        let trailers = trailer.isEmpty ? [] : [trailer.joined(separator: "\n")]
        return ([subject, reverts.joined(separator: "\n")] + trailers).joined(separator: "\n\n") + "\n"
    }

    /// - Throws: where it would not be carried out.
    private func preview(_ commit: Commit, _ settings: Settings, _ mirror: Mirror) async throws {
        let reader = EvidenceReader(settings, mirror: mirror)
        do {
            let reading = try await reader.desired.read(commit)
            let live = try await reader.observe(as: try await Agent.node(settings))
            try await mirror.keep(recordedIn: live.cib, only: false)
            let evidence = try await reader.evidence(for: reading, head: commit, live, isFresh: true, leadsAlone: true)
            let previews = try await reader.adjustments(evidence)
            Terminal.print(PlanText(evidence, previews: previews, style: Terminal.style(colour.color)).lines)
            try evidence.requireApproval()
        } catch let findings as Findings {
            throw Refusal(findings: findings.all)
        }
    }
}
