internal import CIB
internal import ClusterModel
internal import Planning
internal import Steps

/// What this node's own file does not let commits use. What is there already may stay, and may go.
enum AgentCheck: Check {
    static func objections(to evidence: Evidence) -> [Objection] {
        guard let allowed = evidence.allowedAgents, !evidence.plan.isWayBack else { return [] }
        let users = used(by: evidence.plan).filter { user in !allowed.contains { $0.matches(user.agent) } }
        return Dictionary(grouping: users, by: \.agent).sorted { $0.key < $1.key }.map { agent, users in
            Objection(
                .refusal, "no commit may use \(agent) on this node (\(users.map(\.object.name).joined(separator: ", ")))",
                remedy: "its administrator can let it in: agents: in /etc/coxswain/coxswain.yaml, on every node")
        }
    }

    /// The agents of what is created or changed, by themselves or through a template.
    private static func used(by plan: Plan) -> [(object: ObjectID, agent: String)] {
        let changed = plan.changes.filter { $0.action != .delete }.map(\.id)
        guard !changed.isEmpty else { return [] }
        let wanted = plan.wanted
        let tree = wanted.resourceTree
        return changed.compactMap { id in
            wanted[id].flatMap { object in (object.ownAgent ?? tree.agent(of: object)?.description).map { (id, $0) } }
        }
    }
}
