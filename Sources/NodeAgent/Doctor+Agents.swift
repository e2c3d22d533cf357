internal import CIB
internal import Observing
internal import Presenting

extension Doctor {
    /// What the cluster has, and commits may not use here: it stays as it is, and no commit can change it.
    func agents() async -> [Diagnosis] {
        guard let allowed = settings.agents else { return [] }
        let title = "agents"
        guard let cib = try? await settings.cib.read() else { return [] }
        let own = Set(cib.objects.compactMap(\.ownAgent))
        let others = own.filter { agent in !allowed.contains { $0.matches(agent) } }.sorted()
        guard others.isEmpty else {
            return [
                Diagnosis(
                    title, .remark, "the cluster has what agents: does not list, and no commit can change it here: \(others.joined(separator: ", "))",
                    remedy: "add it to agents: in the node's coxswain.yaml, on every node, where commits are to change it")
            ]
        }
        return [Diagnosis(title, .good, "commits may use \(allowed.map(\.description).joined(separator: ", ")); the cluster has nothing else")]
    }
}
