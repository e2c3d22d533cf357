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
        commandName: "rollback",
        abstract: "Go back to a former commit: make the commit, show its plan, push it.",
        discussion: """
            The new commit says what the former one said, of the directory that this cluster follows; history is not rewritten. \
            It is pushed to the branch when its plan is let in here, and somebody has said yes.

            Examples:
              coxswain rollback                          to the last commit that was healthy before the newest
              coxswain rollback 4f1c2ab --yes            to that one, without a question
              coxswain rollback --dry-run                only show what it would do
              coxswain rollback --trailer "Allow-Disruption: xps-102"

            Exit codes: 0 pushed, or there is nothing to go back from, 1 error, or nobody said yes, 3 refused.
            """)

    @Argument(
        help: ArgumentHelp(
            "The commit to go back to (default: the last one that a node of this cluster noted converged, and that says something else than the newest).",
            valueName: "COMMIT"))
    var target: String?

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Push without asking.")
    var yes = false

    @Flag(help: "Show the plan, and push nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Output: text or json; json asks nobody.", valueName: "FORMAT"))
    var output: History.Format = .text

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
        guard output == .text || yes || dryRun else { throw ValidationError("--output json asks nobody: give --yes or --dry-run") }
    }

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        try await mirror.fetch(settings)
        let branch = try await mirror.branch(settings.revision)
        let tip = try await mirror.resolve(branch)
        let reader = EvidenceReader(settings, mirror: mirror)
        let live = try await reader.observe(as: try await Agent.node(settings))
        let former = try await former(before: tip, of: await reader.cluster(at: tip, live.record), reader.desired, mirror)
        let text = text(former, passed: try await mirror.range(from: former.id, to: tip.id))
        let name = String(branch.dropFirst("refs/heads/".count))
        guard let commit = try await mirror.makeReversal(of: tip, to: former.id, under: settings.path, message: text) else {
            return answer("nothing to go back from: \(tip.id.short) says the same as \(former.id.short)", CommitDocument(on: name))
        }
        let plan = try await preview(commit, live, reader, mirror)
        if dryRun { return answer("nothing is pushed", CommitDocument(commit, on: name, plan: plan)) }
        let place = "\(name) of \(mirror.remote.shown)"
        guard yes || Terminal.isAnswered("Push this to \(place)?") else {
            throw Finding.error("nothing was pushed", remedy: "say yes, or --yes where nobody can be asked")
        }
        try await mirror.push(commit.id, to: branch, limit: settings.patience)
        let words = "\(commit.id.short) is pushed to \(place): back to \(former.id.short) \"\(former.title)\""
        answer("\(words); coxswain log --follow shows what becomes of it", CommitDocument(commit, on: name, isPushed: true, plan: plan))
    }
}

extension Rollback {
    private func answer(_ words: String, _ document: CommitDocument) { Terminal.print(output == .json ? document.json : words) }

    private func former(before tip: Commit, of cluster: String, _ desired: DesiredReader, _ mirror: Mirror) async throws -> Commit {
        if let target {
            let former = try await mirror.resolve(target)
            guard try await mirror.isAncestor(former.id, of: tip.id) else {
                throw Finding.error("\(former.id.short) is no commit that \(tip.id.short) follows", remedy: "coxswain history lists them")
            }
            return former
        }
        for commit in try await mirror.history(from: tip.id, limit: 1000) where commit.id != tip.id {
            guard await NoteWriter.hasConverged(commit.id, cluster: cluster, in: mirror) else { continue }
            // What came after it may be about other directories, or about nothing that a cluster reads.
            if (try? await desired.isSame(commit, as: tip)) == false { return commit }
        }
        throw Finding.error(
            "no commit before \(tip.id.short) that says something else was noted converged on cluster \(cluster), as far as this copy knows",
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
    private func preview(_ commit: Commit, _ live: LiveState, _ reader: EvidenceReader, _ mirror: Mirror) async throws -> PlanDocument {
        do {
            let reading = try await reader.desired.read(commit)
            try await mirror.keep(recordedIn: live.cib, only: false)
            let evidence = try await reader.evidence(for: reading, head: commit, live, isFresh: true, leadsAlone: true)
            let previews = try await reader.adjustments(evidence)
            if output == .text { Terminal.print(PlanText(evidence, previews: previews, style: Terminal.style(colour.color)).lines) }
            try evidence.requireApproval()
            return PlanDocument(evidence, previews: previews)
        } catch let findings as Findings {
            throw Refusal(findings: findings.all)
        }
    }
}

extension Rollback: JSONAnswering { var answersInJSON: Bool { output == .json } }
