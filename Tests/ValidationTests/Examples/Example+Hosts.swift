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
            .unknownNode, marks: "charlie",
            bad: ["corosync/corosync.conf": corosync, "lvm/a.yaml": "vg0: {hosts: [alpha, charlie]}\n"],
            good: ["corosync/corosync.conf": corosync, "lvm/a.yaml": "vg0: {hosts: [alpha, bravo]}\n"]),
        Example(
            .absentNode, marks: "node:",
            bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo", "charlie"]), "ocfs2/cluster.conf": ocfs2()],
            good: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2()]),
        Example(
            .formerPlugin, marks: "service", bad: ["corosync/corosync.conf": corosync + "service {\n  ver: 0\n  name: pacemaker\n}\n"],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_AUTO",
            bad: ["default/xendomains": "XENDOMAINS_RESTORE=\"\"\nXENDOMAINS_AUTO=/etc/xen/auto\n"],
            good: ["default/xendomains": "XENDOMAINS_RESTORE=false\nXENDOMAINS_AUTO=\"\"\n"]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_RESTORE", bad: ["default/xendomains": "XENDOMAINS_RESTORE=true\n"],
            good: ["default/xendomains": "XENDOMAINS_RESTORE=\"\"\n"]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_MIGRATE", bad: ["default/xendomains": "XENDOMAINS_MIGRATE=bravo\n"],
            good: ["default/xendomains": "XENDOMAINS_MIGRATE=\n"]),
        Example(
            .domainsAutostart, marks: "XENDOMAINS_RESTORE", bad: ["default/xendomains": "XENDOMAINS_SAVE=$DIR\nXENDOMAINS_RESTORE=false\n"],
            good: ["default/xendomains": "XENDOMAINS_SAVE=\nXENDOMAINS_RESTORE=false\n"]),
        Example(
            .ignoredCorosync, marks: "wait_for_al", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "wait_for_al: 1")],
            good: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo"], quorum: "wait_for_all: 1")]),
        Example(
            .formerCorosync, marks: "compatibility", bad: ["corosync/corosync.conf": "compatibility: whitetank\n" + corosync],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .formerCorosync, marks: "service", bad: ["corosync/corosync.conf": corosync + "service {\n  ver: 0\n}\n"],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .futileQuorum, marks: "two_node", bad: ["corosync/corosync.conf": Cluster.corosync(["alpha", "bravo", "charlie"])],
            good: ["corosync/corosync.conf": corosync]),
        Example(
            .ignoredOCFS2, marks: "mode",
            bad: ["ocfs2/cluster.conf": "cluster:\n\tname = ocfs2\n\tnode_count = 0\n\tmode = local\n"],
            good: ["ocfs2/cluster.conf": "cluster:\n\tname = ocfs2\n\tnode_count = 0\n\theartbeat_mode = local\n"]),
        Example(
            .ignoredVariable, marks: "O2CB_BOOTCLUSTR", bad: ["default/o2cb": "O2CB_BOOTCLUSTR=ocfs2\n"],
            good: ["default/o2cb": "O2CB_BOOTCLUSTER=ocfs2\n"]),
        Example(
            .ignoredVariable, marks: "O2CB_ENABLED", bad: ["default/o2cb": "O2CB_ENABLED=yes\n"], good: ["default/o2cb": "O2CB_ENABLED=true\n"]),
        Example(
            .ignoredVariable, marks: "O2CB_IDLE_TIMEOUT_MS", bad: ["default/o2cb": "O2CB_IDLE_TIMEOUT_MS=4999\n"],
            good: ["default/o2cb": "O2CB_IDLE_TIMEOUT_MS=5000\n"]),
        Example(
            .ignoredVariable, marks: "O2CB_KEEPALIVE_DELAY_MS", bad: ["default/o2cb": "O2CB_KEEPALIVE_DELAY_MS=30000\n"],
            good: ["default/o2cb": "O2CB_KEEPALIVE_DELAY_MS=29999\n"]),
        Example(
            .ignoredVariable, marks: "XENDOMAIN_AUTO", bad: ["default/xendomains": "XENDOMAIN_AUTO=\n"],
            good: ["default/xendomains": "XENDOMAINS_AUTO=\n"]),
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
        Example(
            .foreignAddress, marks: "192.0.2.1", bad: ["corosync/corosync.conf": corosync, "drbd/r0.res": replicated("192.0.2.1", "10.0.0.1")],
            good: ["corosync/corosync.conf": corosync, "drbd/r0.res": replicated("192.0.2.2", "192.0.2.1")]),
        Example(
            .foreignAddress, marks: "192.0.2.1", bad: ["ocfs2/cluster.conf": ocfs2(), "drbd/r0.res": replicated("192.0.2.1", "192.0.2.9")],
            good: ["ocfs2/cluster.conf": ocfs2(), "drbd/r0.res": replicated("10.0.0.2", "10.0.0.1")]),
        Example(
            .foreignAddress, marks: "192.0.2.1", bad: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2(first: 0)],
            good: ["corosync/corosync.conf": corosync, "ocfs2/cluster.conf": ocfs2(first: 20)]),
        Example(
            .foreignAddress, marks: "fd00:0::2",
            bad: ["corosync/corosync.conf": overIPv6, "drbd/r0.res": replicated("ipv6 [fd00:0::2]", "ipv6 [fd00:0::3]")],
            good: ["corosync/corosync.conf": overIPv6, "drbd/r0.res": replicated("ipv6 [fd00:0::1]", "ipv6 [fd00:0::2]")]),
        Example(
            .foreignAddress, marks: "192.0.2.1", bad: ["corosync/corosync.conf": corosync, "drbd/r0.res": connected("192.0.2.1", "10.0.0.1")],
            good: ["corosync/corosync.conf": corosync, "drbd/r0.res": connected("192.0.2.2", "192.0.2.1")]),
        Example(
            .takenPort, marks: "192.0.2.2:7777",
            bad: ["ocfs2/cluster.conf": ocfs2(), "drbd/r0.res": connected("192.0.2.2", "192.0.2.1", port: 7777)],
            good: ["ocfs2/cluster.conf": ocfs2(), "drbd/r0.res": connected("192.0.2.2", "192.0.2.1", port: 7778)]),
        Example(
            .takenPort, marks: "192.0.2.2:7777",
            bad: ["ocfs2/cluster.conf": ocfs2(), "drbd/r0.res": replicated("192.0.2.2", "192.0.2.1", port: 7777)],
            good: [
                "ocfs2/cluster.conf": ocfs2(), "drbd/r0.res": replicated("192.0.2.2", "192.0.2.1", port: 7778),
                "drbd/r1.res": replicated("10.0.0.2", "10.0.0.1", port: 7777),
            ]),
        Example(
            .idleStack, marks: "O2CB_ENABLED", bad: ["crm/a.crm": mountingOCFS2, "default/o2cb": "O2CB_ENABLED=false\n"],
            good: ["crm/a.crm": mountingOCFS2, "default/o2cb": "O2CB_ENABLED=true\n"]),
        Example(
            .idleStack, marks: "O", bad: ["crm/a.crm": mountingOCFS2, "default/o2cb": "O2CB_BOOTCLUSTER=ocfs2\n"],
            good: [
                "crm/a.crm": mountingOCFS2 + "primitive stack ocf:pacemaker:o2cb\nclone stack-clone stack\n",
                "default/o2cb": "O2CB_BOOTCLUSTER=ocfs2\n",
            ]),
    ]

    private static let mountingOCFS2 = "primitive fs Filesystem params device=/dev/drbd1 directory=/cluster fstype=ocfs2\nclone c fs\n"
    private static let overIPv6 = """
        totem {
          version: 2
        }
        nodelist {
          node {
            name: alpha
            nodeid: 1
            ring0_addr: fd00::2
          }
          node {
            name: bravo
            nodeid: 2
            ring0_addr: fd00::1
          }
        }
        quorum {
          provider: corosync_votequorum
          two_node: 1
        }

        """

    /// On bravo at the first address, and on alpha at the second one.
    /// With the addresses in the path of a connection.
    private static func connected(_ bravo: String, _ alpha: String, port: Int = 7001) -> String {
        """
        resource r0 {
          device /dev/drbd1;
          disk /dev/vg0/r0;
          meta-disk internal;
          on bravo { node-id 0; }
          on alpha { node-id 1; }
          connection { path { host bravo address \(bravo):\(port); host alpha address \(alpha):\(port); } }
        }

        """
    }

    private static func replicated(_ bravo: String, _ alpha: String, port: Int = 7001) -> String {
        """
        resource r0 {
          device /dev/drbd1;
          disk /dev/vg0/r0;
          meta-disk internal;
          on bravo { address \(bravo):\(port); }
          on alpha { address \(alpha):\(port); }
        }

        """
    }

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

    private static func ocfs2(second: String = "bravo", count: Int = 2, numbers: [Int] = [0, 1], first: Int = 1) -> String {
        let nodes = zip(["alpha", second], numbers).enumerated().map { index, node in
            "\nnode:\n\tname = \(node.0)\n\tnumber = \(node.1)\n\tip_address = 192.0.2.\(first + index)\n\tip_port = 7777\n\tcluster = ocfs2\n"
        }
        return "cluster:\n\tnode_count = \(count)\n\tname = ocfs2\n" + nodes.joined()
    }
}
