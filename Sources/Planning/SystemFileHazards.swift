internal import CorosyncSyntax
internal import Diagnostics
internal import OCFS2Syntax
internal import Repository
internal import ShellSyntax

/// Changes of corosync.conf and of OCFS2's cluster.conf that a running cluster can't take: what its nodes are known by, and how they talk.
///
/// What comes in addition, and the times and limits that corosync reads anew, are no such thing.
struct SystemFileHazards {
    let findings: [Finding]
    /// What is let in, and worth a word.
    let notices: [Finding]

    init(of file: HostFile, insteadOf old: SourceText) {
        findings =
            switch file.format {
            case .corosync: Self.corosync(old, file.source)
            case .ocfs2: Self.ocfs2(old, file.source)
            case .drbd, .xen, .shell: []
            }
        notices = file.format == .shell && file.name == "o2cb" ? Self.o2cb(old, file) : []
    }

    // MARK: /etc/default/o2cb

    /// All hosts need the same values, and o2cb reads them when it goes online.
    private static func o2cb(_ old: SourceText, _ file: HostFile) -> [Finding] {
        let (before, after) = (ShellVariables.parse(old).variables, ShellVariables.parse(file.source).variables)
        let changed = after.names.filter { name in name.hasPrefix("O2CB_") && before[name] != after[name] }
        guard !changed.isEmpty else { return [] }
        return [
            .warning(
                "\(changed.joined(separator: ", ")) of o2cb would change: hosts have it when o2cb goes online again, and those that have it do not talk to "
                    + "those that don't",
                remedy: "unmount the OCFS2 file systems on all hosts, restart o2cb everywhere (systemctl restart o2cb), mount them again")
        ]
    }

    // MARK: corosync.conf

    private static func corosync(_ old: SourceText, _ new: SourceText) -> [Finding] {
        let before = CorosyncFacts(CorosyncConfiguration.parse(old).configuration)
        let after = CorosyncFacts(CorosyncConfiguration.parse(new).configuration)
        return after.fixed(differingFrom: before).map { key, was, becomes, origin in
            .error(
                "corosync.conf changes \(key) from \(was ?? "nothing") to \(becomes ?? "nothing"), which a running cluster does not take",
                at: origin.map { new.place(of: $0) } ?? new.place(at: 0),
                remedy:
                    "all nodes together: stop Pacemaker and corosync everywhere (pcs or systemctl, the domUs stop), change /etc/corosync/corosync.conf by "
                    + "hand on each host, start corosync, then Pacemaker; with the same text in git nothing differs any more")
        }
    }

    // MARK: cluster.conf

    private static func ocfs2(_ old: SourceText, _ new: SourceText) -> [Finding] {
        let (before, after) = (OCFS2Configuration.parse(old).configuration, OCFS2Configuration.parse(new).configuration)
        let nodes = before.nodes.compactMap { node -> String? in
            guard let name = node["name"] else { return nil }
            let next = after.nodes.first { $0["name"] == name && $0["cluster"] == node["cluster"] }
            guard let next else { return "leaves out the node \(name)" }
            let key = ["number", "ip_address", "ip_port"].first { node[$0] != next[$0] }
            return key.map { "changes \($0) of the node \(name) from \(node[$0] ?? "nothing") to \(next[$0] ?? "nothing")" }
        }
        let clusters = before.clusters.compactMap { cluster -> String? in
            guard let name = cluster["name"] else { return nil }
            guard let next = after.clusters.first(where: { $0["name"] == name }) else { return "leaves out the cluster \(name)" }
            return next["heartbeat_mode"] != cluster["heartbeat_mode"] ? "changes heartbeat_mode of the cluster \(name)" : nil
        }
        let regions = before.stanzas.filter { $0.name == "heartbeat" }.compactMap { region -> String? in
            let stays = after.stanzas.contains { $0.name == "heartbeat" && $0["region"] == region["region"] && $0["cluster"] == region["cluster"] }
            return stays ? nil : "leaves out the heartbeat region \(region["region"] ?? "")"
        }
        return (clusters + nodes + regions).map { what in
            .error(
                "cluster.conf \(what), which o2cb can't take while it is online", at: new.place(at: 0),
                remedy:
                    "unmount the OCFS2 file systems on all hosts, stop o2cb there (systemctl stop o2cb), change /etc/ocfs2/cluster.conf by hand on each "
                    + "host, start o2cb; with the same text in git nothing differs any more")
        }
    }
}

/// What a corosync.conf says, key by key: `totem.token`, `nodelist.node(alpha).nodeid`.
private struct CorosyncFacts {
    private var values: [String: (value: String, origin: Origin)] = [:]
    private var nodes: Set<String> = []

    init(_ configuration: CorosyncConfiguration) { add(configuration.entries, under: "") }

    private mutating func add(_ entries: [CorosyncConfiguration.Entry], under prefix: String) {
        for entry in entries {
            switch entry {
            case .pair(let key, let value, let origin): values[prefix + key] = (value, origin)
            case .section("node", let inner, _):
                let name = inner.value("name") ?? inner.value("ring0_addr") ?? inner.value("nodeid") ?? ""
                nodes.insert("\(prefix)node(\(name)).")
                add(inner, under: "\(prefix)node(\(name)).")
            case .section("interface", let inner, _):
                add(inner, under: "\(prefix)interface(\(inner.value("linknumber") ?? inner.value("ringnumber") ?? "0")).")
            case .section(let name, let inner, _): add(inner, under: "\(prefix)\(name).")
            }
        }
    }

    /// What differs and may not, in the order of the keys.
    func fixed(differingFrom former: CorosyncFacts) -> [(key: String, was: String?, becomes: String?, origin: Origin?)] {
        let added = nodes.subtracting(former.nodes)
        return Set(values.keys).union(former.values.keys).sorted().compactMap { key in
            let (was, becomes) = (former.values[key]?.value, values[key]?.value)
            guard was != becomes, !Self.isReadAnew(key), !added.contains(where: key.hasPrefix) else { return nil }
            return (key, was, becomes, values[key]?.origin)
        }
    }

    private static func isReadAnew(_ key: String) -> Bool { key.hasPrefix("logging.") || tunable.contains(key) }

    /// Times and limits of corosync.conf(5), 3.1, and what votequorum(5) counts with.
    private static let tunable = Set(
        [
            "token", "token_warning", "token_coefficient", "token_retransmit", "token_retransmits_before_loss_const", "hold", "join", "consensus",
            "merge",
            "downcheck", "fail_recv_const", "seqno_unchanged_const", "max_network_delay", "window_size", "max_messages", "miss_count_const",
            "send_join",
            "cancel_token_hold_on_retransmit",
        ].map { "totem.\($0)" }
            + [
                "expected_votes", "two_node", "wait_for_all", "last_man_standing", "last_man_standing_window", "auto_tie_breaker",
                "auto_tie_breaker_node", "allow_downscale",
            ].map { "quorum.\($0)" })
}
