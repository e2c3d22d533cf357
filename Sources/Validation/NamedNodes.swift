internal import CIB
internal import CorosyncSyntax
internal import DRBDSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import Repository
internal import XML

/// A node by the name that a file calls it. Where that stands is looked for only when somebody asks.
struct NamedNode {
    let name: String
    private let locate: () -> Place?

    init(_ name: String, at locate: @autoclosure @escaping () -> Place?) {
        self.name = name
        self.locate = locate
    }

    var place: Place? { locate() }
}

extension DeclaredCluster {
    /// The cluster's nodes that `node` statements declare; remote ones only Pacemaker knows.
    var declaredNodes: [NamedNode] {
        declarations.all(of: .node).filter { !$0.object.isRemoteNode }.map { $0.naming($0.object.id.name) }
    }

    /// All that files take for a node of corosync's cluster: .res files, OCFS2, lvm/.
    var nodesOfFiles: [NamedNode] { nodesOfResources + nodesOfOCFS2 + nodesOfVolumes }

    /// "stacked-on-top-of": the other host of such a resource is of another cluster, far away.
    private var nodesOfResources: [NamedNode] {
        resources.filter { !$0.isStacked }.flatMap { definition in
            definition.nodes.map { name in NamedNode(name, at: definition.place(of: name)) }
        }
    }

    private var nodesOfOCFS2: [NamedNode] {
        files.ocfs2.map { file in
            file.content.nodes.compactMap { node in
                node["name"].map { name in NamedNode(name, at: file.source.place(of: name, from: node.origin)) }
            }
        } ?? []
    }

    private var nodesOfVolumes: [NamedNode] {
        files.volumes.flatMap { file in
            let names = file.content.groups.flatMap { group in (group.hosts ?? []) + group.volumes.flatMap { $0.hosts ?? [] } }
            return Set(names).sorted().map { name in NamedNode(name, at: file.source.place(of: name)) }
        }
    }

    /// All that constraints, fencing levels and fence devices take for a node, remote or not.
    var nodesOfStatements: [NamedNode] {
        declarations.all.flatMap { declaration -> [NamedNode] in
            switch declaration.object.id.kind {
            case .constraint, .fencing: declaration.nodesInElement
            case .resource:
                inherited.agent(of: declaration.object)?.standard == "stonith" ? declaration.nodesInHostList + declaration.nodesInHostMap : []
            default: []
            }
        }
    }

    /// Nodes that Pacemaker makes of resources: hosts that pacemaker_remote runs on, and domUs and containers that are domU nodes.
    func isMadeOfResource(_ name: String) -> Bool { remoteNodes.contains(name) || bundles.contains { name.hasPrefix($0 + "-") } }

    private var bundles: [String] { declarations.all(of: .resource).filter { $0.object.element.name == "bundle" }.map(\.object.id.name) }

    private var remoteNodes: Set<String> {
        let made = declarations.all(of: .resource).reduce(into: Set<String>()) { $0.formUnion($1.object.remoteNodeNames) }
        return made.union(declarations.all(of: .node).filter(\.object.isRemoteNode).map(\.object.id.name))
    }
}

extension Declaration {
    fileprivate func naming(_ name: String) -> NamedNode { NamedNode(name, at: self.place(of: name)) }

    /// `location … node`, rules with `#uname`, targets of fencing levels.
    fileprivate var nodesInElement: [NamedNode] {
        var names: [String] = []
        object.element.walk { element in
            switch element.name {
            case "rsc_location": names += [element["node"]].compactMap(\.self)
            case "fencing-level": names += [element["target"]].compactMap(\.self)
            case "expression" where element["attribute"] == "#uname" && ["eq", "ne"].contains(element["operation"]):
                names += element["value-source"] ?? "literal" == "literal" ? [element["value"]].compactMap(\.self) : []
            default: break
            }
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.map(naming)
    }

    /// "pcmk_host_list: A list of machines controlled by this device" (pacemaker-fenced(7)).
    fileprivate var nodesInHostList: [NamedNode] {
        let list = object.element.value(of: "pcmk_host_list", in: "instance_attributes") ?? ""
        return list.split { " ,;\t".contains($0) }.map { NamedNode(String($0), at: self.valuePlace(list, of: "pcmk_host_list") ?? self.place()) }
    }

    /// "pcmk_host_map: A mapping of host names to ports numbers for devices that do not support host names. Eg. node1:1;node2:2,3"
    /// (pacemaker-fenced(7)); `=` will do for `:`, a blank for `;`.
    fileprivate var nodesInHostMap: [NamedNode] {
        let map = object.element.value(of: "pcmk_host_map", in: "instance_attributes") ?? ""
        let names = map.split { " ;\t".contains($0) }.compactMap { $0.split(maxSplits: 1) { ":=".contains($0) }.first.map(String.init) }
        return names.map { NamedNode($0, at: self.place(of: $0, orOf: ["pcmk_host_map"])) }
    }
}
