internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Agents that nobody has. Sites have agents of their own: a name that is not known is no error.
struct AgentNameRules {
    private let known: Set<AgentName>
    private let isOnHost: Bool

    /// - Parameter installed: the agents of this machine; nil where none can be listed. Then Debian's are all that is known.
    static func findings(in cluster: DeclaredCluster, installed: Set<AgentName>?) -> [Finding] {
        let rules = AgentNameRules(known: AgentName.shipped.union(installed ?? []), isOnHost: installed != nil)
        return cluster.declarations.all(of: .resource).compactMap(rules.finding)
    }

    private func finding(_ declaration: Declaration) -> Finding? {
        guard let agent = AgentName(declaration.object.element), canTell(of: agent), !isKnown(agent) else { return nil }
        let name = declaration.object.id.name
        let suggestion = meant(by: agent).map { "did you mean \"\($0)\"?" }
        let place = declaration.place(of: agent.type)
        guard !isOnHost else {
            return Finding(
                .missingAgent, "\(name): there is no agent \(agent) here", at: place,
                remedy: suggestion ?? "\"crm_resource --list-agents \(agent.family)\" lists those that are installed")
        }
        // Of a provider that Debian has nothing of nothing is known.
        guard suggestion != nil || agent.provider.map(AgentName.shippedProviders.contains) ?? true else { return nil }
        return Finding(
            .unknownAgent, "\(name): Debian 12 has no agent \(agent)", at: place,
            remedy: suggestion ?? "correct the name, or leave it if the agent is one of your own")
    }

    /// Which scripts and units there are only a host says.
    private func canTell(of agent: AgentName) -> Bool {
        agent.hasMetadata || isOnHost && known.contains { agent.standards.contains($0.standard) }
    }

    /// Of an instance of a unit, `a@b`, there is the template.
    private func isKnown(_ agent: AgentName) -> Bool {
        let template = agent.type.firstIndex(of: "@").map { String(agent.type[...$0]) }
        return agent.standards.contains { standard in
            [agent.type, template].contains { type in
                type.flatMap { AgentName(standard: standard, provider: agent.provider, type: $0) }.map(known.contains) ?? false
            }
        }
    }

    /// The same type of another provider, or else the nearest name; the provider may be what is misspelt.
    private func meant(by agent: AgentName) -> AgentName? {
        let others = known.filter { agent.standards.contains($0.standard) }.sorted { $0.description < $1.description }
        if let same = others.first(where: { $0.type.lowercased() == agent.type.lowercased() }) { return same }
        let providers = Set(others.compactMap(\.provider))
        let provider = agent.provider.flatMap { providers.contains($0) ? $0 : nearest(to: $0, among: providers) }
        guard agent.provider == nil || provider != nil else { return nil }
        let candidates = others.filter { $0.provider == provider }
        let type = nearest(to: agent.distinctiveType, among: candidates.map(\.distinctiveType))
        return candidates.first { $0.distinctiveType == type }
    }
}

extension AgentName {
    fileprivate static let shipped = Set(AgentPackage.debian12.flatMap(\.agents))
    fileprivate static let shippedProviders = Set(shipped.compactMap(\.provider))

    /// Without what the names of all fence agents have in common, and what is no reason to take one for another.
    fileprivate var distinctiveType: String {
        for prefix in ["fence_", "external/"] where type.hasPrefix(prefix) { return String(type.dropFirst(prefix.count)) }
        return type
    }

    /// Those in which it is looked for: "service" is an init script, or else a unit.
    fileprivate var standards: [String] { standard == "service" ? ["lsb", "systemd"] : [standard] }

    /// As crm_resource has it.
    fileprivate var family: String { provider.map { "\(standard):\($0)" } ?? standard }
}
