public import XML

extension Element {
    /// A fencing topology whose levels without a target hold for each of the nodes.
    public func withFencingTargets(_ nodes: [String]) -> Element {
        guard name == "fencing-topology", children.contains(where: { !$0.hasFencingTarget }) else { return self }
        var topology = self
        topology.children = children.filter(\.hasFencingTarget)
        for node in nodes {
            topology.children += children.filter { !$0.hasFencingTarget }.map { level in
                Element(level.name, [Attribute("target", node)] + level.attributes)
            }
        }
        return topology
    }

    private var hasFencingTarget: Bool {
        self["target"] != nil || self["target-pattern"] != nil || self["target-attribute"] != nil
    }

    /// What a fencing level is for, as crmsh writes it.
    var fencingTarget: String {
        if let pattern = self["target-pattern"] { return "pattern:\(pattern)" }
        if let name = self["target-attribute"] { return "attr:\(name)=\(self["target-value"] ?? "")" }
        return "\(self["target"] ?? ""):"
    }
}
