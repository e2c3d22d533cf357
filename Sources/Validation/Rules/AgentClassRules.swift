internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Agents of the classes that have neither parameters nor roles: init scripts and units.
enum AgentClassRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.subjects.flatMap { declaration -> [Finding] in
            guard declaration.object.id.kind == .resource else { return [] }
            guard let standard = declaration.object.element["class"], let agent = declaration.object.element["type"], standard != "ocf" else {
                return cloning(declaration, in: cluster)
            }
            return parameters(declaration, standard, agent) + [retired(declaration, standard, agent)].compactMap(\.self)
        }
    }

    /// Only ocf agents find them in their environment (`add_action_env_vars`), and stonith and nagios among their arguments.
    private static func parameters(_ declaration: Declaration, _ standard: String, _ agent: String) -> [Finding] {
        guard ["lsb", "service", "systemd", "upstart"].contains(standard) else { return [] }
        let lists = declaration.object.element.all("instance_attributes")
        return lists.flatMap(\.children).compactMap { $0.name == "nvpair" ? $0["name"] : nil }.map { name in
            Finding(
                .deafAgent, "\(declaration.object.id.name): \(standard):\(agent) is given no parameters, and \(name) has no effect",
                at: declaration.place(of: name), remedy: Rule.deafAgent.remedy)
        }
    }

    private static func retired(_ declaration: Declaration, _ standard: String, _ agent: String) -> Finding? {
        let (message, remedy) =
            switch standard {
            case "heartbeat": ("Pacemaker has had no agents of the class heartbeat since 2.0", "write ocf:heartbeat:\(agent)")
            case "upstart": ("Debian 12's Pacemaker has no agents of the class upstart", "write systemd:\(agent)")
            case "service": ("each node looks for an init script \(agent) first, and then for a unit", "write systemd:\(agent) or lsb:\(agent)")
            default: ("", "")
            }
        guard !message.isEmpty else { return nil }
        let rule = standard == "service" ? Rule.openClass : .retiredClass
        return Finding(
            rule, "\(declaration.object.id.name): \(message)", at: declaration.place(of: "\(standard):\(agent)", orOf: [standard]), remedy: remedy)
    }

    // MARK: Clones

    private static func cloning(_ declaration: Declaration, in cluster: DeclaredCluster) -> [Finding] {
        let clone = declaration.object
        guard ["clone", "master"].contains(clone.element.name) else { return [] }
        let isPromotable = cluster.inherited.isPromotable(clone)
        guard isPromotable || cluster.inherited.isTrue("globally-unique", of: clone) else { return [] }
        return primitives(in: clone, cluster).compactMap { name, standard in
            guard standard != "ocf", isPromotable || standard != "stonith" else { return nil }
            return Finding(
                .unfitClone, "\(clone.id.name) is \(isPromotable ? "promotable" : "globally unique"), and \(name) is of the class \(standard)",
                at: declaration.place(of: clone.id.name), remedy: Rule.unfitClone.remedy)
        }
    }

    /// The resources of the clone and of the group in it, with the classes of their agents.
    private static func primitives(in clone: CIBObject, _ cluster: DeclaredCluster) -> [(name: String, standard: String)] {
        let members = clone.members.flatMap { [$0] + (cluster.declarations[ObjectID(.resource, $0)]?.object.members ?? []) }
        return members.compactMap { name in
            guard let element = cluster.declarations[ObjectID(.resource, name)]?.object.element else { return nil }
            let maker = element["template"].flatMap { cluster.declarations[ObjectID(.resource, $0)]?.object.element } ?? element
            return maker["class"].map { (name, $0) }
        }
    }
}
