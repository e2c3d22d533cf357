internal import CIB
internal import ClusterModel
internal import DRBDSyntax
internal import Diagnostics
internal import LiveState
internal import Planning
internal import Repository
internal import Steps
internal import TestKit
internal import XML

/// The samples as the repository's code reads them, each read once for all histories.
public final class Library {
    private var states: [Contents: DesiredState] = [:]
    private var errors: [Contents: [Finding]] = [:]
    private var claims: [SourceText: [String]] = [:]

    public init() {}

    /// What a file of DRBD's takes for itself.
    func claims(_ file: SourceText) -> [String] {
        if let claims = claims[file] { return claims }
        let resources = DRBDConfiguration.parse(file).configuration.resources
        let found = resources.flatMap { resource in
            let minors = Set(resource.hosts.flatMap(\.volumes).compactMap { $0.device?.minor })
            return ["resource \(resource.name)"] + minors.map { "minor \($0)" } + resource.hosts.compactMap { $0.address.map { "address \($0)" } }
        }
        claims[file] = found
        return found
    }

    func state(_ contents: Contents) -> DesiredState {
        if let state = states[contents] { return state }
        let state = DesiredState(contents.files)
        states[contents] = state
        return state
    }

    /// What keeps a commit from being planned.
    func errors(in contents: Contents) -> [Finding] {
        if let errors = errors[contents] { return errors }
        let found = state(contents).errors
        errors[contents] = found
        return found
    }

    private var configurations: [CommitID: CIB] = [:]

    /// The CIB of a cluster that has a commit in force.
    func configured(_ commit: CommitID, _ make: () -> CIB) -> CIB {
        if let cib = configurations[commit] { return cib }
        let cib = make()
        configurations[commit] = cib
        return cib
    }

    // MARK: Plans

    /// All that a plan depends on.
    struct Question: Hashable {
        let target: CommitID
        let applied: CommitID?
        let bases: [CommitID]
        let cib: Element
        let files: [String: SourceText]
        let mounts: [String: Bool]
        let active: Set<String>
        let lacking: Set<String>
        let failing: Set<String>
        let drbd: [String: DRBDCondition]
        var metadata: [String: Known<DRBDMetadata>]?
        let volumes: Known<LiveVolumes>?
        let intent: CommitIntent
        let node: NodeName
        let contested: Set<String>

        /// What tells most of them apart; the rest is compared.
        func hash(into hasher: inout Hasher) {
            hasher.combine(target)
            hasher.combine(applied)
            hasher.combine(cib["epoch"])
            hasher.combine(bases.count)
            hasher.combine(files.count)
            hasher.combine(active.count)
            hasher.combine(node)
        }
    }

    /// A plan, and what drbdadm would not take of it; nil where there is nothing to ask it.
    struct Answer {
        let plan: Plan
        let clashes: [String]?
        private let wishes = Once<[ResourceWish]>()

        /// What the CIB after the transaction wants to run.
        var wanted: [ResourceWish] { wishes.value { ResourceWish.all(in: plan.wanted) } }

        init(_ plan: Plan, _ files: [String: SourceText], _ library: Library) {
            self.plan = plan
            let stages = plan.drbdFileStages
            clashes = stages.isEmpty ? nil : stages.lazy.map { library.clashes(after: $0, on: files) }.first { !$0.isEmpty } ?? []
        }
    }

    private var answers: [Question: Result<Answer, Findings>] = [:]
    private static let mostAnswers = 4000

    /// Plans depend on nothing else: nodes and histories share them.
    func answer(to question: Question, _ make: () -> Result<Answer, Findings>) -> Result<Answer, Findings> {
        if let answer = answers[question] { return answer }
        if answers.count >= Self.mostAnswers { answers = [:] }
        let answer = make()
        answers[question] = answer
        return answer
    }

    /// A minor, a port, or a name that two resources have when these changes are made.
    private func clashes(after changes: [FileChange], on files: [String: SourceText]) -> [String] {
        var files = files.filter { $0.key.hasPrefix("/etc/drbd.d/") }
        for change in changes { files[change.path.text] = change.new }
        var seen: Set<String> = []
        return files.values.flatMap(claims).sorted().filter { !seen.insert($0).inserted }.map { "conflicting use of \($0)" }
    }
}
