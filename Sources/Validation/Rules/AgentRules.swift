internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// What the agents that are installed on this machine say of the resources that use them.
struct AgentRules {
    private let cluster: DeclaredCluster
    private let known: [AgentName: AgentMetadata]

    static func findings(in cluster: DeclaredCluster, knowing known: [AgentName: AgentMetadata]) -> [Finding] {
        known.isEmpty ? [] : AgentRules(cluster: cluster, known: known).findings
    }

    private var findings: [Finding] {
        cluster.declarations.all.flatMap { declaration -> [Finding] in
            guard let agent = cluster.declarations.agent(of: declaration.object.element), let metadata = known[agent] else { return [] }
            let use = AgentUse(declaration: declaration, agent: agent, metadata: metadata)
            return use.unknownParameters + missing(use) + use.operations
        }
    }

    /// A template need not be complete, and what is above a primitive may give what it lacks.
    private func missing(_ use: AgentUse) -> [Finding] {
        let element = use.declaration.object.element
        guard element.name == "primitive" else { return [] }
        let around = [element["template"]] + cluster.inherited.around(element.id ?? "").dropFirst().map(Optional.some)
        let above = around.compactMap { name in
            name.flatMap { cluster.declarations[ObjectID(.resource, $0)]?.object.element }
        }
        return use.missingParameters(giving: [element] + above)
    }
}

extension Declarations {
    /// The agent of a primitive or template; of a primitive made from a template the template's.
    func agent(of resource: Element) -> AgentName? {
        guard resource.name == "primitive" || resource.name == "template" else { return nil }
        guard let template = resource["template"] else { return AgentName(resource) }
        return self[ObjectID(.resource, template)].flatMap { AgentName($0.object.element) }
    }
}

/// A resource beside the metadata of its agent.
private struct AgentUse {
    let declaration: Declaration
    let agent: AgentName
    let metadata: AgentMetadata

    private var id: String { declaration.object.id.name }

    var unknownParameters: [Finding] {
        let names = declaration.object.element.all("instance_attributes").flatMap(\.children).compactMap { $0["name"] }
        return names.filter { !metadata.parameters.contains($0) && !agent.isCommon($0) }.map { name in
            Finding(
                .unknownParameter, "\(id): \(agent) has no parameter \(name)", at: declaration.place(of: name),
                remedy: didYouMean(name, among: metadata.parameters) ?? "\"crm ra info \(agent)\" lists the parameters")
        }
    }

    func missingParameters(giving elements: [Element]) -> [Finding] {
        let sets = elements.flatMap { $0.all("instance_attributes") }
        let given = Set(sets.flatMap(\.children).compactMap { $0["name"] })
        // What is borrowed from elsewhere may be anything.
        guard !sets.contains(where: { $0["id-ref"] != nil || $0.children.contains { $0["id-ref"] != nil } }) else { return [] }
        return metadata.required.filter { !given.contains($0) }.map { name in
            Finding(
                .missingParameter, "\(id): \(agent) needs \(name)", at: declaration.place(of: id),
                remedy: "add \"params \(name)=…\"")
        }
    }

    var operations: [Finding] {
        let operations = declaration.object.element.first("operations")?.children ?? []
        return operations.compactMap { unknown($0) ?? hasty($0) }
    }

    private func unknown(_ operation: Element) -> Finding? {
        guard let name = operation["name"], metadata.actions[name] == nil, !AgentName.basicActions.contains(name) else { return nil }
        return Finding(
            .unknownAction, "\(id): \(agent) has no action \(name)", at: declaration.place(of: name),
            remedy: didYouMean(name, among: metadata.actions.keys.sorted()) ?? "remove the op")
    }

    /// Starting and stopping a fence device runs nothing: it is registered, and no more.
    private func hasty(_ operation: Element) -> Finding? {
        guard let name = operation["name"], agent.standard != "stonith" || !["start", "stop"].contains(name), let timeout = operation["timeout"],
            let time = Scalar.milliseconds(of: timeout),
            let advised = metadata.actions[name] ?? nil, time < advised
        else { return nil }
        return Finding(
            .shortTimeout, "\(id): \(name) has \(timeout), and \(agent) advises \(advised / 1000)s or more",
            at: declaration.valuePlace(timeout, of: "timeout"), remedy: "write timeout=\(advised / 1000)s")
    }
}

extension AgentName {
    /// What Pacemaker asks of every agent, whether its metadata say so or not.
    fileprivate static let basicActions: Set = ["start", "stop", "monitor", "status", "notify"]

    /// Whether a parameter is one that the cluster takes itself, whatever the agent.
    fileprivate func isCommon(_ name: String) -> Bool {
        if name.hasPrefix("CRM_meta_") || name.hasPrefix("OCF_") || name.hasPrefix("trace_") { return true }
        return standard == "stonith" && Self.fencingParameters.contains(name)
    }

    /// "Special Meta-Attributes for Fencing Resources" (Pacemaker Explained); pacemaker-fenced(7).
    static let fencingParameters: Set = Set(
        [
            "pcmk_host_argument", "pcmk_host_map", "pcmk_host_list", "pcmk_host_check", "pcmk_delay_max", "pcmk_delay_base",
            "pcmk_action_limit", "provides", "priority", "stonith-timeout",
        ]
            + ["reboot", "off", "on", "list", "monitor", "status"].flatMap { action in
                ["action", "timeout", "retries"].map { "pcmk_\(action)_\($0)" }
            })
}
