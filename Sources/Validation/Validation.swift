public import CIB
internal import Catalogue
public import Diagnostics
public import Repository

/// What is wrong with a commit, or not as it should be: all that can be told without a cluster.
public enum Validation {
    /// How much is asked.
    public enum Depth: Sendable {
        /// On the way to a plan: what would break a cluster. What Pacemaker itself judges again is left to it.
        case plan
        /// By a person: every word of every file.
        case review
    }

    /// The one entry.
    ///
    /// - Parameters:
    ///   - agents: what the agents say of themselves that the resources use, as far as it is known.
    ///   - installed: the agents of this machine; nil where none can be listed.
    public static func findings(
        in state: DesiredState, depth: Depth = .review, knowing agents: [AgentName: AgentMetadata] = [:], installed: Set<AgentName>? = nil
    ) -> [Finding] {
        let all = findings(state, DeclaredCluster(state), depth, agents, installed)
        return state.declared.unread.isEmpty ? all : all.withoutConsequences(of: state.declared.unread)
    }

    /// The same on the way to a plan, which asks about what it changes later.
    public static func judged(_ state: DesiredState) -> JudgedState {
        let cluster = DeclaredCluster(state)
        let all = findings(state, cluster, .plan, [:], nil)
        return JudgedState(cluster: cluster, findings: state.declared.unread.isEmpty ? all : all.withoutConsequences(of: state.declared.unread))
    }

    private static func findings(
        _ state: DesiredState, _ cluster: DeclaredCluster, _ depth: Depth, _ agents: [AgentName: AgentMetadata], _ installed: Set<AgentName>?
    ) -> [Finding] {
        let planned = state.findings + cluster.findings
        let reviewed =
            depth == .plan
            ? []
            : FormerSpelling.findings(state.declarations) + Conformity(state.declared).findings + cluster.thoroughFindings
                + state.unresolved.map(\.finding)
        let names = depth == .review || installed != nil ? AgentNameRules.findings(in: cluster, installed: installed) : []
        return planned + reviewed + names + AgentRules.findings(in: cluster, knowing: agents)
    }
}

/// A state that was looked at as a whole, and can be asked about parts of it.
public struct JudgedState: Sendable {
    fileprivate let cluster: DeclaredCluster
    public let findings: [Finding]

    /// What Pacemaker passes over, or takes otherwise than it is written, of what a commit changes: told with a plan too, whether or not crm_verify is
    /// asked, in the words and at the place of the file.
    public func verdicts(on changed: Set<ObjectID>) -> [Finding] {
        changed.isEmpty ? [] : cluster.judging(changed).verdicts.filter { $0.severity != .notice }
    }
}

extension [Finding] {
    /// A statement that can't be read is one mistake: what is said of the rest of it, and of what it would have declared, is no other.
    fileprivate func withoutConsequences(of unread: [Place]) -> [Finding] {
        filter { finding in
            guard finding.code != Rule.crmSyntax.code, finding.code != nil else { return true }
            if let code = finding.code, Rule.ofWhatIsMissing.contains(code) { return false }
            return !unread.contains { place in finding.place?.isWithin(place) ?? false }
        }
    }
}

extension Rule {
    /// Those that find that something is not there, and can't tell where a statement could not be read.
    fileprivate static let ofWhatIsMissing = Set(
        [
            Rule.danglingList, .unmonitored, .noFenceDevice, .futileLevel, .missingParameter, .unusedDomain, .unusedResource, .unknownNode,
            .misplacedRole,
        ].map(\.code))
}

extension DesiredState {
    /// The agents that the resources use, as far as metadata can be asked for.
    public var agents: Set<AgentName> { Set(declarations.compactMap { declared.agent(of: $0.object.element) }.filter(\.hasMetadata)) }
}
