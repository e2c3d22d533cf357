internal import ArgumentParser
internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import GitStore
internal import NodeAgent
internal import Planning
internal import Presenting
internal import Repository
internal import Safety

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a commit would change, and change nothing.",
        discussion: """
            Compares the repository with the live CIB and with the DRBD and Xen files of this host.

            Examples:
              coxswain plan --repo . --worktree           the edits of this checkout
              coxswain plan --repo . --revision review-7  a branch
              coxswain plan --repo . --cib cib.xml        against a CIB in a file
              coxswain plan --repo . --output crm         a script for crm -f
              coxswain plan --repo . --output patch       for cibadmin --patch

            Exit codes: 0 nothing to do, 2 changes, 1 error, 3 refused.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, crm, patch }

    @OptionGroup(title: "Repository") var repository: RepositoryOptions
    @OptionGroup(title: "Node") var node: NodeOptions
    @OptionGroup var colour: ColorOptions

    @Flag(help: "Plan the uncommitted edits of a local checkout.")
    var worktree = false

    @Option(help: "Output: text, json, crm or patch.")
    var output: Format = .text

    func run() async throws {
        let settings = try Settings(repository, node.keeping, node)
        let mirror = try Mirror(of: Remote(settings.repository), state: settings.stateDirectory)
        for finding in try await mirror.fetch(limit: .seconds(60)).findings { Terminal.complain(finding.description) }
        let surveyor = Surveyor(settings, mirror: mirror)
        let survey = try await surveyor.survey(try await reading(settings, surveyor, mirror))
        let preview = try await surveyor.preview(survey)
        try show(survey, preview.commands)
        let reasons = refusals(survey, preview.complaint)
        guard reasons.isEmpty else {
            Terminal.complain(reasons.map { "refused: \($0)" }.joined(separator: "\n"))
            throw ExitCode.refused
        }
        if !survey.plan.isEmpty { throw ExitCode.changes }
    }

    private func reading(_ settings: Settings, _ surveyor: Surveyor, _ mirror: Mirror) async throws -> DesiredReader.Reading {
        guard worktree else { return try await surveyor.read(try await mirror.resolve(settings.revision)) }
        guard settings.revision == nil else { throw ValidationError("--worktree and --revision exclude each other") }
        return try await surveyor.read(try await Worktree(settings.repository, limit: .seconds(30)))
    }

    private func show(_ survey: Surveyor.Survey, _ previews: [String: [String]]) throws {
        let plan = survey.plan
        switch output {
        case .text:
            let warnings = survey.desired.warnings
            if !warnings.isEmpty { Terminal.complain(warnings.map(\.description).joined(separator: "\n") + "\n") }
            Terminal.print(PlanText(plan, commit: survey.commit, previews: previews, style: Terminal.style(colour.color)).lines)
        case .json: Terminal.print(PlanDocument(plan, commit: survey.commit, previews: previews).json)
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

    /// What the gate and drbdadm have against the plan. What only has to settle is no reason to refuse a plan.
    private func refusals(_ survey: Surveyor.Survey, _ complaint: String?) -> [String] {
        let reasons: [String] =
            switch survey.gate.judge() {
            case .refused(let reasons): reasons.map(\.description)
            case .approved: []
            case .waiting: []
            }
        return reasons + (complaint.map { ["drbdadm does not accept the configuration:\n\($0)"] } ?? [])
    }
}
