internal import Diagnostics

extension Rule {
    static let hosts = [
        unknownNode, formerPlugin, domainsAutostart, clusterNumbers, repeatedNode, unknownStack, absentNode,
    ]

    public static let unknownNode = Rule(
        "CXS501", .warning, "a node that the cluster does not have",
        because: "The nodes of .res files, of OCFS2's cluster.conf, of lvm/ and of the CIB are those of corosync.conf; without one here, those that crm/ declares. A constraint or a fence device for a name that differs does nothing.",
        look: "nodelist in corosync.conf; \"uname -n\" on the host",
        remedy: "correct the name, or add the node to corosync.conf")

    public static let formerPlugin = Rule(
        "CXS502", .warning, "a Pacemaker plugin for corosync",
        because: "\"service { name: pacemaker }\" started Pacemaker within corosync 1. Since corosync 2 it is a service of its own, and the section is ignored.",
        look: "corosync.conf(5); \"systemctl status pacemaker\"",
        remedy: "remove the section")

    public static let domainsAutostart = Rule(
        "CXS503", .warning, "domUs that xendomains starts",
        because: "A domU that the host starts or restores at boot, and Pacemaker on another host, runs twice on one disk.",
        look: "/etc/default/xendomains; /etc/xen/auto",
        remedy: "set XENDOMAINS_AUTO=\"\", XENDOMAINS_SAVE=\"\" and XENDOMAINS_RESTORE=false")

    public static let clusterNumbers = Rule(
        "CXS504", .error, "an OCFS2 cluster.conf that does not add up",
        because: "The number of a node is its slot in the cluster: two nodes with one number, or a wrong node_count, and the file systems do not mount.",
        look: "ocfs2.cluster.conf(5)",
        remedy: "give each node of a cluster a number and a name of its own, and say how many there are")

    public static let repeatedNode = Rule(
        "CXS505", .error, "two nodes of corosync with one id or name",
        because: "corosync and Pacemaker tell nodes apart by nodeid and name.",
        look: "nodelist in corosync.conf",
        remedy: "give each node an id and a name of its own")

    public static let unknownStack = Rule(
        "CXS506", .warning, "an o2cb that boots another cluster than cluster.conf describes",
        because: "O2CB_BOOTCLUSTER names the cluster that is registered at boot. If it is not the one in cluster.conf, none is.",
        look: "/etc/default/o2cb, /etc/ocfs2/cluster.conf",
        remedy: "write the same name in both")

    public static let absentNode = Rule(
        "CXS507", .notice, "a node that OCFS2 does not know",
        because: "A node that cluster.conf does not list mounts no OCFS2 file system. That may be meant, of a node that only votes.",
        look: "/etc/ocfs2/cluster.conf; nodelist in corosync.conf",
        remedy: "add a node with a number that was never used, and raise node_count")
}
