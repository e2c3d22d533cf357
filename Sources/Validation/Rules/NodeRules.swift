internal import CIB
internal import Catalogue
internal import CorosyncSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import Repository
internal import XML

/// The nodes that corosync.conf lists, or else the CIB, and those that all other files name.
enum NodeRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] { sharedIDs(in: cluster) + sharedNames(in: cluster) + members(of: cluster) }

    /// Pacemaker compares names of nodes without regard to case ("More than one node entry has name 'ALPHA'"), those of remote and guest nodes too.
    private static func sharedNames(in cluster: DeclaredCluster) -> [Finding] {
        var owners: [String: String] = [:]
        for node in cluster.files.corosync?.content.cluster.nodes ?? [] { if let name = node.name { owners[name.lowercased()] = name } }
        var findings: [Finding] = []
        for declaration in cluster.declarations.all(of: .node) {
            let name = declaration.object.id.name
            if let first = owners[name.lowercased()], first != name {
                findings.append(
                    Finding(
                        .repeatedObject, "\"\(name)\" is the node \(first) to Pacemaker, which compares names without regard to case",
                        at: declaration.place(of: name), remedy: "write \(first); for another node take another name"))
            }
            if !declaration.object.isRemoteNode { owners[name.lowercased()] = name }
        }
        guard !owners.isEmpty else { return findings }
        for declaration in cluster.declarations.all(of: .resource) {
            for name in declaration.object.remoteNodeNames.sorted() {
                guard let member = owners[name.lowercased()] else { continue }
                findings.append(
                    Finding(
                        .repeatedObject, "\(declaration.object.id.name) makes a remote node \"\(name)\", and \(member) is a node of the cluster",
                        at: declaration.place(of: name), remedy: "give the remote node another name"))
            }
        }
        return findings
    }

    /// crmsh calls it "Duplicate node": Pacemaker knows a node by its id, and takes the second name for another, lost one.
    private static func sharedIDs(in cluster: DeclaredCluster) -> [Finding] {
        var owners: [String: Declaration] = [:]
        return cluster.declarations.all(of: .node).compactMap { declaration in
            guard let id = declaration.object.element.id else { return nil }
            guard let first = owners.updateValue(declaration, forKey: id) else { return nil }
            let place = first.place().map { ", in \($0.file):\($0.line)" } ?? ""
            return Finding(
                .repeatedObject, "the node id \(id) is that of \(first.object.id.name) already\(place)",
                at: declaration.place(of: declaration.object.id.name),
                remedy: "each node has the nodeid that corosync.conf gives it; or leave the id out")
        }
    }

    private static func members(of cluster: DeclaredCluster) -> [Finding] {
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
