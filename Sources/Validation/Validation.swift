internal import CIB
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
    /// - Parameter agents: what the agents say of themselves that the resources use, as far as it is known.
    public static func findings(
        in state: DesiredState, depth: Depth = .review, knowing agents: [AgentName: AgentMetadata] = [:]
    ) -> [Finding] {
        let cluster = DeclaredCluster(state)
        let planned = state.findings + cluster.findings
        let reviewed =
            depth == .plan
            ? []
            : FormerSpelling.findings(state.declarations) + Conformity(state.declared).findings + cluster.thoroughFindings
                + state.unresolved.map(\.finding)
        return planned + reviewed + AgentRules.findings(in: cluster, knowing: agents)
    }
}

extension DesiredState {
    /// The agents that the resources use, as far as metadata can be asked for.
    public var agents: Set<AgentName> { Set(declarations.compactMap { declared.agent(of: $0.object.element) }) }
}
