internal import CIB
internal import Catalogue
internal import DRBDSyntax
internal import Diagnostics
internal import Repository
internal import XML

/// Quorum and fencing: what keeps two nodes from writing to one disk.
enum FencingRules: RuleSet {
    static func findings(in cluster: DeclaredCluster) -> [Finding] {
        [quorumIgnored, unfenced, deviceless, unfencedResources].compactMap { $0(cluster) } + handlers(in: cluster)
    }

    private static func quorumIgnored(_ cluster: DeclaredCluster) -> Finding? {
        guard let policy = cluster.option("no-quorum-policy"), policy.value.lowercased() == "ignore" else { return nil }
        return Finding(
            .quorumIgnored, "without quorum a partition would go on, and start what the other one runs",
            at: policy.place, remedy: Rule.quorumIgnored.remedy)
    }

    private static func unfenced(_ cluster: DeclaredCluster) -> Finding? {
        guard let fencing = cluster.option("stonith-enabled"), Scalar.boolean.same(fencing.value, "false") else { return nil }
        guard cluster.drbdPrimitives.contains(where: \.isDualPrimary) else {
            return Finding(
                .unfenced, "without fencing a node that hangs can't be taken over safely", at: fencing.place, remedy: Rule.unfenced.remedy)
        }
        return Finding(
            .dualPrimaryUnfenced, "two primaries without fencing: a split brain corrupts what both write", at: fencing.place,
            remedy: Rule.unfenced.remedy)
    }

    /// "Resource start-up disabled since no STONITH resources have been defined" (crm_verify). With a watchdog in the place of a
    /// device, as SBD has it, there is a timeout for that.
    private static func deviceless(_ cluster: DeclaredCluster) -> Finding? {
        guard let fencing = cluster.option("stonith-enabled"), Scalar.boolean.same(fencing.value, "true"),
            cluster.option("stonith-watchdog-timeout") == nil, !cluster.declarations.all(of: .resource).contains(where: \.isFenceDevice)
        else { return nil }
        return Finding(
            .noFenceDevice, "fencing is enabled, and no fence device is declared", at: fencing.place, remedy: Rule.noFenceDevice.remedy)
    }

    /// "fence-peer": without it nobody is fenced, whatever the policy says; and what the script of the cluster has put there, its
    /// counterpart takes away (drbd.conf(5), handlers).
    private static func handlers(in cluster: DeclaredCluster) -> [Finding] {
        var told: Set<String> = []
        return cluster.resources.compactMap { definition in
            guard let (message, word) = cluster.replication(of: definition).lazy.compactMap(mistake).first, told.insert(message).inserted else {
                return nil
            }
            return Finding(
                .dualPrimaryWithoutFencing, "\(definition.name): \(message)", at: place(of: word, for: definition, in: cluster),
                remedy: Rule.dualPrimaryWithoutFencing.remedy)
        }
    }

    private static func mistake(in options: ReplicationOptions) -> (message: String, word: String)? {
        let policy = options.fencing.flatMap { $0 == "dont-care" ? nil : $0 }
        guard let handler = options.fencePeer else { return policy.map { ("fencing is \($0), and no handler fence-peer does it", "fencing") } }
        if handler.contains("crm-fence-peer"), options.unfencePeer?.contains("crm-unfence-peer") != true {
            return ("what fence-peer puts into the cluster no handler unfence-peer takes away", "fence-peer")
        }
        // "resource-and-stonith: If a node becomes a disconnected primary, it freezes all its IO operations" (drbd.conf(5)).
        guard options.allowsTwoPrimaries == true, policy == "resource-only" else { return nil }
        return ("fencing is resource-only, so that of two primaries both go on writing until the peer is fenced", "fencing")
    }

    private static func place(of word: String, for definition: ResourceDefinition, in cluster: DeclaredCluster) -> Place {
        if definition.says(word) { return definition.place(of: word) }
        return cluster.files.drbd.first { $0.content.common != nil && $0.source.range(of: word) != nil }?.source.place(of: word)
            ?? definition.place(of: definition.name)
    }

    /// One finding for all: the remedy is one line in the common section. "dont-care: No fencing actions are taken. This is the default policy."
    /// (drbd.conf(5), 9.0)
    private static func unfencedResources(_ cluster: DeclaredCluster) -> Finding? {
        let unfenced = cluster.resources.filter { definition in
            cluster.replication(of: definition).contains { $0.allowsTwoPrimaries == true && $0.fencing ?? "dont-care" == "dont-care" }
        }
        guard let first = unfenced.first else { return nil }
        let others = unfenced.count > 1 ? " (and \(unfenced.count - 1) more)" : ""
        return Finding(
            .dualPrimaryWithoutFencing, "\(first.name)\(others) may have two primaries, and DRBD fences neither",
            at: first.place(of: "allow-two-primaries"), remedy: Rule.dualPrimaryWithoutFencing.remedy)
    }
}

extension Declaration {
    fileprivate var isFenceDevice: Bool { object.element["class"] == "stonith" }
}
