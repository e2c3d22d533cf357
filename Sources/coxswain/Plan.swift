internal import ArgumentParser
internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import Host
internal import LiveState
internal import NodeAgent
internal import Observing
internal import Planning
internal import Presenting
internal import Repository
internal import Safety

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a commit would change, and change nothing.",
        discussion: """
            Compares the repository with the live CIB, with the DRBD and Xen files of this host and with its logical volumes.

            Examples:
              coxswain plan --repo . --worktree           the edits of this checkout
              coxswain plan --repo . --revision review-7  a branch
              coxswain plan --repo . --cib cib.xml        against a CIB in a file
              coxswain plan --repo . --quick              without asking crm_verify and crm_simulate
              coxswain plan --repo . --output markdown    for a comment on a merge request
              coxswain plan --repo . --all --cib cibs     all clusters of a repository, each against cibs/PATH.xml or cibs/CLUSTER.xml
              coxswain plan --repo . --output crm         a script for crm -f
              coxswain plan --repo . --output patch       for cibadmin --patch

            Exit codes: 0 nothing to do, 2 changes, 1 error, 3 refused: the commit makes no sense, or may not be carried out.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown, crm, patch }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Plan the uncommitted edits of a local checkout.")
    var worktree = false

    @Flag(help: "Leave out what takes long: crm_verify and crm_simulate are not asked.")
    var quick = false

    @Flag(help: "Plan for every directory of the repository that has a coxswain.yaml; --cib names a directory of CIBs.")
    var all = false

    @Option(help: ArgumentHelp("Output: text, json, markdown, crm or patch.", valueName: "FORMAT"))
    var output: Format = .text

    func validate() throws {
        guard all else { return }
        guard !worktree else { throw ValidationError("--all and --worktree exclude each other: --all plans commits") }
        guard node.cib != nil else { throw ValidationError("--all needs a directory of CIBs: --cib DIR") }
        guard node.cluster == nil, node.root == nil else {
            throw ValidationError("--all is for clusters, not for one of them: no --cluster, no --root")
        }
        guard [.text, .json].contains(output) else { throw ValidationError("--all prints text or json") }
    }

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        try await mirror.fetch(settings)
        if all { return try await planAll(settings, mirror) }
        let commit = worktree ? nil : try await mirror.resolve(settings.revision)
        do {
            try await plan(commit, settings, mirror)
        } catch let findings as Findings {
            throw refusal(findings.all, commit)
        } catch let failure as GitFailure where [.missing, .empty].contains(failure.reason) {
            throw refusal([failure.finding], commit)
        }
    }

    /// Who reviews it reads Markdown, and no standard error.
    private func refusal(_ findings: [Finding], _ commit: Commit?) -> Refusal {
        if output == .markdown { Terminal.print(PlanMarkdown.text(wrong: findings, in: commit)) }
        return Refusal(findings: findings)
    }

    private func plan(_ commit: Commit?, _ settings: Settings, _ mirror: Mirror) async throws {
        let reader = EvidenceReader(settings, mirror: mirror)
        let reading = try await reading(commit, settings, reader)
        let depth: EvidenceReader.Depth = quick ? .quick : .whole
        let live = try await reader.observe(as: try await Agent.node(settings), depth: depth)
        try await mirror.keep(recordedIn: live.cib, only: false)
        let evidence = try await reader.evidence(for: reading, head: reading.commit, live, isFresh: true, depth: depth, leadsAlone: true)
        KeptToTheEnd.keep(evidence, reading, reader)
        try show(evidence, reading, try await reader.adjustments(evidence))
        try evidence.requireApproval(atOnce: true)
        if !evidence.plan.isEmpty { throw ExitCode.changes }
    }

    private func planAll(_ settings: Settings, _ mirror: Mirror) async throws {
        guard case .file(let directory) = settings.cib else { return }
        guard try FileTree().kind(of: directory) == .directory else {
            throw Finding.error(
                "\(directory.terminalSafe) is no directory", expected: "with --all, --cib names a directory of PATH.xml or CLUSTER.xml")
        }
        let commit = try await mirror.resolve(settings.revision)
        let entries = try await PlanOfAll(
            settings: settings, mirror: mirror, commit: commit, directory: directory, depth: quick ? .quick : .whole
        ).entries()
        let plans = ClusterPlans(entries)
        Terminal.print(output == .json ? [plans.json] : plans.lines(Terminal.style(colour.color)))
        let verdicts = Set(entries.map(\.verdict))
        if verdicts.contains(.refused) { throw ExitCode.refused }
        if verdicts.contains(.unknown) { throw ExitCode(1) }
        if verdicts != [.unchanged] { throw ExitCode.changes }
    }

    private func reading(_ commit: Commit?, _ settings: Settings, _ reader: EvidenceReader) async throws -> DesiredReader.Reading {
        if let commit { return try await reader.desired.read(commit) }
        guard settings.revision == nil else { throw ValidationError("--worktree and --revision exclude each other") }
        return try await reader.desired.read(try await Worktree(settings.repository, limit: .seconds(30)))
    }

    private func show(_ evidence: Evidence, _ reading: DesiredReader.Reading, _ adjustments: [String: [String]]) throws {
        let plan = evidence.plan
        switch output {
        case .text:
            let warnings = reading.warnings
            if !warnings.isEmpty { Terminal.complain(warnings.map(\.description).joined(separator: "\n") + "\n") }
            Terminal.print(PlanText(evidence, previews: adjustments, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(PlanDocument(evidence, previews: adjustments).json)
        case .markdown: Terminal.print(PlanMarkdown(evidence, previews: adjustments).text)
        case .crm:
            let script = try plan.script()
            if try script != plan.script(hidingSecrets: true) { Terminal.complain(Self.secretsInScript.description) }
            Terminal.print(script)
        case .patch: Terminal.print(plan.patch.xml)
        }
    }

    /// crmsh takes no value over from the cluster: a script that is to be loaded needs them all.
    private static var secretsInScript: Finding {
        .warning("this script holds passwords of the cluster", remedy: "keep it from logs, and from people who need not know them")
    }
}
