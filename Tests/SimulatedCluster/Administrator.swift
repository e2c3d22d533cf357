internal import CIB
internal import ClusterModel
internal import Diagnostics
internal import Planning
internal import XML

/// A person at work on the live cluster and on its hosts, who knows nothing of Coxswain.
struct Administrator {
    let cluster: Cluster

    /// Edits the CIB of the partition that a node is in.
    func edit(on node: NodeName, _ what: String, _ change: (inout Edits, CIB) -> Void) {
        guard let partition = cluster.partition(of: node) else { return }
        let former = partition.cib
        partition.edit(change)
        guard partition.cib.version != former.version else { return }
        cluster.say("a person on \(node): \(what)")
        cluster.changed(partition, from: former, by: .person)
    }

    /// `crm resource stop`, or start.
    func setRole(of resource: String, _ role: String, on node: NodeName) {
        edit(on: node, "target-role of \(resource) is \(role)") { edits, cib in
            guard let object = cib[ObjectID(.resource, resource)] else { return }
            var element = object.element
            let pair = Element("nvpair", ["id": "\(resource)-target-role", "name": "target-role", "value": role])
            if let index = element.children.firstIndex(where: { $0.name == "meta_attributes" }) {
                element.children[index].children.removeAll { $0["name"] == "target-role" }
                element.children[index].children.append(pair)
            } else {
                element.children.append(Element("meta_attributes", ["id": "\(resource)-meta_attributes"], children: [pair]))
            }
            edits.change(object.id, to: element)
        }
    }

    /// A value of git's, changed by hand.
    func changeAddress(on node: NodeName) {
        edit(on: node, "another address by hand") { edits, cib in
            guard let object = cib[ObjectID(.resource, "ip")] else { return }
            var element = object.element
            for set in element.children.indices where element.children[set].name == "instance_attributes" {
                for pair in element.children[set].children.indices where element.children[set].children[pair]["name"] == "ip" {
                    element.children[set].children[pair]["value"] = "10.0.0.99"
                }
            }
            edits.change(object.id, to: element)
        }
    }

    /// `crm maintenance on`, or off.
    func maintain(on node: NodeName, _ isOn: Bool) {
        edit(on: node, "maintenance-mode=\(isOn)") { edits, cib in
            let id = ObjectID(.properties, "cib-bootstrap-options")
            var set = cib[id]?.element ?? Element("cluster_property_set", ["id": id.name])
            set.children.removeAll { $0["name"] == "maintenance-mode" }
            set.children.append(
                Element("nvpair", ["id": "\(id.name)-maintenance-mode", "name": "maintenance-mode", "value": isOn ? "true" : "false"]))
            if cib[id] == nil { edits.add(CIBObject(id: id, element: set)) } else { edits.change(id, to: set) }
        }
    }

    /// `crm resource ban`, of what has nothing on any host.
    func ban(_ resource: String, from other: NodeName, on node: NodeName) {
        edit(on: node, "bans \(resource) from \(other)") { edits, cib in
            let id = ObjectID(.constraint, "cli-ban-\(resource)-on-\(other)")
            guard cib[id] == nil else { return }
            let attributes: KeyValuePairs = ["id": id.name, "rsc": resource, "role": "Started", "node": other.text, "score": "-INFINITY"]
            edits.add(CIBObject(id: id, element: Element("rsc_location", attributes)))
        }
    }

    func addObject(on node: NodeName) {
        let id = "manual\(cluster.simulation.now)"
        edit(on: node, "adds \(id)") { edits, _ in
            let primitive = Element("primitive", ["id": id, "class": "ocf", "provider": "pacemaker", "type": "Dummy"])
            edits.add(CIBObject(id: ObjectID(.resource, id), element: primitive))
        }
    }

    func deleteObject(_ id: String, on node: NodeName) {
        edit(on: node, "deletes \(id)") { edits, cib in
            if cib[ObjectID(.resource, id)] != nil { edits.remove(ObjectID(.resource, id)) }
        }
    }

    func cleanUp(on node: NodeName) {
        guard let partition = cluster.partition(of: node) else { return }
        cluster.say("a person on \(node): crm resource cleanup")
        partition.cleanUp()
        cluster.scheduler.evaluate(partition)
    }

    /// - Parameter text: nil removes the file.
    func write(_ path: String, _ text: String?, on name: NodeName) {
        let node = cluster.node(name)
        guard node.host.hasPower, node.host.isMounted || cluster.shared?.holds(path) != true else { return }
        cluster.say("a person on \(name): \(text == nil ? "removes" : "writes") \(path)")
        node.host.files[path] = text.map { SourceText(path: path, text: $0) }
        touched(path, on: node)
    }

    func changeFile(_ path: String, on name: NodeName) {
        guard let file = cluster.node(name).host.files[path] else { return }
        write(path, file.text.replacing("1024", with: "1536").replacing("8000", with: "8500"), on: name)
    }

    /// `drbdadm down` of what nobody uses and an adjustment would take away: two halves of a cluster have brought a disk to different
    /// places, and the log asks for a person.
    /// - Returns: whether there was anything.
    func release(_ resources: [String], on node: Node) -> Bool {
        let up = resources.filter { node.host.drbd[$0] != nil }
        let idle = up.filter { !node.host.primaries.contains($0) }
        if idle.isEmpty, !up.isEmpty {
            cluster.say("a person on \(node.name) restarts the host: \(up.joined(separator: ", ")) is in use")
            cluster.cutPower(node.name, for: 5000)
            return true
        }
        for resource in idle {
            cluster.say("a person on \(node.name): drbdadm down \(resource)")
            node.host.drbd[resource] = nil
        }
        return !idle.isEmpty
    }

    private func touched(_ path: String, on node: Node) {
        for name in cluster.shared?.holds(path) == true ? cluster.names : [node.name] { cluster.report(.disturbed(name, path)) }
        cluster.changedFiles(on: node)
        cluster.share(path, changedBy: node.name)
    }
}
