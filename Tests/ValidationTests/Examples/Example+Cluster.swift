import Catalogue

extension Example {
    static let cluster = [
        crm(.repeatedObject, marks: "a", bad: "primitive a Dummy\n", "primitive a Dummy\n", good: "primitive a Dummy\n"),
        crm(
            .repeatedOption, marks: "batch-limit", bad: "property batch-limit=1\n", "property batch-limit=2\n",
            good: "property batch-limit=1\n"),
        crm(
            .danglingReference, marks: "b", bad: "primitive a Dummy\norder o Mandatory: a b\n",
            good: "primitive a Dummy\nprimitive b Dummy\norder o Mandatory: a b\n"),
        crm(
            .sharedMember, marks: "a", bad: "primitive a Dummy\ngroup g a\ngroup h a\n", good: "primitive a Dummy\ngroup g a\n"),
        crm(
            .badNesting, marks: "g", bad: "primitive a Dummy\ngroup g a\ngroup h g\n",
            good: "primitive a Dummy\ngroup g a\nclone h g\n"),
        crm(
            .unknownConstruct, marks: "shoot", bad: "primitive a Dummy op monitor interval=10s on-fail=shoot\n",
            good: "primitive a Dummy op monitor interval=10s on-fail=fence\n"),
        crm(
            .formerConstruct, marks: "isolation", bad: "primitive a Dummy meta isolation=docker\n",
            good: "primitive a Dummy\n"),
        crm(
            .repeatedOperation, marks: "10000ms", bad: "primitive a Dummy op monitor interval=10s op monitor interval=10000ms role=Started\n",
            good: "primitive a Dummy op monitor interval=10s op monitor interval=11s\n"),
        crm(
            .retiredOption, marks: "default-resource-stickiness", bad: "property default-resource-stickiness=1\n",
            good: "rsc_defaults resource-stickiness=1\n"),
        crm(.ownedOption, marks: "dc-version", bad: "property dc-version=2.1\n", good: "property batch-limit=1\n"),
        crm(.unknownOption, marks: "batch-limt", bad: "property batch-limt=1\n", good: "property batch-limit=1\n"),
        crm(
            .unreadableValue, marks: "is-managed", bad: "primitive a Dummy meta is-managed=perhaps\n",
            good: "primitive a Dummy meta is-managed=no\n"),
        crm(
            .unknownMeta, marks: "resource-stickines", bad: "primitive a Dummy meta resource-stickines=100\n",
            good: "primitive a Dummy meta resource-stickiness=100\n"),
        crm(
            .formerClone, marks: "ms m a", bad: "primitive a Stateful\nms m a\n",
            good: "primitive a Stateful\nclone m a meta promotable=true\n"),
        crm(
            .formerRole, marks: "Master", bad: "primitive a Stateful op monitor interval=10s role=Master\n",
            good: "primitive a Stateful op monitor interval=10s role=Promoted\n"),
        crm(
            .reservedName, marks: "coxswain", bad: "property coxswain: applied=abc\n", good: "property batch-limit=1\n"),
        crm(
            .leasedName, marks: "cli-ban-a-on-b", bad: "primitive a Dummy\nlocation cli-ban-a-on-b a -inf: b\n",
            good: "primitive a Dummy\nlocation a-not-on-b a -inf: b\n"),
        crm(
            .quorumIgnored, marks: "no-quorum-policy", bad: "property no-quorum-policy=ignore\n",
            good: "property no-quorum-policy=stop\n"),
        crm(
            .quorumIgnored, marks: "no-quorum-policy", bad: "property no-quorum-policy=Ignore\n",
            good: "property no-quorum-policy=freeze\n"),
        crm(
            .unfenced, marks: "stonith-enabled", bad: "property stonith-enabled=false\n",
            good: "property stonith-enabled=true\n"),
        crm(
            .dualPrimaryUnfenced, marks: "stonith-enabled", bad: Cluster.replica(promotedMax: 2) + "property stonith-enabled=off\n",
            good: Cluster.replica(promotedMax: 1) + "property stonith-enabled=off\n"),
        crm(
            .unreadableValue, marks: "1x", bad: "primitive a Dummy op monitor interval=10s timeout=1x\n",
            good: "primitive a Dummy op monitor interval=10s timeout=1\n"),
        crm(.unreadableValue, marks: "no-quorum-policy", bad: "property no-quorum-policy=stp\n", good: "property no-quorum-policy=Stop\n"),
        Example(
            .twoNodes, marks: "quorum",
            bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "provider: corosync_votequorum")],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "two_node: 1")]),
    ]

    /// Of crm files alone; each text is a file.
    static func crm(_ rule: Rule, marks: String, bad: String..., good: String) -> Example {
        Example(
            rule, marks: marks,
            bad: Dictionary(uniqueKeysWithValues: bad.enumerated().map { ("crm/\($0.offset).crm", $0.element) }),
            good: ["crm/0.crm": good])
    }
}

/// Pieces of a cluster's files.
enum Cluster {
    static func corosync(_ nodes: [String], quorum: String = "two_node: 1") -> String {
        let list = nodes.enumerated().map { "  node {\n    name: \($1)\n    nodeid: \($0 + 1)\n    ring0_addr: 192.0.2.\($0 + 1)\n  }\n" }
        return "totem {\n  version: 2\n}\nnodelist {\n\(list.joined())}\nquorum {\n  provider: corosync_votequorum\n  \(quorum)\n}\n"
    }

    /// The DRBD resource r0 in its clone r0-clone.
    static func replica(promotedMax: Int = 2, meta: String = "notify=true interleave=true clone-max=2") -> String {
        "primitive r0-drbd ocf:linbit:drbd params drbd_resource=r0\n"
            + "clone r0-clone r0-drbd meta promotable=true promoted-max=\(promotedMax) \(meta)\n"
    }

    /// The domU vm, tied to r0-clone.
    static let tied = guest + colocation + order
    static let guest = "primitive vm ocf:heartbeat:Xen params xmfile=/etc/xen/vm.cfg meta allow-migrate=true\n"
    static let colocation = "colocation vm-with-r0 inf: vm r0-clone:Promoted\n"
    static let order = "order vm-after-r0 Mandatory: r0-clone:promote vm:start\n"
    static let domain = "name = \"vm\"\ndisk = [ \"phy:/dev/drbd/by-res/r0,xvda,w\" ]\n"

    /// A DRBD resource on alpha and bravo.
    static func resource(
        _ name: String = "r0", minor: Int = 1, port: Int = 7001, disk: String = "/dev/vg0/r0",
        net: String = "allow-two-primaries yes; fencing resource-and-stonith;", nodes: [String] = ["alpha", "bravo"],
        more: String = ""
    ) -> String {
        let hosts = nodes.enumerated().map { "  on \($1) {\n    address 192.0.2.\($0 + 1):\(port);\n  }\n" }.joined()
        return "resource \(name) {\n  device /dev/drbd\(minor);\n  disk \(disk);\n  meta-disk internal;\n"
            + "  net {\n    \(net)\n  }\n\(more)\(hosts)}\n"
    }

    /// What a resource says for its two hosts alone.
    static func mesh(_ net: String) -> String { "connection-mesh { hosts alpha bravo; net { \(net) } }\n" }

    static func connection(_ net: String) -> String { "connection { host alpha; host bravo; net { \(net) } }\n" }
}
