internal import ClusterModel
public import Diagnostics
public import XML

extension Transition {
    /// Reads what `crm_simulate --run --output-as=xml` prints.
    ///
    /// - Throws: `Finding` for what it does not know: an action that is passed over would be one that does not happen.
    public init(simulation output: SourceText) throws(Finding) {
        try self.init(simulation: Element(parsing: output))
    }

    /// The schema is `crm_simulate-2.24.rng` of Pacemaker's `api` directory. An answer that was cut off has no status at its end.
    public init(simulation output: Element) throws(Finding) {
        guard output.name == "pacemaker-result", let status = output.first("status"), let list = output.first("actions") else {
            throw .error("crm_simulate printed no list of actions, but <\(output.name)>")
        }
        guard status["code"] == "0" else {
            throw .error("crm_simulate ended with \(status["code"] ?? "no code"): \(status["message"] ?? "")")
        }
        let bundles = BundleParts(output.first("cluster_status")?.first("resources"))
        self.init()
        for element in list.children { try add(element, bundles) }
    }

    private mutating func add(_ element: Element, _ bundles: BundleParts) throws(Finding) {
        switch element.name {
        case "rsc_action": actions.append(try ResourceAction(element, bundles))
        case "node_action": if let action = try Fencing(element) { fencing.append(action) }
        default: throw .error("crm_simulate printed an action that is not known: <\(element.name)>")
        }
    }
}

extension Transition.ResourceAction {
    /// `node` is where it stops, or else where it starts; what stays where it is has a `source` only.
    fileprivate init(_ element: Element, _ bundles: BundleParts) throws(Finding) {
        guard let kind = element["action"].flatMap(Transition.Kind.init(rawValue:)), let instance = element["resource"] else {
            throw .error("crm_simulate printed an action that is not known: \(element["action"] ?? "") \(element["resource"] ?? "")")
        }
        let place = Place(of: element, kind)
        guard place.source != nil || place.destination != nil else {
            throw .error("crm_simulate does not say where it would \(kind.rawValue) \(instance)")
        }
        self.init(
            kind, bundles.resource(of: instance), instance: instance, from: place.source, to: place.destination,
            role: try Transition.Role(named: element["role"]), nextRole: try Transition.Role(named: element["next-role"]),
            cause: element["reason"], isBlocked: element["blocked"] == "true")
    }

    private struct Place {
        let source, destination: NodeName?

        init(of element: Element, _ kind: Transition.Kind) {
            let node = element["node"].map(NodeName.init(_:))
            let source = element["source"].map(NodeName.init(_:))
            let destination = element["dest"].map(NodeName.init(_:))
            switch kind {
            case .start: (self.source, self.destination) = (nil, destination ?? node)
            case .stop: (self.source, self.destination) = (source ?? node, nil)
            default: (self.source, self.destination) = (source ?? node, destination ?? source ?? node)
            }
        }
    }
}

extension Transition.Role {
    /// Pacemaker before 2.1.0 spoke of Master and Slave.
    fileprivate init?(named name: String?) throws(Finding) {
        switch name {
        case nil: return nil
        case "Master": self = .promoted
        case "Slave": self = .unpromoted
        case let name?:
            guard let role = Self(rawValue: name) else { throw .error("crm_simulate named a role that is not known: \(name)") }
            self = role
        }
    }
}

extension Transition.Fencing {
    /// `Fence (reboot)` of `alpha`, or of `guest (resource: vm)`; nil for what is no fencing.
    fileprivate init?(_ element: Element) throws(Finding) {
        guard let task = element["task"], let node = element["node"] else { throw .error("crm_simulate printed an action without a node") }
        if task == "Shutdown" { return nil }
        guard task.hasPrefix("Fence ("), task.hasSuffix(")") else {
            throw .error("crm_simulate printed an action that is not known: \(task) \(node)")
        }
        let name = node.firstRange(of: " (resource: ").map { node[..<$0.lowerBound] } ?? node[...]
        self.init(NodeName(name), String(task.dropFirst(7).dropLast()), cause: element["reason"])
    }
}

/// What Pacemaker makes for a bundle, and the configuration has no name for: containers, addresses, connections.
private struct BundleParts {
    private var bundles: [String: String] = [:]

    init(_ resources: Element?) {
        for bundle in resources?.all("bundle") ?? [] {
            for resource in bundle.all("replica").flatMap({ $0.all("resource") }) {
                guard let id = resource.id, Self.primitive(of: id) == nil else { continue }
                bundles[id] = bundle.id
            }
        }
    }

    func resource(of instance: String) -> ResourceID {
        ResourceID(bundles[instance] ?? Self.primitive(of: instance) ?? instance)
    }

    /// The name without the number of an instance; nil where it has none.
    private static func primitive(of instance: String) -> String? {
        guard let colon = instance.lastIndex(of: ":") else { return nil }
        let number = instance[instance.index(after: colon)...]
        return !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(instance[..<colon]) : nil
    }
}
