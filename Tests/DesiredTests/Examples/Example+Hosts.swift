import Catalogue

extension Example {
    static let hosts = [
        Example(
            .unknownNode, marks: "charlie",
            bad: ["corosync/corosync.conf": corosync, "drbd/r0.res": Cluster.resource(nodes: ["alpha", "charlie"])],
            good: ["corosync/corosync.conf": corosync, "drbd/r0.res": Cluster.resource()]),
        Example(
            .unknownNode, marks: "charlie", bad: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2(second: "charlie")],
            good: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2()]),
        Example(
            .unknownNode, marks: "charlie", bad: ["corosync/corosync.conf": corosync, "crm/a.crm": "node charlie\n"],
            good: ["corosync/corosync.conf": corosync, "crm/a.crm": "node alpha\nnode far:remote\n"]),
        Example(
            .unknownNode, marks: "charlie",
            bad: ["crm/a.crm": "node alpha\nnode bravo\n", "drbd/r0.res": Cluster.resource(nodes: ["alpha", "charlie"])],
            good: ["crm/a.crm": "node alpha attributes a=1\n", "drbd/r0.res": Cluster.resource(nodes: ["alpha", "charlie"])]),
        node("location l vm 100: charlie", good: "location l vm 100: alpha"),
        node("location l vm rule 100: #uname eq charlie", good: "location l vm rule 100: #uname eq far"),
        node("fencing_topology charlie: f", good: "fencing_topology alpha: f"),
        node("location l f -inf: charlie", good: "location l f -inf: box-0"),
        Example(
            .unknownNode, marks: "alpha,charlie",
            bad: ["corosync/corosync.conf": corosync, "crm/a.crm": "primitive f stonith:fence_x params pcmk_host_list=alpha,charlie\n"],
            good: ["corosync/corosync.conf": corosync, "crm/a.crm": "primitive f stonith:fence_x params pcmk_host_list=\"alpha bravo\"\n"]),
        Example(
            .unknownNode, marks: "charlie",
            bad: ["corosync/corosync.conf": corosync, "lvm/a.yaml": "vg0: {hosts: [alpha, charlie]}\n"],
            good: [
                "corosync/corosync.conf": corosync, "lvm/a.yaml": "vg0: {hosts: [alpha, bravo]}\n", "drbd/far.res": stacked,
            ]),
        Example(
            .twoNodes, marks: "quorum", bad: ["corosync/corosync.conf": voting("expected_votes: 2")],
            good: ["corosync/corosync.conf": voting("expected_votes: 2\n  two_node: 1")]),
        Example(
            .absentNode, marks: "node:",
            bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo", "charlie"]), "ocfs2/cluster.conf": ocfs2()],
            good: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2()]),
        Example(
            .formerPlugin, marks: "service", bad: ["corosync/corosync.conf": corosync + "service {\n  ver: 0\n  name: pacemaker\n}\n"],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_AUTO",
            bad: ["default/xendomains": "XENDOMAINS_RESTORE=false\nXENDOMAINS_AUTO=/etc/xen/auto\n"],
            good: ["default/xendomains": "XENDOMAINS_RESTORE=false\nXENDOMAINS_AUTO=\"\"\n"]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_RESTORE", bad: ["default/xendomains": "XENDOMAINS_RESTORE=true\n"],
            good: ["default/xendomains": "XENDOMAINS_RESTORE=false\n"]),
        Example(
            .clusterNumbers, marks: "node_count", bad: ["ocfs2/cluster.conf": ocfs2(count: 3)], good: ["ocfs2/cluster.conf": ocfs2()]),
        Example(
            .clusterNumbers, marks: "number", bad: ["ocfs2/cluster.conf": ocfs2(numbers: [1, 1])],
            good: ["ocfs2/cluster.conf": ocfs2(numbers: [0, 1])]),
        Example(
            .clusterNumbers, marks: "cluster", bad: ["ocfs2/cluster.conf": ocfs2() + "\nnode:\n\tname = x\n\tcluster = other\n"],
            good: ["ocfs2/cluster.conf": ocfs2()]),
        Example(
            .repeatedNode, marks: "node", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "alpha"])],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .unknownStack, marks: "ocfs", bad: ["ocfs2/cluster.conf": ocfs2(), "default/o2cb": "O2CB_BOOTCLUSTER=ocfs\n"],
            good: ["ocfs2/cluster.conf": ocfs2(), "default/o2cb": "O2CB_BOOTCLUSTER=ocfs2\n"]),
    ]

    /// A statement that is about the node charlie, and one that is not.
    private static func node(_ bad: String, good: String) -> Example {
        let cluster = """
            node alpha
            node bravo
            primitive vm Xen params xmfile=/a meta remote-node=far
            primitive f stonith:fence_x
            primitive web apache
            bundle box docker image=x network control-port=3121 primitive web

            """
        return crm(.unknownNode, marks: "charlie", bad: cluster + bad + "\n", good: cluster + good + "\n")
    }

    private static let stacked = """
        resource far {
          stacked-on-top-of r0 { device /dev/drbd10; address 192.0.2.1:7010; }
          on charlie { device /dev/drbd10; disk /dev/vg0/far; address 192.0.2.9:7010; meta-disk internal; }
        }

        """

    private static func voting(_ votes: String) -> String { "quorum {\n  provider: corosync_votequorum\n  \(votes)\n}\n" }

    private static let corosync = Cluster.corosync(["alpha", "bravo"])

    private static func ocfs2(second: String = "bravo", count: Int = 2, numbers: [Int] = [0, 1]) -> String {
        let nodes = zip(["alpha", second], numbers).map { "\nnode:\n\tname = \($0)\n\tnumber = \($1)\n\tcluster = ocfs2\n" }
        return "cluster:\n\tnode_count = \(count)\n\tname = ocfs2\n" + nodes.joined()
    }
}
