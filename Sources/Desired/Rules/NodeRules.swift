internal import CIB
internal import Catalogue
internal import CorosyncSyntax
internal import DRBDSyntax
internal import Diagnostics
internal import OCFS2Syntax

/// The nodes that corosync.conf lists, and those that all other files name.
enum NodeRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        guard let file = inventory.files.corosync else { return [] }
        let cluster = file.content.cluster
        let own = repeated(cluster, in: file.source) + votes(cluster, in: file.source) + plugin(cluster, in: file.source)
        let names = Set(cluster.nodes.compactMap(\.name))
        return names.isEmpty ? own : own + strangers(to: names, in: inventory)
    }

    private static func repeated(_ cluster: CorosyncCluster, in source: SourceText) -> [Finding] {
        var names = Holders()
        return cluster.nodes.enumerated().compactMap { index, node in
            let isName = node.name.flatMap { names.take("name \($0)", for: "\(index)") } != nil
            let isID = node.id.flatMap { names.take("nodeid \($0)", for: "\(index)") } != nil
            guard isName || isID else { return nil }
            return Finding(
                .repeatedNode, "another node has this \(isName ? "name" : "nodeid")", at: source.place(of: node.origin),
                remedy: Rule.repeatedNode.remedy)
        }
    }

    private static func votes(_ cluster: CorosyncCluster, in source: SourceText) -> [Finding] {
        guard cluster.nodes.count == 2, !cluster.isTwoNode else { return [] }
        return [
            Finding(
                .twoNodes, "of two nodes one alone has no quorum", at: source.place(of: "quorum"), remedy: Rule.twoNodes.remedy)
        ]
    }

    private static func plugin(_ cluster: CorosyncCluster, in source: SourceText) -> [Finding] {
        guard let origin = cluster.plugin else { return [] }
        return [
            Finding(
                .formerPlugin, "Pacemaker is no plugin of corosync any more", at: source.place(of: origin),
                remedy: Rule.formerPlugin.remedy)
        ]
    }

    private static func strangers(to names: Set<String>, in inventory: Inventory) -> [Finding] {
        let inResources = inventory.resources.flatMap { definition in
            definition.nodes.map { ($0, definition.place(of: $0)) }
        }
        let inOCFS2 = inventory.files.ocfs2.map { file in
            file.content.nodes.compactMap { node in
                node["name"].map { ($0, file.source.place(of: $0, from: node.origin)) }
            }
        } ?? []
        let inCIB = inventory.declarations.all.filter { $0.object.id.kind == .node && !$0.object.element.isRemote }.compactMap { node in
            node.place(of: node.object.id.name).map { (node.object.id.name, $0) }
        }
        return (inResources + inOCFS2 + inCIB).filter { !names.contains($0.0) }.map { name, place in
            Finding(
                .unknownNode, "corosync.conf lists no node \"\(name)\"", at: place,
                remedy: didYouMean(name, among: names) ?? Rule.unknownNode.remedy)
        }
    }
}
