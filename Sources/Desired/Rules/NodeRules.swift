internal import CIB
internal import Catalogue
internal import CorosyncSyntax
internal import DRBDSyntax
internal import Diagnostics
internal import OCFS2Syntax

/// The nodes that corosync.conf lists, or else the CIB, and those that all other files name.
enum NodeRules: RuleSet {
    static func findings(in inventory: Inventory) -> [Finding] {
        guard let file = inventory.files.corosync else { return strangersToCIB(in: inventory) }
        let cluster = file.content.cluster
        let own = repeated(cluster, in: file.source) + votes(cluster, in: file.source) + plugin(cluster, in: file.source)
        let names = Set(cluster.nodes.compactMap(\.name))
        guard !names.isEmpty else { return own + strangersToCIB(in: inventory) }
        let all = named(in: inventory) + declared(in: inventory)
        return own + strangers(all, to: names, of: "corosync.conf lists") + absent(from: inventory.files.ocfs2, names)
    }

    /// A repository may leave corosync.conf to the hosts. One node alone is declared for its attributes, not as the cluster.
    private static func strangersToCIB(in inventory: Inventory) -> [Finding] {
        let nodes = Set(declared(in: inventory).map(\.name))
        return nodes.count < 2 ? [] : strangers(named(in: inventory), to: nodes, of: "crm/ declares")
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
        guard cluster.nodes.count == 2, !quorum.isTwoNode, !quorum.hasDevice, !quorum.breaksTies else { return [] }
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

    private typealias Named = (name: String, place: Place)

    /// The nodes of .res files, of OCFS2 and of the volume groups.
    private static func named(in inventory: Inventory) -> [Named] {
        let inResources = inventory.resources.flatMap { definition in
            definition.nodes.map { ($0, definition.place(of: $0)) }
        }
        let inOCFS2 =
            inventory.files.ocfs2.map { file in
                file.content.nodes.compactMap { node in
                    node["name"].map { ($0, file.source.place(of: $0, from: node.origin)) }
                }
            } ?? []
        let inVolumes = inventory.files.volumes.flatMap { file in
            Set(file.content.groups.flatMap(\.namedHosts)).sorted().map { ($0, file.source.place(of: $0)) }
        }
        return inResources + inOCFS2 + inVolumes
    }

    private static func declared(in inventory: Inventory) -> [Named] {
        inventory.declarations.all.filter { $0.object.id.kind == .node && !$0.object.element.isRemote }.compactMap { node in
            node.place(of: node.object.id.name).map { (node.object.id.name, $0) }
        }
    }

    private static func strangers(_ all: [Named], to names: Set<String>, of list: String) -> [Finding] {
        all.filter { !names.contains($0.name) }.map { name, place in
            Finding(
                .unknownNode, "\(list) no node \"\(name)\"", at: place, remedy: didYouMean(name, among: names) ?? Rule.unknownNode.remedy)
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
