internal import CIB
internal import Catalogue
internal import Diagnostics
internal import Repository
internal import XML

/// Which devices fence a node, one level after the other. Nothing checks their names: the schema takes them for text, and a level with a device that
/// does not exist fails when it is needed.
enum TopologyRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        cluster.declarations.all(of: .fencing).flatMap { declaration in
            unusable(in: declaration, of: cluster) + repeated(in: declaration)
        }
    }

    private static func unusable(in topology: Declaration, of cluster: DeclaredCluster) -> [Finding] {
        let names = Set(topology.object.element.children.flatMap(\.devices)).sorted()
        return names.compactMap { name in
            guard let device = cluster.declarations[ObjectID(.resource, name)] else {
                guard !cluster.declarations.mayDeclare(name) else { return nil }
                return Finding(
                    .futileLevel, "no fence device \"\(name)\" is declared", at: topology.place(of: name, orOf: [topology.list(with: name)]),
                    remedy: didYouMean(name, among: cluster.fenceDevices) ?? "declare it, or remove it from the level")
            }
            guard let agent = cluster.inherited.agent(of: device.object) else {
                return device.object.element["template"] == nil ? noDevice(name, device.object.element.name, topology) : nil
            }
            return agent.standard == "stonith" ? nil : noDevice(name, agent.description, topology)
        }
    }

    private static func noDevice(_ name: String, _ kind: String, _ topology: Declaration) -> Finding {
        Finding(
            .futileLevel, "\(name) is no fence device, it is a resource of \(kind)", at: topology.place(of: name, orOf: [topology.list(with: name)]),
            remedy: "name a primitive of the class stonith")
    }

    /// A device that has failed on one level fails on the next one too.
    private static func repeated(in topology: Declaration) -> [Finding] {
        var seen: Set<String> = []
        let again = topology.object.element.children.flatMap { level in
            let target = level.attributes.filter { $0.name.hasPrefix("target") }.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            return level.devices.filter { !seen.insert("\(target) \($0)").inserted }
        }
        return Set(again).sorted().map { name in
            Finding(
                .futileLevel, "\(name) is tried twice for one target", at: topology.place(ofLast: name),
                remedy: "remove one of the two, or name another device")
        }
    }
}

extension DeclaredCluster {
    fileprivate var fenceDevices: [String] {
        declarations.all(of: .resource).filter { inherited.agent(of: $0.object)?.standard == "stonith" }.map(\.object.id.name)
    }
}

extension Declaration {
    /// The word in which the device stands beside others.
    fileprivate func list(with device: String) -> String? { object.element.children.first { $0.devices.contains(device) }?["devices"] }
}

extension Element {
    fileprivate var devices: [String] { (self["devices"] ?? "").split(separator: ",").map(String.init) }
}
