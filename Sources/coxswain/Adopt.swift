internal import ArgumentParser
internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import Host
internal import Importing
internal import LiveState
internal import NodeAgent
internal import Planning
internal import Presenting
internal import Repository
internal import Safety
internal import Steps

struct Adopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Make a commit of what is not as the commit in force says, on a branch for review.",
        discussion: """
            What the live cluster has of the objects that are named is written into the files of the newest commit, each where it \
            stands; what is new beside its kin, or into crm/adopted.crm. An object is named as "coxswain drift" shows it: one that was changed \
            or held, one that the cluster has and the repository has not, one that is gone from the cluster. Of a set of options one alone may be \
            named. A file of this host is named by its path. Passwords are never written: references to them are.

            The commit is pushed to a branch of its own, never to the one that the cluster follows, when its plan has been shown and \
            somebody has said yes. Nothing is changed in the cluster.

            Examples:
              coxswain adopt xps-101                              what somebody changed of it by hand
              coxswain adopt property maintenance-mode            one option
              coxswain adopt /etc/drbd.d/xps-101.res --dry-run    only show what comes of it
              coxswain adopt node alpha --branch change/42 --yes

            Exit codes: 0 pushed, or there is nothing to adopt, 1 error, or nobody said yes, 3 refused: the commit would make no sense.
            """)

    @Argument(help: ArgumentHelp("What is adopted; a word such as \"node\" before a name says which of several is meant.", valueName: "OBJECT"))
    var objects: [String]

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Option(help: ArgumentHelp("The new branch (default: coxswain/adopt-ID).", valueName: "NAME"))
    var branch: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The first line of the commit's message.", valueName: "TEXT"))
    var message: String?

    @Flag(help: "Show the difference and the plan, say what would be refused, and push nothing.")
    var dryRun = false

    @Flag(inversion: .prefixedNo, help: "Whether the commit is pushed, or stays in this node's copy of the repository.")
    var push = true

    @Flag(help: "Push without asking.")
    var yes = false

    @Option(help: ArgumentHelp("Output: text or json; json asks nobody.", valueName: "FORMAT"))
    var output: History.Format = .text

    func validate() throws {
        guard message?.contains("\n") != true else { throw ValidationError("--message is one line") }
        guard output == .text || yes || dryRun || !push else {
            throw ValidationError("--output json asks nobody: give --yes, --dry-run or --no-push")
        }
    }

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        try await mirror.fetch(settings)
        let watched = try await mirror.branch(settings.revision)
        let tip = try await mirror.resolve(watched)
        let drift = try await DriftEvidence(settings, mirror)
        let list = DriftList(drift.evidence.plan)
        let wishes = try list.wishes(for: objects)
        let adoption = try Adoption(
            wishes, of: drift.evidence.live.cib, host: drift.evidence.live.files, into: try await drift.reader.desired.files(of: tip),
            inForce: (drift.commit.id, drift.reading.state))
        if output == .text { Terminal.print(difference(adoption)) }
        var document = CommitDocument(on: branch, difference: adoption.changes.map { ($0.path, Self.difference($0)) })
        let files = Dictionary(uniqueKeysWithValues: adoption.changes.map { ($0.path, $0.new?.bytes) })
        let text = text(wishes.map(list.summary), drift)
        guard let commit = try await mirror.makeCommit(on: tip, with: files, under: settings.path, message: text) else {
            return answer("nothing to adopt: \(tip.id.short) says so already", document)
        }
        let errors = try await drift.reader.desired.newErrors(in: commit, beside: tip)
        guard errors.isEmpty else { throw Refusal(findings: errors + [Self.incomplete]) }
        document.take(commit, plan: try await preview(commit, drift))
        for secret in adoption.newSecrets { Terminal.complain(Self.needs(secret).description) }
        if dryRun { return answer("nothing is pushed", document) }
        try await hand(over: commit, document, beside: watched, settings, mirror)
    }
}

extension Adopt {
    private static func needs(_ secret: String) -> Finding {
        .warning(
            "git has no value for secret:\(secret)",
            remedy: "write it into \(NodeSecrets.directory)/\(secret) on each node, mode 0600, before this is merged")
    }

    private static var incomplete: Finding {
        .error("nothing is pushed: what this refers to has to be adopted with it", remedy: "name it too, as coxswain drift shows it")
    }

    private func answer(_ words: String, _ document: CommitDocument) { Terminal.print(output == .json ? document.json : words) }

