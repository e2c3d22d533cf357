internal import XML

extension CIBObject {
    /// Whether a `node` is one that only Pacemaker knows.
    public var isRemoteNode: Bool { element["type"].map { $0 != "member" && $0 != "normal" } ?? false }

    /// The nodes that Pacemaker makes of a resource: the host of `ocf:pacemaker:remote`, and the guest that `meta remote-node` names.
    public var remoteNodeNames: Set<String> {
        guard id.kind == .resource else { return [] }
        let isConnection = element["type"] == "remote" && element["provider"] == "pacemaker"
        var names: Set<String> = isConnection ? [id.name] : []
        for list in element.children where list.name == "meta_attributes" {
            for pair in list.children where pair["name"] == "remote-node" { if let name = pair["value"] { names.insert(name) } }
        }
        return names
    }
}
