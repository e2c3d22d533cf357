internal import Catalogue
internal import CorosyncSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import Repository

/// The nodes that corosync.conf lists, or else the CIB, and those that all other files name.
enum NodeRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        guard let file = cluster.files.corosync else { return unknownToCIB(in: cluster) }
        let corosync = file.content.cluster
        let own = repeated(corosync, in: file.source) + votes(corosync, in: file.source) + plugin(corosync, in: file.source)
        let names = Set(corosync.nodes.compactMap(\.name))
        guard !names.isEmpty else { return own + unknownToCIB(in: cluster) }
        let all = cluster.nodesOfFiles + cluster.declaredNodes
        return own + unknownNodes(all, to: names, of: "corosync.conf lists") + unknownNodesInStatements(cluster, names, "corosync.conf lists")
            + absent(from: cluster.files.ocfs2, names)
    }

    /// A repository may leave corosync.conf to the hosts. One node alone is declared for its attributes, not as the cluster.
    private static func unknownToCIB(in cluster: DeclaredCluster) -> [Finding] {
        let nodes = Set(cluster.declaredNodes.map(\.name))
        guard nodes.count > 1 else { return [] }
        return unknownNodes(cluster.nodesOfFiles, to: nodes, of: "crm/ declares") + unknownNodesInStatements(cluster, nodes, "crm/ declares")
    }

    private static func unknownNodesInStatements(_ cluster: DeclaredCluster, _ names: Set<String>, _ list: String) -> [Finding] {
        let candidates = cluster.nodesOfStatements.filter { !names.contains($0.name) }
        return unknownNodes(candidates.filter { !cluster.isMadeOfResource($0.name) }, to: names, of: list)
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
        let quorum = cluster.quorum
        let count = cluster.nodes.isEmpty ? quorum.expectedVotes : cluster.nodes.count
        guard count == 2, !quorum.isTwoNode, !quorum.hasDevice, !quorum.breaksTies else { return [] }
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

    private static func unknownNodes(_ all: [NamedNode], to names: Set<String>, of list: String) -> [Finding] {
        all.filter { !names.contains($0.name) }.map { node in
            Finding(
                .unknownNode, "\(list) no node \"\(node.name)\"", at: node.place,
                remedy: didYouMean(node.name, among: names) ?? Rule.unknownNode.remedy)
        }
    }

    private static func absent(from file: ReadFile<OCFS2Configuration>?, _ names: Set<String>) -> [Finding] {
        guard let file, let first = file.content.nodes.first else { return [] }
        let missing = names.subtracting(file.content.nodes.compactMap { $0["name"] }).sorted()
        guard !missing.isEmpty else { return [] }
        return [
            Finding(
                .absentNode, "cluster.conf lists no \(missing.joined(separator: ", "))", at: file.source.place(of: first.origin),
                remedy: Rule.absentNode.remedy)
        ]
    }
}