    private func difference(_ adoption: Adoption) -> [String] {
        let style = Terminal.style(colour.color)
        return adoption.changes.flatMap { change in
            let title = change.old == nil ? "+ \(change.path)" : change.new == nil ? "- \(change.path)" : "~ \(change.path)"
            return [style(title, .strong)]
                + Self.difference(change).map { line in
                    style("  " + line, line.hasPrefix("+") ? .created : line.hasPrefix("-") ? .deleted : .faint)
                }
        }
    }

    /// Without what may be a secret.
    private static func difference(_ change: Adoption.Change) -> [String] {
        let lines = TextDiff(from: change.old?.text ?? "", to: change.new?.text ?? "").description.split(separator: "\n")
        return lines.map { String($0).concealingSecrets.terminalSafe }
    }

    /// Who and what: that is all a reviewer has.
    private func text(_ summaries: [String], _ drift: DriftEvidence) -> String {
        let names = objects.joined(separator: " ")
        let subject = message ?? "Adopt \(names.count <= 60 ? names : "what was changed in the cluster")"
        let origin = """
            As \(drift.evidence.live.node) has it, beside \(drift.commit.id.short), the commit in force: CIB \
            \(drift.evidence.live.cib.version).
            Adopted by \(Machine.user)@\(Machine.name).
            """
        return [subject.terminalSafe, summaries.map { "- " + $0.terminalSafe }.joined(separator: "\n"), origin].joined(separator: "\n\n") + "\n"
    }

    /// What the commit would do to the cluster as it is.
    /// - Throws: `Refusal` where it makes no sense.
    private func preview(_ commit: Commit, _ drift: DriftEvidence) async throws -> PlanDocument {
        do {
            let reading = try await drift.reader.desired.read(commit)
            let evidence = try await drift.reader.evidence(
                for: reading, head: commit, drift.evidence.live, isFresh: true, depth: .quick, leadsAlone: true)
            if output == .text { Terminal.print([""] + PlanText(evidence, style: Terminal.style(colour.color)).lines) }
            for path in evidence.plan.files.map(\.path.text) where objects.contains(path) {
                Terminal.complain(
                    Finding.warning(
                        "\(path) still differs: the value of a secret is no part of git",
                        remedy: "write the one that is meant into its file below \(NodeSecrets.directory), on each node"
                    ).description)
            }
            return PlanDocument(evidence, previews: [:])
        } catch let findings as Findings {
            throw Refusal(findings: findings.all)
        }
    }

    private func hand(over commit: Commit, _ made: CommitDocument, beside watched: String, _ settings: Settings, _ mirror: Mirror) async throws {
        let name = branch ?? "coxswain/adopt-\(commit.tree.prefix(10))"
        guard try await mirror.isBranchName(name) else { throw Finding.error("\"\(name.terminalSafe)\" can't be the name of a branch") }
        let full = "refs/heads/\(name)"
        guard full != watched else {
            throw Finding.error("\(name) is the branch that the cluster follows", remedy: "choose another one: what was adopted is to be reviewed")
        }
        let place = "\(name) of \(mirror.remote.shown)"
        var document = made
        document.branch = name
        guard push else {
            let command = "git --git-dir \(mirror.path) push \(mirror.remote.shown) \(commit.id.hex):\(full)"
            return answer("\(commit.id.short) is made, and not pushed; git keeps it for two weeks: \(command)", document)
        }
        if try await isThere(commit, full, settings, mirror) { return answer("\(place) says so already", document) }
        guard yes || Terminal.isAnswered("Push this to the new branch \(place)?") else {
            throw Finding.error("nothing was pushed", remedy: "say yes, or --yes where nobody can be asked")
        }
        try await mirror.push(commit.id, toNew: full, limit: settings.patience)
        document.isPushed = true
        let words = "\(commit.id.short) is pushed to \(place), and is in force when it is merged into \(watched.dropFirst("refs/heads/".count))"
        answer(words, document)
    }

    /// Whether the branch has the same contents already.
    /// - Throws: where it has others.
    private func isThere(_ commit: Commit, _ branch: String, _ settings: Settings, _ mirror: Mirror) async throws -> Bool {
        guard let known = try await mirror.commit(onBranch: branch, limit: settings.patience) else { return false }
        _ = try await mirror.fetch(.revision(branch), limit: settings.patience)
        if try await mirror.commit(known)?.tree == commit.tree { return true }
        throw Finding.error("there is a branch \(branch) already, with other contents", remedy: "choose another name: --branch NAME")
    }
}

extension Adopt: JSONAnswering { var answersInJSON: Bool { output == .json } }
