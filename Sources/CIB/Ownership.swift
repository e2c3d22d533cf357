internal import XML

/// Who put something into the live CIB that is not, or not so, in the repository.
public enum Owner: String, Hashable, Sendable, CaseIterable {
    /// DRBD's fence-peer handler: "drbd-fence-by-handler-…" keeps outdated data from being promoted.
    case drbdFencing = "drbd-fencing"
    /// A person's `crm resource move`, `ban`, `stop`, `unmanage`, `crm node standby`, `maintenance`.
    case operatorOverride = "operator"
    /// The cluster itself: `dc-version`, `last-lrm-refresh`, …
    case cluster
    /// An agent: what it keeps in the CIB at run time (`AgentState`), DRBD's promotion scores, node health.
    case agent
}

/// Which class what is live and not as git says belongs to, by what it is called and where it stands.
extension DriftClass {
    /// Of a whole object that was never in git, judged by its name alone.
    public static func of(_ object: ObjectID) -> DriftClass? {
        switch object.kind {
        case .constraint: ofConstraint(object.name)
        case .node: .cluster
        case .properties: AgentState.has(object.name, in: .optionSet) ? .agent : nil
        case .resourceDefaults: object.name == "build-resource-defaults" ? .cluster : nil
        default: nil
        }
    }

    /// The same by what the object is, too: DRBD's handler takes any `--id-prefix`.
    public static func of(_ object: CIBObject, in tree: @autoclosure () -> ResourceTree) -> DriftClass? {
        if let known = of(object.id) { return known }
        return object.element.mayBeDRBDFence && object.isDRBDFence(in: tree()) ? .drbdFence : nil
    }

    private static func ofConstraint(_ id: String) -> DriftClass? {
        if id.hasPrefix("drbd-fence-by-") { return .drbdFence }
        return ["cli-ban-", "cli-prefer-", "cli-standby-"].contains(where: id.hasPrefix) ? .move : nil
    }

    /// Of one nvpair, by the set that it is in and the object around it.
    /// - Parameter agent: of a resource, `ocf:heartbeat:Xen`; nil where it may be any. What a node has to offer some resource's may have measured.
    public static func ofPair(_ name: String, in set: String, of object: String, by agent: String? = nil) -> DriftClass? {
        switch set {
        case "cluster_property_set": ofProperty(name)
        case "meta_attributes" where Tags.isResource(object):
            ["target-role", "is-managed", "maintenance"].contains(name) ? .resourceState : nil
        case "instance_attributes" where object == "node": ofNodeAttribute(name)
        case "utilization": AgentState.has(name, in: .utilization, by: agent) ? .utilization : nil
        default: nil
        }
    }

    /// Whether no commit changes it either: what the cluster writes about itself, and what an agent decides by.
    static func isBeyondGit(_ name: String, in set: String, of object: String) -> Bool {
        switch set {
        case "cluster_property_set": clusterProperties.contains(name) || AgentState.has(name, in: .option)
        case "instance_attributes" where object == "node": AgentState.has(name, in: .nodeAttribute)
        default: false
        }
    }

    private static func ofProperty(_ name: String) -> DriftClass? {
        if name == "maintenance-mode" { return .maintenanceMode }
        if clusterProperties.contains(name) { return .cluster }
        return AgentState.has(name, in: .option) ? .agent : nil
    }

    /// Promotion scores and node health are transient mostly; of permanent ones nobody can tell who wrote them.
    private static func ofNodeAttribute(_ name: String) -> DriftClass? {
        if name == "standby" || name == "maintenance" { return .nodeState }
        if AgentState.has(name, in: .nodeAttribute) { return .agent }
        return ["master-", "#health"].contains(where: name.hasPrefix) ? .scores : nil
    }

    /// Written by the cluster at run time; a repository that has them (copied from `crm configure show`) is not obeyed.
    public static let clusterProperties: Set<String> = [
        "dc-version", "cluster-infrastructure", "cluster-name", "have-watchdog", "last-lrm-refresh",
    ]
}

extension CIBObject {
    /// What a person has to call a constraint that is nobody's for a time.
    public var nameOfItsOwn: String {
        DriftClass.of(id) == nil ? "an id that does not end in \"-\(element["rsc"] ?? "")\"" : "a name of its own"
    }

    /// The object without what agents keep in it, and the names of that: it is nobody's to declare. Utilization stays, since people
    /// declare it too.
    /// - Parameter isReferenced: whether something refers to a pair by its XML id; that one stays as well.
    public func withoutAgentState(unless isReferenced: (String) -> Bool = { _ in false }) -> (object: CIBObject, names: [String]) {
        var object = self
        var names: [String] = []
        switch id.kind {
        case .properties: names = object.element.removePairs(of: "", unless: isReferenced)
        case .node:
            for index in element.children.indices where element.children[index].name == "instance_attributes" {
                names += object.element.children[index].removePairs(of: "node", unless: isReferenced)
            }
            object.element.children.removeAll { $0.name == "instance_attributes" && $0.children.isEmpty && $0["id-ref"] == nil }
        default: break
        }
        return names.isEmpty ? (self, []) : (object, names)
    }
}

extension Element {
    fileprivate mutating func removePairs(of object: String, unless isReferenced: (String) -> Bool) -> [String] {
        let unwanted = children.map { pair in
            guard let name = pair["name"], pair.id.map(isReferenced) != true else { return false }
            return DriftClass.ofPair(name, in: self.name, of: object)?.owner == .agent
        }
        let names = zip(children, unwanted).compactMap { $1 ? $0["name"] : nil }
        if !names.isEmpty { children = zip(children, unwanted).compactMap { $1 ? nil : $0 } }
        return names
    }
}
