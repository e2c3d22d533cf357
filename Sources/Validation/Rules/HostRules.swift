internal import CIB
internal import Catalogue
internal import Diagnostics
internal import OCFS2Syntax
internal import Repository
internal import ShellSyntax

/// OCFS2's cluster.conf and the files of /etc/default.
enum HostRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        let clusters = cluster.files.ocfs2.map { numbers(in: $0) } ?? []
        return clusters
            + cluster.files.shell.flatMap { file in
                file.name == "xendomains" ? autostart(in: file) : bootCluster(in: file, of: cluster) + idleStack(in: file, of: cluster)
            }
    }

    // MARK: OCFS2

    private static func numbers(in file: ReadFile<OCFS2Configuration>) -> [Finding] {
        file.content.clusters.flatMap { cluster -> [Finding] in
            let nodes = file.content.nodes.filter { $0["cluster"] == cluster["name"] }
            return count(of: nodes, cluster, in: file.source) + repeated(nodes, in: file.source)
        } + strays(in: file)
    }

    private static func count(
        of nodes: [OCFS2Configuration.Stanza], _ cluster: OCFS2Configuration.Stanza, in source: SourceText
    ) -> [Finding] {
        guard let count = cluster["node_count"], Int(count) != nodes.count else { return [] }
        return [
            Finding(
                .clusterNumbers, "node_count is \(count), and the cluster has \(nodes.count)",
                at: source.place(of: "node_count", from: cluster.origin), remedy: "write node_count = \(nodes.count)")
        ]
    }

    private static func repeated(_ nodes: [OCFS2Configuration.Stanza], in source: SourceText) -> [Finding] {
        var holders = Holders()
        return nodes.enumerated().flatMap { index, node in
            ["number", "name", "ip_address"].compactMap { key in
                guard let value = node[key], holders.take("\(key) \(value)", for: "\(index)") != nil else { return nil }
                return Finding(
                    .clusterNumbers, "another node has the \(key) \(value)", at: source.place(of: key, from: node.origin),
                    remedy: Rule.clusterNumbers.remedy)
            }
        }
    }

    private static func strays(in file: ReadFile<OCFS2Configuration>) -> [Finding] {
        let names = Set(file.content.clusters.compactMap { $0["name"] })
        return file.content.nodes.compactMap { node in
            guard let cluster = node["cluster"], !names.contains(cluster) else { return nil }
            return Finding(
                .clusterNumbers, "no cluster is named \"\(cluster)\"", at: file.source.place(of: "cluster", from: node.origin),
                remedy: didYouMean(cluster, among: names) ?? Rule.clusterNumbers.remedy)
        }
    }

    // MARK: /etc/default

    /// Debian's script asks of each of them only whether it is empty: "false" restores too, if there is a directory to restore from.
    private static func autostart(in file: ReadFile<ShellVariables>) -> [Finding] {
        let variables = file.content
        let saves = variables.sets("XENDOMAINS_SAVE") && variables["XENDOMAINS_SAVE"] != ""
        return ["XENDOMAINS_AUTO", "XENDOMAINS_SAVE", "XENDOMAINS_RESTORE", "XENDOMAINS_MIGRATE"].compactMap { name in
            guard let value = variables[name], !value.isEmpty, name != "XENDOMAINS_RESTORE" || saves || value != "false" else { return nil }
            return Finding(
                .domainsAutostart, "\(name)=\(value) has the host keep domUs by itself, beside Pacemaker",
                at: file.source.place(of: name, from: variables.origin(of: name) ?? Origin()), remedy: "write \(name)=\"\"")
        }
    }

    private static func bootCluster(in file: ReadFile<ShellVariables>, of cluster: DeclaredCluster) -> [Finding] {
        guard let name = file.content["O2CB_BOOTCLUSTER"], let clusters = cluster.files.ocfs2?.content.clusters else { return [] }
        let names = clusters.compactMap { $0["name"] }
        guard !names.contains(name) else { return [] }
        return [
            Finding(
                .unknownStack, "cluster.conf describes no cluster \"\(name)\"",
                at: file.source.place(of: name, from: file.content.origin(of: "O2CB_BOOTCLUSTER") ?? Origin()),
                remedy: didYouMean(name, among: names) ?? Rule.unknownStack.remedy)
        ]
    }

    /// `if [ "$O2CB_ENABLED" != "true" ] then exit 0` (/etc/init.d/o2cb). An agent of that name brings the stack up itself.
    private static func idleStack(in file: ReadFile<ShellVariables>, of cluster: DeclaredCluster) -> [Finding] {
        let name = "O2CB_ENABLED"
        guard let mount = cluster.filesystems.first(where: { $0.type == "ocfs2" }), !cluster.startsStack else { return [] }
        guard !file.content.sets(name) || ["false", ""].contains(file.content[name]) else { return [] }
        return [
            Finding(
                .idleStack, "o2cb is left off, and \(mount.name) mounts OCFS2",
                at: file.source.place(of: name, from: file.content.origin(of: name) ?? Origin()), remedy: Rule.idleStack.remedy)
        ]
    }
}

extension DeclaredCluster {
    fileprivate var startsStack: Bool {
        declarations.all(of: .resource).contains { declaration in
            inherited.agent(of: declaration.object).map { $0.standard == "ocf" && $0.type == "o2cb" } ?? false
        }
    }
}
